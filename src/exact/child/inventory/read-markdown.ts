import { lineFinder, type Source } from '../source.ts';
import type { Heading, Parts } from './page-facts.ts';

/** The parts of a Markdown page: the first heading of depth 1 is its title unless front matter names one. */
export function readMarkdown(source: Source): Parts {
  const text = withoutCode(source.text);
  const place = lineFinder(text);
  const line = (index: number): number => place(index).line;
  const front = /^---\n([^]*?)\n---/.exec(source.text)?.[1] ?? '';
  const headings = [...text.matchAll(/^ {0,3}(#{1,6})[ \t]+([^\n]+?)[ \t]*#*[ \t]*$/gm)].map(
    (found): Heading => ({
      depth: found[1]?.length ?? 1,
      text: plain(found[2] ?? ''),
      line: line(found.index),
    }),
  );
  const named = entry(front, 'title');
  const first = headings.find((heading) => heading.depth === 1);
  const links = [
    ...text.matchAll(/(!?)\[([^\]\n]{0,500})\]\(\s*<?([^()\s>]{1,2000})>?(?:\s+"[^"\n]*")?\s*\)/g),
  ];
  return {
    title: named ?? first?.text ?? '',
    titleLine: named === undefined ? (first?.line ?? 1) : 1,
    description: entry(front, 'description'),
    headings,
    links: links
      .filter((found) => found[1] === '')
      .map((found) => ({ href: found[3] ?? '', line: line(found.index) })),
    pictures: links
      .filter((found) => found[1] === '!')
      .map((found) => ({
        src: found[3] ?? '',
        alt: found[2] === '' ? undefined : found[2],
        line: line(found.index),
      })),
    ids: new Set(headings.map((heading) => slug(heading.text))),
  };
}

function withoutCode(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/^(`{3,}|~{3,})[^\n]*\n[^]*?(?:^\1[`~]*[ \t]*$|$(?![^]))/gm, blank)
    .replace(/`[^`\n]+`/g, blank);
}

function entry(front: string, name: string): string | undefined {
  const found = new RegExp(`^${name}:[ \\t]*(.+)$`, 'm').exec(front)?.[1];
  return found?.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .trim();
}

/** The anchor of a heading, as GitHub and most site makers write it. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
