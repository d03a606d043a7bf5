import type { When } from '../rule.ts';
import type { Desk } from './desk.ts';
import { namesOf, percent, sharesOf } from './desk.ts';
import type { Region } from './diagram.ts';
import { NONE } from './diagram.ts';
import type { By, Case, ListName, Spot } from './finding.ts';

/** A rule of a list in which the first that matches decides. */
export type Row = {
  readonly id: string;
  readonly index: number;
  readonly when: When;
  /** Where its condition holds, of what reaches the list. */
  readonly matches: Region;
  /** Where it would decide if it were tried first. */
  readonly could: Region;
  /** Whether it hides what comes after it; a rule that is switched off does not. */
  readonly on: boolean;
};

/** A rule at its place: what it decides, and who decides the rest of what it could. */
export type Placed<R extends Row = Row> = R & {
  readonly decides: Region;
  readonly hidden: readonly Hidden[];
};
type Hidden = { readonly row: Row; readonly region: Region };

/** Goes down a list from `domain`: each rule decides what it can of what those before it left. */
export function inOrder<R extends Row>(
  { space }: Desk,
  rows: readonly R[],
  domain: Region,
): readonly Placed<R>[] {
  const placed: Placed<R>[] = [];
  let left = domain;
  for (const row of rows) {
    const decides = space.and(row.could, left);
    const hidden: Hidden[] = [];
    let rest = space.minus(row.could, decides);
    for (const before of placed) {
      if (rest === NONE) break;
      const region = before.on ? space.and(before.decides, rest) : NONE;
      if (region === NONE) continue;
      hidden.push({ row: before, region });
      rest = space.minus(rest, region);
    }
    placed.push({ ...row, decides, hidden });
    if (row.on) left = space.minus(left, decides);
  }
  return placed;
}

/** What is said of a list, and what there counts as the same decision. */
export type Judge = {
  readonly list: ListName;
  /** Where two rules lead to the same. */
  readonly alike: (a: Row, b: Row) => Region;
  /** What a rule decides, in words: `the local lane`. */
  readonly decides: (row: Row) => string;
  readonly cases: readonly Case[];
};

/** Tells of rules that nothing reaches, of those that hide others, and of overlaps that only the order decides. */
export function tellOrder(desk: Desk, placed: readonly Placed[], judge: Judge): void {
  for (const row of placed) {
    if (row.could === NONE) continue;
    const same = row.hidden.find(({ row: before }) => before.matches === row.matches);
    if (row.decides === NONE) tellUnreached(desk, row, judge);
    else if (same !== undefined) tellSame(desk, row, { before: same, judge });
    else if (row.hidden.length > 0) tellHidden(desk, row, judge);
    for (const hidden of row.hidden)
      if (row.decides !== NONE) tellOverlap(desk, row, { hidden, judge });
  }
}

export function spotOf(list: ListName, { index }: Row, part: Spot['part'] = 'when'): Spot {
  return { list, index, part };
}

function byOf({ space, witness }: Desk, row: Placed): readonly By[] {
  const whole = space.volume(row.could);
  return row.hidden.map(({ row: { id }, region }) => ({
    rule: id,
    share: space.volume(region) / whole,
    witness: witness(region),
  }));
}

function tellUnreached(desk: Desk, row: Placed, judge: Judge): void {
  const [first] = row.hidden;
  const by = byOf(desk, row);
  const same = by.length === 1 && first?.row.matches === row.matches;
  desk.tell({
    level: row.on ? 'error' : 'warning',
    code: same ? 'same-condition' : 'never-reached',
    spot: spotOf(judge.list, row),
    rule: row.id,
    by,
    says: same
      ? `expected a condition of its own, got that of ${namesOf(by)}, which comes first and leaves nothing to ${row.id}. Take one of them away or narrow the first.`
      : `expected something left for ${row.id} to decide, got nothing: ${together(by)} before it. Move it up, narrow what hides it or take it away.`,
    witness: desk.witness(row.could),
  });
}

function together(by: readonly By[]): string {
  return by.length === 1
    ? `${namesOf(by)} decides all of it`
    : `${sharesOf(by)} together decide all of it`;
}

function tellSame(
  desk: Desk,
  row: Placed,
  { before, judge }: { before: Hidden; judge: Judge },
): void {
  desk.tell({
    level: 'note',
    code: 'same-condition',
    spot: spotOf(judge.list, row),
    rule: row.id,
    by: byOf(desk, row).filter(({ rule }) => rule === before.row.id),
    says: `${row.id} has the condition of ${before.row.id} and decides only what that one may not.`,
    witness: desk.witness(row.decides),
  });
}

/** As many rules as a sentence can name. */
const SHOWN = 4;

function tellHidden(desk: Desk, row: Placed, judge: Judge): void {
  const by = byOf(desk, row);
  const most = [...by].sort((a, b) => b.share - a.share);
  const shown = most
    .slice(0, SHOWN)
    .map(({ rule, share, witness }) => `${rule} hides ${percent(share)} ${witness?.when ?? ''}`);
  const more = most.length > SHOWN ? [`${most.length - SHOWN} others hide the rest`] : [];
  desk.tell({
    level: 'note',
    code: 'hidden',
    spot: spotOf(judge.list, row),
    rule: row.id,
    by,
    says: `rules before it decide part of what ${row.id} could: ${[...shown, ...more].join('; ')}.`,
    witness: most[0]?.witness ?? null,
  });
}

type Pair = { readonly hidden: Hidden; readonly judge: Judge };

/**
 * Two rules that both match and lead elsewhere. That is how a list of exceptions works when all of the earlier rule lies
 * within the later one (Al-Shaer and Hamed's "generalization", 2004), and what a person named comes first on principle.
 * Where neither holds, only the order decides: somebody should have meant it, and an example is how they say so.
 */
function tellOverlap(desk: Desk, row: Placed, { hidden, judge }: Pair): void {
  const { space } = desk;
  const { row: before } = hidden;
  const region = space.minus(hidden.region, judge.alike(before, row));
  if (region === NONE || space.minus(before.matches, row.matches) === NONE) return;
  if (isNamed(before, row) || isShown(desk, region, { before, judge })) return;
  const witness = desk.witness(region);
  desk.tell({
    level: 'warning',
    code: 'overlap',
    spot: spotOf(judge.list, row),
    rule: row.id,
    by: [{ rule: before.id, share: space.volume(region) / space.volume(row.could), witness }],
    says: `${before.id} and ${row.id} both match ${witness?.when ?? ''}: ${before.id} leads to ${judge.decides(before)}, ${row.id} would lead to ${judge.decides(row)}, and only the order says which. Put such an example under ${before.id} if it is meant; else narrow one of them.`,
    witness,
  });
}

/** Whether the earlier rule asks for something a person named, and the later one says nothing of it. */
function isNamed(before: Row, after: Row): boolean {
  return (['lane', 'persona'] as const).some(
    (fact) => before.when[fact] !== undefined && after.when[fact] === undefined,
  );
}

/** Whether an example in the files lies in the overlap and expects the earlier rule. */
function isShown({ space }: Desk, region: Region, on: { before: Row; judge: Judge }): boolean {
  return on.judge.cases.some(
    ({ facts, expect }) => expect === on.before.id && space.has(region, facts),
  );
}
