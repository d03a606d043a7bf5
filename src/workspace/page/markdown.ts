/**
 * The part of CommonMark that a `markdown` block carries, parsed into passages: headings, lists, quotes, fences,
 * rules, and bold, italic, struck, code and links inside a line. Pure.
 */
import { inline, isSafeLink, type Mark, type Passage, type Rule } from './marks.ts';

const PUNCTUATION = /\\([\\`*_{}[\]()#+\-.!~>|])/g;

const plain = (text: string): string => text.replace(PUNCTUATION, '$1');

function link(label: string, url: string): Mark {
  return isSafeLink(url)
    ? { type: 'link', url, label: plain(label) }
    : { type: 'text', text: `${plain(label)} (${url})` };
}

const span =
  (type: 'bold' | 'italic' | 'strike'): Rule['make'] =>
  (match, parse) => ({ type, children: parse(match[1] ?? '') });

const RULES: readonly Rule[] = [
  { pattern: /`([^`\n]+)`/u, make: (match) => ({ type: 'code', text: match[1] ?? '' }) },
  {
    pattern: /!?\[([^\]\n]*)\]\(([^)\s]+)\)/u,
    make: (match) => link(match[1] ?? '', match[2] ?? ''),
  },
  { pattern: /\*\*(?=\S)([^\n]*?\S)\*\*/u, make: span('bold') },
  { pattern: /(?<![\p{L}\p{N}\\])__(?=\S)([^\n]*?\S)__(?![\p{L}\p{N}])/u, make: span('bold') },
  { pattern: /~~(?=\S)([^\n]*?\S)~~/u, make: span('strike') },
  { pattern: /(?<![\\*])\*(?=[^\s*])([^*\n]*[^\s*])\*/u, make: span('italic') },
  {
    pattern: /(?<![\p{L}\p{N}\\_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])/u,
    make: span('italic'),
  },
];

const marks = (text: string): readonly Mark[] => inline(text, RULES, plain);

interface Taken {
  readonly passage: Passage;
  readonly next: number;
}

type Taker = (lines: readonly string[], at: number) => Taken | undefined;

/** Takes the lines from `at` on for which `want` gives something. */
function run<T>(
  lines: readonly string[],
  at: number,
  want: (line: string) => T | undefined,
): { readonly got: readonly T[]; readonly next: number } {
  const got: T[] = [];
  let next = at;
  while (next < lines.length) {
    const one = want(lines[next] ?? '');
    if (one === undefined) break;
    got.push(one);
    next += 1;
  }
  return { got, next };
}

const fence: Taker = (lines, at) => {
  if (!/^\s*```/.test(lines[at] ?? '')) return undefined;
  const { got, next } = run(lines, at + 1, (line) => (/^\s*```\s*$/.test(line) ? undefined : line));
  return { passage: { type: 'pre', text: got.join('\n') }, next: next + 1 };
};

const heading: Taker = (lines, at) => {
  const match = /^(#{1,6})\s+(.+?)\s*#*$/.exec(lines[at] ?? '');
  if (match === null) return undefined;
  const level = (match[1] ?? '').length;
  return { passage: { type: 'heading', level, children: marks(match[2] ?? '') }, next: at + 1 };
};

const rule: Taker = (lines, at) =>
  /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at] ?? '')
    ? { passage: { type: 'rule' }, next: at + 1 }
    : undefined;

const quote: Taker = (lines, at) => {
  const { got, next } = run(lines, at, (line) => /^\s*> ?(.*)$/.exec(line)?.[1]);
  if (got.length === 0) return undefined;
  return { passage: { type: 'quote', children: parseMarkdown(got.join('\n')) }, next };
};

const list =
  (ordered: boolean): Taker =>
  (lines, at) => {
    const item = ordered ? /^\s*\d{1,9}[.)]\s+(.*)$/ : /^\s*[-*+]\s+(.*)$/;
    const { got, next } = run(lines, at, (line) => item.exec(line)?.[1]);
    if (got.length === 0) return undefined;
    return { passage: { type: 'list', ordered, items: got.map(marks) }, next };
  };

const TAKERS: readonly Taker[] = [fence, heading, rule, quote, list(false), list(true)];

/** Parses a Markdown text. What is not understood stays as text. */
export function parseMarkdown(text: string): readonly Passage[] {
  const lines = text.split('\n');
  const passages: Passage[] = [];
  let at = 0;
  while (at < lines.length) {
    const taken = TAKERS.map((taker) => taker(lines, at)).find((one) => one !== undefined);
    if (taken !== undefined) {
      passages.push(taken.passage);
      at = taken.next;
      continue;
    }
    const line = lines[at] ?? '';
    if (line.trim() !== '') passages.push({ type: 'line', children: marks(line.trim()) });
    at += 1;
  }
  return passages;
}
