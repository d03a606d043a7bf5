import { namesFile } from '../../core/file-name.ts';
import type { Rearranged } from '../../core/pieces.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { BroughtFile } from './brought.ts';
import type { Standing } from './pieces-form.ts';
import type { Wanted } from './put-pieces.ts';
import { saidOfAll } from './wishes.ts';

/** What a rearrangement comes to: the pieces that end, and those that come with the old ones each is made from. */
export type NewPieces = {
  readonly replaced: readonly Standing[];
  readonly wanted: readonly Wanted[];
  /** For each wanted piece the tasks whose words it holds. */
  readonly from: readonly (readonly Standing[])[];
};

/**
 * A piece that says what it said before stays as it is, unless what it comes after is replaced: then it is decided anew
 * behind what took that place.
 */
export function newPieces(
  open: readonly Standing[],
  { pieces }: Rearranged,
  tasks: readonly TaskRow[],
): NewPieces {
  const kept = keptOf(open, pieces);
  const fresh = pieces.filter(({ same }) => same === null || !kept.has(same));
  const replaced = open.filter((_, i) => !kept.has(i));
  const from = fresh.map((piece) => piece.from.flatMap((i) => open[i] ?? []));
  const files = filesFor({ open, fresh, from, replaced });
  return {
    replaced,
    from,
    wanted: fresh.map(({ text }, i) => ({
      text,
      files: files[i] ?? [],
      beside: besideOf(from[i] ?? []),
      after: afterOf(i, { from, replaced, tasks }),
      ...saidOfAll(sourcesOf({ open, from: from[i] ?? [], files: files[i] ?? [] })),
    })),
  };
}

/** What was said in one breath with the pieces a new one is made from. */
function besideOf(from: readonly Standing[]): readonly string[] | undefined {
  const said = new Set(from.flatMap(({ body }) => body.beside ?? []));
  return said.size === 0 ? undefined : [...said];
}

type Sources = {
  readonly open: readonly Standing[];
  readonly from: readonly Standing[];
  readonly files: readonly BroughtFile[];
};

/** The tasks whose words or files a new piece holds. */
function sourcesOf({ open, from, files }: Sources): readonly TaskRow[] {
  const holding = open.filter((one) => from.includes(one) || files.some((f) => has(f)(one)));
  return holding.map(({ task }) => task);
}

type Pieces = Rearranged['pieces'];

function keptOf(open: readonly Standing[], pieces: Pieces): ReadonlySet<number> {
  const kept = new Set(pieces.flatMap(({ same }) => (same === null ? [] : [same])));
  for (let size = -1; size !== kept.size;) {
    size = kept.size;
    for (const i of kept) {
      const before = open.findIndex(({ task }) => task.id === open[i]?.task.after);
      if (before !== -1 && !kept.has(before)) kept.delete(i);
    }
  }
  return kept;
}

type Around = Pick<NewPieces, 'from' | 'replaced'> & { readonly tasks: readonly TaskRow[] };

/** What the pieces it is made from came after; of a piece that is replaced, the last one that holds its words now. */
function afterOf(index: number, { from, replaced, tasks }: Around): Wanted['after'] {
  for (const { task } of (from[index] ?? []).toReversed()) {
    const before = tasks.find((t) => t.id === task.after);
    if (before === undefined) continue;
    const gone = replaced.find((r) => r.task.id === before.id);
    if (gone === undefined) return before;
    const now = from.findLastIndex((f, i) => i !== index && f.includes(gone));
    if (now !== -1) return now;
  }
  return null;
}

type Holding = Pick<NewPieces, 'from' | 'replaced'> & {
  readonly open: readonly Standing[];
  readonly fresh: Pieces;
};

/**
 * A file goes to the new pieces that name it, else with the words it stood with, else to all that name no other; one that
 * stands with a piece that stays goes to none but those that name it.
 */
function filesFor({ open, fresh, from, replaced }: Holding): readonly (readonly BroughtFile[])[] {
  const files = new Map(open.flatMap(({ body }) => body.files.map((f) => [f.body, f])));
  const named = [...files.values()].map((file) => ({ file, by: namers(file, fresh) }));
  const nameless = fresh.flatMap((_, i) => (named.some(({ by }) => by?.includes(i)) ? [] : [i]));
  const chosen = named.map(({ file, by }) => ({
    file,
    to: by ?? (replaced.some(has(file)) ? holders(file, from, nameless) : []),
  }));
  return fresh.map((_, i) => chosen.filter(({ to }) => to.includes(i)).map(({ file }) => file));
}

const has =
  (file: BroughtFile) =>
  ({ body }: Standing): boolean =>
    body.files.some((f) => f.body === file.body);

function namers({ name }: BroughtFile, fresh: Pieces): readonly number[] | undefined {
  const naming = fresh.flatMap(({ text }, i) => (namesFile(text, name) ? [i] : []));
  return naming.length === 0 ? undefined : naming;
}

function holders(
  file: BroughtFile,
  from: NewPieces['from'],
  others: readonly number[],
): readonly number[] {
  const holding = from.flatMap((sources, i) => (sources.some(has(file)) ? [i] : []));
  return holding.length === 0 ? others : holding;
}
