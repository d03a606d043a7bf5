import { resolveName } from '../page/page.ts';
import { tokensOf, type OpenTag, type Token } from '../page/tokens.ts';
import { lineFinder, quoteOf, type Source } from '../source.ts';
import { proseOf } from '../writing/prose.ts';
import type { Anchor, PageFacts, Parts } from './page-facts.ts';
import { readMarkdown } from './read-markdown.ts';

/** Reads one page, HTML or Markdown. */
export function readPage(source: Source): PageFacts {
  const parts = source.kind === 'html' ? readHtml(source) : readMarkdown(source);
  const links = parts.links.map(({ href, line }) => ({
    href,
    line,
    to: goalOf(source.name, href),
  }));
  const blocks = blocksOf(source);
  const words = blocks.reduce(
    (sum, block) => sum + (block.text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0),
    0,
  );
  return { ...parts, name: source.name, links, blocks, words };
}

function goalOf(from: string, href: string): Anchor['to'] {
  const name = resolveName(from, href);
  return name === undefined ? undefined : { name, anchor: href.split('#')[1] ?? '' };
}

function blocksOf(source: Source): { text: string; line: number }[] {
  const prose = proseOf(source);
  const place = lineFinder(source.text);
  return [...prose.text.matchAll(/[^\n]+(?:\n(?!\s*\n)[^\n]+)*/g)]
    .filter((found) => found[0].trim() !== '')
    .map((found) => {
      const start = found.index + found[0].search(/\S/);
      return { text: found[0].trim(), line: place(prose.at[start] ?? 0).line };
    });
}

function readHtml(source: Source): Parts {
  const tokens = tokensOf(source.text);
  const place = lineFinder(source.text);
  const tags = tokens.flatMap((token, index): Tag[] =>
    token.is === 'open' ? [{ tag: token, index, line: place(token.start).line }] : [],
  );
  const words = (at: Tag): string => wordsUntilClose(source.text, tokens, at.index);
  const title = tags.find(({ tag }) => tag.name === 'title');
  return {
    title: title === undefined ? '' : words(title),
    titleLine: title?.line ?? 1,
    description: descriptionOf(tags),
    headings: tags
      .filter(({ tag }) => /^h[1-6]$/.test(tag.name))
      .map((at) => ({ depth: Number(at.tag.name[1]), text: words(at), line: at.line })),
    links: tags
      .filter(isLink)
      .map(({ tag, line }) => ({ href: tag.attributes.get('href') ?? '', line })),
    pictures: tags
      .filter(({ tag }) => tag.name === 'img')
      .map(({ tag, line }) => ({
        src: tag.attributes.get('src') ?? '',
        alt: tag.attributes.get('alt'),
        line,
      })),
    ids: new Set(tags.flatMap(({ tag }) => idsOf(tag))),
  };
}

type Tag = { readonly tag: OpenTag; readonly index: number; readonly line: number };

function isLink({ tag }: Tag): boolean {
  return (tag.name === 'a' || tag.name === 'area') && tag.attributes.has('href');
}

function idsOf(tag: OpenTag): string[] {
  const ids = [tag.attributes.get('id'), tag.name === 'a' ? tag.attributes.get('name') : undefined];
  return ids.filter((id) => id !== undefined);
}

function descriptionOf(tags: readonly Tag[]): string | undefined {
  const meta = tags.find(
    ({ tag }) => tag.name === 'meta' && tag.attributes.get('name')?.toLowerCase() === 'description',
  );
  return meta?.tag.attributes.get('content')?.trim();
}

function wordsUntilClose(text: string, tokens: readonly Token[], from: number): string {
  const open = tokens[from];
  const name = open?.is === 'open' ? open.name : '';
  const parts: string[] = [];
  for (let at = from + 1; at < tokens.length && at < from + 200; at += 1) {
    const token = tokens[at];
    if (token === undefined || (token.is === 'close' && token.name === name)) break;
    if (token.is === 'text') parts.push(text.slice(token.start, token.end));
  }
  return quoteOf(parts.join(''), 0, Number.MAX_SAFE_INTEGER);
}
