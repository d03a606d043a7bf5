/** Who hands on to whom, by id. */
export type HandsOn = ReadonlyMap<string, readonly string[]>;

/**
 * The ways on which work could come back to whom it left: for everybody the shortest one, each way once, beginning at
 * the first id of the alphabet. A way of two is the commonest: two neighbours that name one another.
 */
export function circles(handsOn: HandsOn): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const id of [...handsOn.keys()].sort()) {
    const way = backTo(id, handsOn);
    if (way !== undefined) found.set(turned(way).join(' '), turned(way));
  }
  return [...found.values()];
}

/** The shortest way from an id back to it, breadth first; undefined when there is none. */
function backTo(id: string, handsOn: HandsOn): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[id]];
  while (ways.length > 0) {
    const further = ways.flatMap((way) =>
      [...(handsOn.get(way.at(-1) ?? '') ?? [])].sort().map((to) => [...way, to]),
    );
    const back = further.find((way) => way.at(-1) === id);
    if (back !== undefined) return back.slice(0, -1);
    ways = further.filter((way) => isNew(seen, way.at(-1) ?? ''));
  }
  return undefined;
}

function isNew(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function turned(way: readonly string[]): readonly string[] {
  const first = way.indexOf([...way].sort()[0] ?? '');
  return [...way.slice(first), ...way.slice(0, first)];
}
