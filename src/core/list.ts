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

/** "1. this 2. that 3. the other" on one line: a list all the same, if it counts from one without a gap. */
const INLINE = /(?<=^|\s)\(?(\d|[a-e])[.):]\s+(?=\S)/g;

function unrolled(line: string): string {
  const marks = [...line.matchAll(INLINE)];
  const counts = marks.map(
    ([, mark = '']) => '12345678'.indexOf(mark) + 1 || 'abcde'.indexOf(mark) + 1,
  );
  if (marks.length < 2 || counts.some((count, i) => count !== i + 1)) return line;
  return line.replace(INLINE, (mark) => `\n${mark}`);
}

/** Finds a numbered or bulleted list of two items or more. */
export function listIn(text: string): ListParts | undefined {
  const before: string[] = [];
  const items: string[] = [];
  const after: string[] = [];
  let where: Where = 'before';
  for (const line of text.split('\n').flatMap((each) => unrolled(each).split('\n'))) {
    const item = ITEM.exec(line)?.[1];
    where = standing(where, item, line);
    if (where === 'before') before.push(line);
    else if (where !== 'item') after.push(line);
    else items.push(item ?? `${items.pop() ?? ''}\n${line.trim()}`);
  }
  if (items.length < 2) return undefined;
  return { before: before.join('\n').trim(), items, after: after.join('\n').trim() };
}
