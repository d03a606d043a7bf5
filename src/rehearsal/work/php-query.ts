import { cleanText } from './php-request.ts';
import { childOf, listOf, nameOf, type Edit, type PhpNode } from './php-source.ts';

const ASKS = new Set(['query', 'get_results', 'get_row', 'get_var', 'get_col']);

type Piece =
  | { readonly is: 'text'; readonly text: string }
  /** `$wpdb->prefix` and the like, which belong to WordPress and may stay. */
  | { readonly is: 'own'; readonly text: string }
  | { readonly is: 'value'; readonly text: string };

/** Edit that turns a query put together from values into `$wpdb->prepare`, or none. */
export function prepareQuery(call: PhpNode, source: string): Edit[] {
  const what = childOf(call, 'what');
  if (what?.kind !== 'propertylookup' || nameOf(childOf(what, 'what')) !== 'wpdb') return [];
  const asked = listOf(call, 'arguments')[0];
  if (!ASKS.has(nameOf(childOf(what, 'offset'))) || asked === undefined) return [];
  const pieces = piecesOf(asked, source);
  if (!pieces.some((p) => p.is === 'text') || !pieces.some((p) => p.is === 'value')) return [];
  return [{ start: asked.start, end: asked.end, text: prepared(pieces) }];
}

function piecesOf(node: PhpNode, source: string): Piece[] {
  if (node.kind === 'string') return [{ is: 'text', text: String(node.fields['value']) }];
  if (node.kind === 'encapsed') {
    return listOf(node, 'value').flatMap((part) => {
      const inner = childOf(part, 'expression');
      return inner === undefined ? [] : piecesOf(inner, source);
    });
  }
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (
    node.kind === 'bin' &&
    node.fields['type'] === '.' &&
    left !== undefined &&
    right !== undefined
  ) {
    return [...piecesOf(left, source), ...piecesOf(right, source)];
  }
  const own = node.kind === 'propertylookup' && nameOf(childOf(node, 'what')) === 'wpdb';
  return [
    own
      ? { is: 'own', text: source.slice(node.start, node.end) }
      : { is: 'value', text: cleanText(node, source) },
  ];
}

/** Builds the call; quotes around a value go, because prepare adds its own, and a searched value is escaped for LIKE. */
function prepared(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => piece.text);
  const values = pieces.flatMap((piece, i) => (piece.is === 'value' ? [placed(texts, i)] : []));
  return `$wpdb->prepare( ${quoted(pieces, texts)}, ${values.join(', ')} )`;
}

/** Puts a placeholder in the place of the value at `i` and gives the value as prepare takes it. */
function placed(texts: string[], i: number): string {
  const [left = '', value = '', right = ''] = [texts[i - 1], texts[i], texts[i + 1]];
  const before = /'(%?)$/.exec(left);
  const after = /^(%?)'/.exec(right);
  if (before === null || after === null) {
    texts[i] = placeholderFor(value, left);
    return value;
  }
  texts.splice(i - 1, 3, left.slice(0, before.index), '%s', right.slice(after[0].length));
  return searched(value, before[1], after[1]);
}

function searched(value: string, before = '', after = ''): string {
  if (before + after === '') return value;
  return `${before && "'%' . "}$wpdb->esc_like( ${value} )${after && " . '%'"}`;
}

function placeholderFor(value: string, before: string): string {
  if (/\b(?:from|into|update|join|table)\s+`?$/i.test(before)) return '%i';
  return /(?:^|_|>|\$)id\b|^(?:absint|intval)\b|^\(int\)/i.test(value) ? '%d' : '%s';
}

/** One PHP string; in double quotes only where a name of WordPress's own stands in it. A per cent sign of the query is doubled. */
function quoted(pieces: readonly Piece[], texts: readonly string[]): string {
  const double = pieces.some((piece) => piece.is === 'own');
  const escaped = (text: string) =>
    text.replaceAll('%', '%%').replace(double ? /[\\"$]/g : /[\\']/g, '\\$&');
  const inside = pieces.map(({ is }, i) => {
    const text = texts[i] ?? '';
    if (is === 'own') return `{${text}}`;
    return is === 'text' ? escaped(text) : text;
  });
  return double ? `"${inside.join('')}"` : `'${inside.join('')}'`;
}
