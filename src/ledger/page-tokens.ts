/** A piece of a page: where it begins, as line and column from 1 on. */
export type Place = { readonly line: number; readonly column: number };

export type Token = Place &
  (
    | {
        readonly is: 'open';
        readonly name: string;
        readonly attributes: ReadonlyMap<string, string>;
      }
    | { readonly is: 'close'; readonly name: string }
    /** Characters as a reader sees them. */
    | { readonly is: 'text'; readonly text: string }
  );

/** What is wrong with a page, and where. */
export type PageFault = Place & { readonly says: string };

/** What of HTML a statement is made of, and which attributes each may carry beside marks and `class`. Nothing else is let in. */
export const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  html: ['lang'],
  head: [],
  meta: ['charset', 'name', 'content'],
  title: [],
  style: [],
  body: [],
  header: [],
  nav: ['aria-labelledby'],
  main: [],
  footer: [],
  section: ['aria-labelledby'],
  article: ['aria-labelledby'],
  h1: ['id'],
  h2: ['id'],
  h3: ['id'],
  h4: ['id'],
  p: ['id'],
  ul: [],
  ol: [],
  li: [],
  dl: [],
  dt: [],
  dd: [],
  div: ['role', 'tabindex', 'aria-labelledby'],
  table: [],
  caption: ['id'],
  thead: [],
  tbody: [],
  tfoot: [],
  tr: [],
  th: ['scope'],
  td: [],
  span: [],
  strong: [],
  em: [],
  code: [],
  pre: [],
  a: ['href'],
};

/** Elements without an end. */
export const VOID: ReadonlySet<string> = new Set(['meta']);

const DOCTYPE = '<!doctype html>\n';
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>|([^<>]+)/y;
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
};

/** Characters that turn the order of reading around, or are not seen at all. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}]/u;

/**
 * Cuts a page into pieces. It reads the strict part of HTML that statements are written in: no comment, no script, no
 * attribute without quotes, four entities. Whatever else there is ends it with a fault: what cannot be read cannot be
 * trusted.
 */
export function tokensOf(html: string): {
  readonly tokens: readonly Token[];
  readonly fault?: PageFault;
} {
  const tokens: Token[] = [];
  const lines = lineStarts(html);
  if (!html.startsWith(DOCTYPE))
    return {
      tokens,
      fault: { line: 1, column: 1, says: 'expected <!doctype html> in the first line' },
    };
  let at = DOCTYPE.length;
  while (at < html.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(html);
    const place = placeOf(lines, at);
    const token =
      found === null ? 'expected text or a tag as statements are written in' : read(found, place);
    if (typeof token === 'string')
      return {
        tokens,
        fault: { ...place, says: `${token}, got ${JSON.stringify(html.slice(at, at + 40))}` },
      };
    tokens.push(token);
    at = TOKEN.lastIndex;
  }
  return { tokens };
}

function read([, slash, name, attributes, text]: RegExpExecArray, place: Place): Token | string {
  if (text !== undefined) {
    const seen = decoded(text);
    if (seen === undefined) return 'expected no entities but amp, lt, gt and quot';
    return UNSEEN.test(seen)
      ? 'expected characters that can be seen'
      : { ...place, is: 'text', text: seen };
  }
  if (name === undefined) return 'expected a name of a tag';
  if (slash === '/')
    return attributes === '' ? { ...place, is: 'close', name } : 'expected a bare closing tag';
  return open(name, attributes ?? '', place);
}

function open(name: string, written: string, place: Place): Token | string {
  const attributes = new Map<string, string>();
  for (const [, key = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    const seen = decoded(value);
    if (seen === undefined || attributes.has(key))
      return `expected ${key} once, with plain words in it`;
    attributes.set(key, seen);
  }
  return { ...place, is: 'open', name, attributes };
}

function decoded(text: string): string | undefined {
  let isWhole = true;
  const seen = text.replace(/&([a-z]*);?/g, (whole, name: string) => {
    const char = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (char === undefined) isWhole = false;
    return char ?? '';
  });
  return isWhole ? seen : undefined;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Places are asked for in order, many a page: looked up by halving. */
function placeOf(starts: readonly number[], at: number): Place {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

/** Writes text so that `tokensOf` reads it back: the four entities, and nothing that cannot be seen. */
export function escaped(text: string): string {
  return text
    .replace(new RegExp(UNSEEN, 'gu'), '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
