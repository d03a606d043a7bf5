import { requestNumber, taskNumber } from '../core/id.ts';
import { counting } from '../core/minutes.ts';
import type { Moment } from '../core/moment.ts';
import { listIn, textIn, textsIn } from './data.ts';
import type { Entry } from './read.ts';
import { addSpend, NOTHING_SPENT, sumSpend } from './spend.ts';
import { reviewSum, savedBy } from './sum-minutes.ts';
import type { Tally } from './sum-tally.ts';
import { totalsOf } from './sum-totals.ts';
import type {
  CostItem,
  Erasure,
  LaneSum,
  LaterCost,
  LaterMinutes,
  Span,
  Stop,
  Sums,
  TaskSum,
} from './sum-types.ts';

/** What was taken in of a log. */
export type Reading = {
  readonly span: Span;
  readonly tasks: Map<string, Tally>;
  /** Request numbers by the id of the request. */
  readonly numbers: Map<string, number>;
  /** Corrections that name no task. */
  readonly loose: CostItem[];
  /** Months in which the seat was used, and those whose invoice was divided. */
  readonly seat: { readonly used: Set<string>; readonly closed: Set<string> };
  readonly stops: { readonly entry: Entry }[];
  readonly nothing: Entry[];
  readonly erasures: Entry[];
  /** Ids of tasks and requests by the rules that are named for them. */
  readonly uses: Map<string, Set<string>>;
  readonly count: { entries: number; exports: number; rehearsed: number };
};

/** What it adds up to. */
export function finish(reading: Reading): Sums {
  const { span, tasks, loose, count } = reading;
  const all = [...tasks.values()];
  const ended = all.filter((t) => t.ended !== null && t.ended >= span.from);
  const open = all.filter((t) => t.ended === null && t.last >= span.from);
  const others = all.filter((t) => t.ended === null || t.ended < span.from);
  const later = [
    ...others.flatMap((t) => laterOf(numberOf(reading, t), countedIn(span, t))),
    ...laterOf(NO_TASK, loose.filter(({ at }) => at >= span.from).map(bookedThen)),
  ];
  const told = { ended: sorted(reading, ended), open: sorted(reading, open) };
  const counted = [
    ...ended.flatMap((t) => countedIn(span, t)).map(({ item }) => item),
    ...later.map(({ item }) => item),
  ];
  const laterMinutes = others.flatMap((t) => minutesLater(reading, t));
  const erasures = reading.erasures.map((entry) => erasureOf(reading, entry));
  return {
    span,
    ...told,
    later,
    laterMinutes,
    lanes: lanesOf(counted),
    totals: totalsOf({ ...told, counted, laterMinutes, expired: expiredIn(reading), erasures }),
    stops: reading.stops.map(({ entry }) => stopOf(reading, entry)),
    nothing: reading.nothing.map((entry) => stopOf(reading, entry)),
    erasures,
    uses: usesOf(reading),
    openMonths: [...reading.seat.used].filter((month) => !reading.seat.closed.has(month)).sort(),
    entries: count.entries,
    rehearsal: count.rehearsed > 0 || [...ended, ...open].some((t) => t.rehearsal),
  };
}

/** Stands where a task's number would, for a correction that names none. */
export const NO_TASK = 'no task';

/** A cost and when it began to count. */
type Counted = { readonly item: CostItem; readonly at: Moment };

const bookedThen = (item: CostItem): Counted => ({ item, at: item.at });

/** The costs of a task that count in the range. */
function countedIn({ from }: Span, { costs, counted }: Tally): readonly Counted[] {
  return costs.flatMap((item, i) => {
    const at = counted[i];
    return at === undefined || at < from ? [] : [{ item, at }];
  });
}

function laterOf(number: string, all: readonly Counted[]): LaterCost[] {
  const here = new Set(all.map(({ item }) => item.entry));
  return all.map(({ item, at }) => {
    // A price that became known later was one more unknown in the range of its call, and is none less in this one.
    const isOfBefore = !here.has(item.corrects ?? '');
    const unpriced = isOfBefore ? Math.max(0, item.unpriced) : item.unpriced;
    return { number, item: { ...item, unpriced }, why: item.at < at ? 'expired' : 'later' };
  });
}

/** What changed in the range of the minutes of a task that did not end in it. */
function minutesLater(reading: Reading, task: Tally): readonly LaterMinutes[] {
  const { before, now } = task.minutes;
  const byHand = savedBy(now) - savedBy(before);
  const review = now.counted - before.counted;
  if (byHand === 0 && review === 0) return [];
  return [{ task: task.id, number: numberOf(reading, task), byHand, review }];
}

function expiredIn({ stops }: Reading): number {
  return stops.filter(({ entry }) => entry.type === 'task.expired').length;
}

