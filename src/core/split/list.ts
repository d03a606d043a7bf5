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
 * "1. this 2. that 3. the other" on one line: a list all the same, if it counts from one and begins where
 * something ended ("version 1. a new one" begins nothing). Three bare numbers that count so ("1 this 2 that 3 the other")
 * are one as well.
 */
const INLINE = /(?<=^|\s)\(?(\d|[a-e])[.):]\s+(?=\S)/g;
const BARE = /(?<=^|\s)(\d)\s+(?=\p{L})/gu;
const FEWEST = 2;
const FEWEST_BARE = 3;

function unrolled(line: string): string {
  const marked = countedBy(INLINE, line);
  if (marked.length >= FEWEST) return brokenAt(marked, line);
  const bare = countedBy(BARE, line);
  if (bare.length >= FEWEST_BARE) return brokenAt(bare, line, ')');
  return line;
}

/** The marks of a line that count from one, where the first begins something; a number out of turn is no mark. */
function countedBy(mark: RegExp, line: string): readonly RegExpExecArray[] {
  const marks: RegExpExecArray[] = [];
  for (const found of line.matchAll(mark)) {
    const [, count = ''] = found;
    const place = '12345678'.indexOf(count) + 1 || 'abcde'.indexOf(count) + 1;
    if (place === marks.length + 1) marks.push(found);
  }
  return begins(line.slice(0, marks[0]?.index), marks[0]?.[0] ?? '') ? marks : [];
}

/** A line for each mark, closed by `close` where it has no sign of its own. */
function brokenAt(marks: readonly RegExpExecArray[], line: string, close = ''): string {
  const items = marks.map((mark, i) => {
    const text = line.slice(mark.index + mark[0].length, marks[i + 1]?.index);
    return `${mark[0].trim()}${close} ${text}`;
  });
  return [line.slice(0, marks[0]?.index), ...items].join('\n');
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
