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
  const placeAt = places(html);
  const says = (at: number, sentence: string) => ({
    tokens,
    fault: {
      ...placeAt(at),
      says: `${sentence}, got ${JSON.stringify(html.slice(at, at + 40))}`,
    },
  });
  const unseen = html.search(UNSEEN);
  if (unseen !== -1) return says(unseen, 'expected characters that can be seen');
  if (!html.startsWith(DOCTYPE)) return says(0, 'expected <!doctype html> in the first line');
  for (let at = DOCTYPE.length; at < html.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(html);
    if (found === null) return says(at, 'expected text or a tag as statements are written in');
    const token = read(found, placeAt(at));
    if (typeof token === 'string') return says(at, token);
    tokens.push(token);
  }
  return { tokens };
}

function read(found: RegExpExecArray, place: Place): Token | string {
  const [, slash, name, attributes, text] = found;
  const { line, column } = place;
  if (text !== undefined) {
    const seen = decoded(text);
    if (seen === undefined) return 'expected no entities but amp, lt, gt and quot';
    return { line, column, is: 'text', text: seen };
  }
  if (name === undefined) return 'expected a name of a tag';
  if (slash !== '/') return open(name, attributes ?? '', place);
  return attributes === '' ? { line, column, is: 'close', name } : 'expected a bare closing tag';
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function open(name: string, written: string, { line, column }: Place): Token | string {
  if (written === '') return { line, column, is: 'open', name, attributes: NO_ATTRIBUTES };
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  for (let one = ATTRIBUTE.exec(written); one !== null; one = ATTRIBUTE.exec(written)) {
    const [, key = '', value = ''] = one;
    const seen = decoded(value);
    if (seen === undefined || attributes.has(key))
      return `expected ${key} once, with plain words in it`;
    attributes.set(key, seen);
  }
  return { line, column, is: 'open', name, attributes };
}

function decoded(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isWhole = true;
  const seen = text.replace(/&([a-z]*);?/g, (whole, name: string) => {
    const char = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (char === undefined) isWhole = false;
    return char ?? '';
  });
  return isWhole ? seen : undefined;
}

/** Places by offset, which must be asked for in order: each look goes on from the one before. */
function places(text: string): (at: number) => Place {
  const endOf = (start: number): number => {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  };
  let [line, start] = [1, 0];
  let end = endOf(start);
  return (at) => {
    for (; end < at; end = endOf(start)) [line, start] = [line + 1, end + 1];
    return { line, column: at - start + 1 };
  };
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
