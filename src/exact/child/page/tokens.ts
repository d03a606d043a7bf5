/** A tokenizer of HTML that keeps offsets: happy-dom has none, and every finding needs its line. */
export type Token =
  | {
      readonly is: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly start: number;
      readonly end: number;
    }
  | { readonly is: 'close'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly is: 'text' | 'comment'; readonly start: number; readonly end: number }
  /** What stands inside script, style and their like: no text of the page. */
  | { readonly is: 'raw'; readonly name: string; readonly start: number; readonly end: number };

export type OpenTag = Extract<Token, { is: 'open' }>;

const RAW = new Set(['script', 'style', 'textarea', 'noscript', 'template', 'iframe']);

/** The tokens of an HTML text, in order; a stray `<` is text. Linear in its length. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open === -1) break;
    const token = readTag(text, open);
    if (token === undefined) {
      pushText(tokens, at, open + 1);
      at = open + 1;
      continue;
    }
    pushText(tokens, at, open);
    tokens.push(token);
    at = token.end;
    if (token.is === 'open' && RAW.has(token.name)) at = pushRaw(tokens, text, token);
  }
  pushText(tokens, at, text.length);
  return tokens;
}

function pushText(tokens: Token[], start: number, end: number): void {
  if (end > start) tokens.push({ is: 'text', start, end });
}

function pushRaw(tokens: Token[], text: string, tag: OpenTag): number {
  const closing = new RegExp(`</${tag.name}[\\s/>]`, 'gi');
  closing.lastIndex = tag.end;
  const end = closing.exec(text)?.index ?? text.length;
  if (end > tag.end) tokens.push({ is: 'raw', name: tag.name, start: tag.end, end });
  return end;
}

function readTag(text: string, at: number): Token | undefined {
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    return { is: 'comment', start: at, end: end === -1 ? text.length : end + 3 };
  }
  const next = text[at + 1] ?? '';
  if (next === '!' || next === '?') return { is: 'comment', start: at, end: endOf(text, at) };
  if (next === '/') {
    const name = nameAt(text, at + 2);
    return name === '' ? undefined : { is: 'close', name, start: at, end: endOf(text, at) };
  }
  const name = nameAt(text, at + 1);
  return name === '' ? undefined : readOpen(text, at, name);
}

const NAME = /[a-z][^\s/>]{0,60}/iy;
const ATTRIBUTE = /[\s/]*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y;

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0].toLowerCase() ?? '';
}

function endOf(text: string, at: number): number {
  const end = text.indexOf('>', at);
  return end === -1 ? text.length : end + 1;
}

function readOpen(text: string, start: number, name: string): OpenTag {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = start + 1 + name.length;
  let end = ATTRIBUTE.lastIndex;
  for (let found = ATTRIBUTE.exec(text); found !== null; found = ATTRIBUTE.exec(text)) {
    end = ATTRIBUTE.lastIndex;
    const key = (found[1] ?? '').toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decode(found[2] ?? found[3] ?? found[4] ?? ''));
  }
  return { is: 'open', name, attributes, start, end: endOf(text, end) };
}

const ENTITY: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  middot: '·',
  times: '×',
  eacute: 'é',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  bull: '•',
  rarr: '→',
  larr: '←',
};

export const ENTITIES = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;

/** The character an entity stands for; an unknown one stays as it is written. */
export function entity(found: RegExpMatchArray): string {
  const code = found[1] === undefined ? Number.parseInt(found[2] ?? '', 16) : Number(found[1]);
  if (Number.isNaN(code)) return ENTITY[(found[3] ?? '').toLowerCase()] ?? found[0];
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : found[0];
}

/** A text with its entities read. */
export function decode(text: string): string {
  return text.replace(ENTITIES, (...found) => entity(found as unknown as RegExpMatchArray));
}