function numberOf({ numbers }: Reading, task: Pick<Tally, 'request' | 'ordinal'>): string {
  const request = numbers.get(task.request ?? '');
  return request === undefined
    ? `#?.${task.ordinal ?? '?'}`
    : taskNumber(request, task.ordinal ?? 0);
}

function sorted(reading: Reading, tasks: readonly Tally[]): readonly TaskSum[] {
  const place = (t: Tally): readonly [number, number] => [
    reading.numbers.get(t.request ?? '') ?? 0,
    t.ordinal ?? 0,
  ];
  return tasks
    .toSorted((a, b) => {
      const [[ra, oa], [rb, ob]] = [place(a), place(b)];
      return ra - rb || oa - ob;
    })
    .map((task) => summed(reading, task));
}

function summed(reading: Reading, task: Tally): TaskSum {
  const { running, shares, bodies, minutes, request: _request, last: _last, ...rest } = task;
  const { ordinal: _ordinal, over: _over, costs: all, counted, lanes, ...told } = rest;
  const isOpen = task.ended === null;
  const costs = isOpen
    ? all.slice(counted.length)
    : countedIn(reading.span, task).map(({ item }) => item);
  return {
    ...told,
    number: numberOf(reading, task),
    models: [...task.models],
    lanes: [...new Set(lanes.values())],
    openCalls: running.size,
    spend: sumSpend(costs),
    checking: sumSpend(costs.filter(({ purpose }) => purpose === 'review')),
    ...minutesTold(minutes, isOpen),
    shares: shares.get(task.draft ?? '') ?? null,
    erased: reading.erasures
      .flatMap((entry) => textsIn(entry.data, 'bodies'))
      .filter((id) => bodies.has(id)).length,
  };
}

function minutesTold({ before, now }: Tally['minutes'], isOpen: boolean) {
  const { said } = now;
  const counts = counting(said);
  const review = reviewSum(now);
  const reviewMinutes = isOpen
    ? (review?.minutes ?? 0) - now.counted
    : now.counted - before.counted;
  return {
    minutes: counts === null ? null : { ...counts, said },
    review,
    reviewMinutes,
    saved: isOpen ? 0 : savedBy(now) - savedBy(before) - reviewMinutes,
  };
}

function lanesOf(counted: readonly CostItem[]): readonly LaneSum[] {
  const lanes = new Map<string, LaneSum>();
  for (const item of counted) {
    const lane = item.lane ?? NO_LANE;
    const before = lanes.get(lane) ?? { lane, calls: 0, ...NOTHING_SPENT };
    const calls = before.calls + (item.purpose === 'correction' ? 0 : 1);
    lanes.set(lane, { lane, calls, ...addSpend(before, item) });
  }
  return [...lanes.values()].toSorted((a, b) => (a.lane < b.lane ? -1 : 1));
}

/** Stands where the name of a lane would, for a correction of none. */
export const NO_LANE = 'none';

function stopOf(reading: Reading, entry: Entry): Stop {
  const { id, type, at, actor, rule, task, request, data } = entry;
  const tally = task === null ? undefined : reading.tasks.get(task);
  const about = ['waits_for', 'to', 'outcome', 'fault', 'about'].map((key) => textIn(data, key));
  return {
    entry: id,
    type,
    number: tally === undefined ? requestOf(reading, request) : numberOf(reading, tally),
    at,
    by: { kind: actor.kind, id: actor.id },
    rule,
    about: about.find((word) => word !== null) ?? null,
  };
}

function requestOf({ numbers }: Reading, request: string | null): string {
  const number = numbers.get(request ?? '');
  return number === undefined ? '#?' : requestNumber(number);
}

function erasureOf(reading: Reading, { id, at, task, request, data }: Entry): Erasure {
  const tally = reading.tasks.get(task ?? '');
  const ofRequest = request === null ? null : requestOf(reading, request);
  return {
    entry: id,
    number: tally === undefined ? ofRequest : numberOf(reading, tally),
    at,
    scope: textIn(data, 'scope') ?? '',
    ground: textIn(data, 'ground') ?? '',
    orderedBy: textIn(data, 'ordered_by'),
    bodies: listIn(data, 'bodies').length,
  };
}

function usesOf(reading: Reading): Sums['uses'] {
  const { tasks, uses } = reading;
  const named = (id: string): string => {
    const task = tasks.get(id);
    return task === undefined ? requestOf(reading, id) : numberOf(reading, task);
  };
  const sorted = (ids: ReadonlySet<string>): readonly string[] =>
    [...new Set([...ids].map(named))].toSorted((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
  return new Map([...uses].map(([rule, ids]) => [rule, sorted(ids)]));
}
