/** A list inside a request: what stands before it, its items without their marks, what stands after it. */
export type ListParts = {
  readonly before: string;
  readonly items: readonly string[];
  readonly after: string;
};

const ITEM = /^\s{0,3}(?:[-*•–+]|\d\uFE0F?\u20E3|\(?\d{1,2}[.):]|\(?[a-z]\))\s+(\S.*)$/i;

type Where = 'before' | 'item' | 'gap' | 'after';

/** Where a line stands: a line right below an item belongs to it, a text after a gap ends the list. */
function standing(was: Where, item: string | undefined, line: string): Where {
  if (was === 'after') return 'after';
  if (item !== undefined) return 'item';
  if (was === 'before') return 'before';
  if (line.trim() === '') return 'gap';
  return was === 'item' ? 'item' : 'after';
}

/**
 * "1. this 2. that 3. the other" on one line: a list all the same, if it counts from one without a gap and begins where
 * something ended ("version 1. a new one" begins nothing).
 */
const INLINE = /(?<=^|\s)\(?(\d|[a-e])[.):]\s+(?=\S)/g;

function unrolled(line: string): string {
  const marks = [...line.matchAll(INLINE)];
  const counts = marks.map(
    ([, mark = '']) => '12345678'.indexOf(mark) + 1 || 'abcde'.indexOf(mark) + 1,
  );
  if (marks.length < 2 || counts.some((count, i) => count !== i + 1)) return line;
  if (!begins(line.slice(0, marks[0]?.index), marks[0]?.[0] ?? '')) return line;
  return line.replace(INLINE, (mark) => `\n${mark}`);
}

/** A number with a full stop may belong to the word before it; with a bracket it never does. */
function begins(before: string, mark: string): boolean {
  return mark.includes(')') || /(?:^|[.:;,!?–-])\s*$/.test(before);
}

/** "Mo", "- Mo Ayre": a name that stands alone below a closing word. */
const NAME = /^(?:[-–—]\s?)?\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*){0,2}\.?$/u;
const SENTENCES = /(?<=[.!?])\s+/;

type Tells = (words: string) => boolean;

/**
 * Where the closing words below the last item begin ("thanks!", "no rush", a name below them), though no empty line
 * parts them from it. A line that is indented, or that says anything else as well, still belongs to the item.
 */
function closingAt(lines: readonly string[], isTalk: Tells): number {
  const isAll = (line: string, tells: Tells): boolean =>
    /^\S/.test(line) && line.trim().split(SENTENCES).every(tells);
  const closes: Tells = (words) => isTalk(words) || NAME.test(words);
  let at = lines.length;
  while (at > 1 && isAll(lines[at - 1] ?? '', closes)) at -= 1;
  while (at < lines.length && !isTalk(lines[at] ?? '')) at += 1;
  return at;
}

const joined = (lines: readonly string[]): string => lines.map((line) => line.trim()).join('\n');

/** Finds a numbered or bulleted list of two items or more; `isTalk` tells closing words from the work. */
export function listIn(text: string, isTalk: Tells): ListParts | undefined {
  const before: string[] = [];
  const items: string[][] = [];
  const after: string[] = [];
  let where: Where = 'before';
  for (const line of text.split('\n').flatMap((each) => unrolled(each).split('\n'))) {
    const item = ITEM.exec(line)?.[1];
    where = standing(where, item, line);
    if (where === 'before') before.push(line);
    else if (where !== 'item') after.push(line);
    else if (item === undefined) items.at(-1)?.push(line);
    else items.push([item]);
  }
  const last = items.at(-1);
  if (last === undefined || items.length < 2) return undefined;
  const closing = last.splice(closingAt(last, isTalk));
  return {
    before: before.join('\n').trim(),
    items: items.map(joined),
    after: [...closing, ...after].join('\n').trim(),
  };
}
