import { cleanText } from './php-request.ts';
import { childOf, listOf, nameOf, type Edit, type PhpNode } from './php-source.ts';

const LITERALS = new Set(['string', 'number', 'boolean', 'nullkeyword', 'magic', 'nowdoc', 'cast']);
/** Functions whose result may be printed as it is. */
const SAFE =
  /^(?:esc_\w+|wp_kses\w*|absint|intval|floatval|number_format\w*|wp_json_encode|rawurlencode|wp_nonce_field|count|checked|selected|disabled)$/;
const VALUES = new Set(['variable', 'offsetlookup', 'propertylookup', 'staticlookup']);

/** Edits that escape what `echo` and `<?=` print, fit for where it lands: an address, an attribute or text. */
export function escapeEcho(echo: PhpNode, source: string): Edit[] {
  const before = source
    .slice(Math.max(0, echo.start - 80), echo.start)
    .replace(/<\?(?:php|=)?\s*$/, '');
  return listOf(echo, 'expressions').flatMap((expression) => escape(expression, source, before));
}

function escape(node: PhpNode, source: string, before: string): Edit[] {
  if (LITERALS.has(node.kind)) return [];
  if (node.kind === 'encapsed') return escapeParts(node, source);
  if (node.kind === 'bin' && node.fields['type'] === '.') return escapeJoined(node, source, before);
  if (node.kind === 'retif') {
    return ['trueExpr', 'falseExpr'].flatMap((field) => {
      const branch = childOf(node, field);
      return branch === undefined ? [] : escape(branch, source, before);
    });
  }
  if (node.kind === 'call' && SAFE.test(nameOf(childOf(node, 'what')))) return [];
  return [replaced(node, source, VALUES.has(node.kind) ? escaperAfter(before) : 'wp_kses_post')];
}

function escapeJoined(node: PhpNode, source: string, before: string): Edit[] {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (left === undefined || right === undefined) return [];
  return [
    ...escape(left, source, before),
    ...escape(right, source, source.slice(left.start, right.start).replace(/["']\s*\.\s*$/, '')),
  ];
}

/** `"<b>$name</b>"` becomes `"<b>" . esc_html( $name ) . "</b>"`. */
function escapeParts(node: PhpNode, source: string): Edit[] {
  return listOf(node, 'value').flatMap((part) => {
    const inner = childOf(part, 'expression');
    if (inner === undefined || inner.kind === 'string') return [];
    const call = escaperAfter(source.slice(node.start + 1, part.start).replaceAll('\\"', '"'));
    return [
      { start: part.start, end: part.end, text: `" . ${call}( ${partText(inner, source)} ) . "` },
    ];
  });
}

/** Inside double quotes PHP reads `$row[key]` as `$row['key']`. */
function partText(inner: PhpNode, source: string): string {
  const text = cleanText(inner, source);
  return childOf(inner, 'offset')?.kind === 'identifier'
    ? text.replace(/\[(\w+)\]/, "['$1']")
    : text;
}

function replaced(node: PhpNode, source: string, call: string): Edit {
  return { start: node.start, end: node.end, text: `${call}( ${cleanText(node, source)} )` };
}

function escaperAfter(before: string): string {
  if (/\b(?:href|src|action)=["']$/i.test(before)) return 'esc_url';
  if (/=["'][^"'<>]*$/.test(before) && /<[a-z][^<>]*$/i.test(before)) return 'esc_attr';
  return /<textarea[^>]*>$/i.test(before) ? 'esc_textarea' : 'esc_html';
}
