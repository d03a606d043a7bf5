import type { Source } from '../source.ts';
import { tokensOf, type OpenTag, type Token } from './tokens.ts';

/** A page as the engines get it, and the way back to its source. */
export type Page = {
  readonly source: Source;
  readonly tokens: readonly Token[];
  readonly tags: readonly OpenTag[];
  /** Whether it is a piece of a page: then its title, language and landmarks are somebody else's. */
  readonly fragment: boolean;
  /** The page with each start tag carrying its offset, and with the given style sheets put in. */
  readonly marked: string;
  /** Style sheets the page asks for and nobody gave. */
  readonly missingStyles: readonly string[];
};

/** The attribute by which a tag is found again after parsing. */
export const MARK = 'data-aios-at';

/** Prepares a page; `styles` are the CSS files that came along, by name. */
export function openPage(source: Source, styles: ReadonlyMap<string, string>): Page {
  const tokens = tokensOf(source.text);
  const tags = tokens.filter((token): token is OpenTag => token.is === 'open');
  const fragment = !tags.some((tag) => tag.name === 'html') && !/<!doctype/i.test(source.text);
  const missing: string[] = [];
  const sheetOf = (tag: OpenTag): string | undefined => {
    const href = styleLink(tag);
    if (href === undefined) return undefined;
    const sheet = styles.get(resolveName(source.name, href) ?? '');
    if (sheet === undefined) missing.push(href);
    return sheet;
  };
  const marked = markTags(source.text, tags, sheetOf);
  return {
    source,
    tokens,
    tags,
    fragment,
    marked: fragment
      ? `<!doctype html><html lang="en"><head><title>Fragment</title></head><body>${marked}</body></html>`
      : marked,
    missingStyles: missing,
  };
}

function styleLink(tag: OpenTag): string | undefined {
  const isSheet = tag.name === 'link' && /\bstylesheet\b/i.test(tag.attributes.get('rel') ?? '');
  return isSheet ? tag.attributes.get('href') : undefined;
}

function markTags(
  text: string,
  tags: readonly OpenTag[],
  sheetOf: (tag: OpenTag) => string | undefined,
): string {
  const parts: string[] = [];
  let from = 0;
  for (const tag of tags) {
    const name = tag.start + 1 + tag.name.length;
    parts.push(text.slice(from, name), ` ${MARK}="${tag.start}"`);
    from = name;
    const sheet = sheetOf(tag);
    if (sheet === undefined) continue;
    parts.push(text.slice(from, tag.end), `<style>${sheet.replace(/<\//g, '<\\/')}</style>`);
    from = tag.end;
  }
  return parts.join('') + text.slice(from);
}

/**
 * The name among the given files that a link of `from` points at, without query and anchor; undefined for a link
 * that leaves the given files. `/x.html` counts from the top of the given files.
 */
export function resolveName(from: string, href: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href)) return undefined;
  const path = unescaped(href.split(/[?#]/)[0] ?? '');
  if (path === '') return from;
  const name = joined(path.startsWith('/') ? [] : from.split('/').slice(0, -1), path);
  if (name === '') return 'index.html';
  return path.endsWith('/') ? `${name}/index.html` : name;
}

function joined(folder: readonly string[], path: string): string {
  const parts = [...folder];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
