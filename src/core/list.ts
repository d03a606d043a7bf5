/** A list inside a request: what stands before it, its items without their marks, what stands after it. */
export type ListParts = {
  readonly before: string;
  readonly items: readonly string[];
  readonly after: string;
};

const ITEM = /^\s{0,3}(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(\S.*)$/i;

/** Finds a numbered or bulleted list of two items or more. Lines right below an item belong to it. */
export function listIn(text: string): ListParts | undefined {
  const before: string[] = [];
  const items: string[] = [];
  const after: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const item = ITEM.exec(line)?.[1];
    if (item !== undefined && after.every((l) => l.trim() === '')) {
      items.push(item);
      open = true;
    } else if (items.length === 0) before.push(line);
    else if (open && line.trim() !== '') items.push(`${items.pop() ?? ''}\n${line.trim()}`);
    else {
      open = false;
      after.push(line);
    }
  }
  if (items.length < 2) return undefined;
  return { before: before.join('\n').trim(), items, after: after.join('\n').trim() };
}
