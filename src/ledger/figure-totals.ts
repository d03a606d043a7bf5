import { OUTSIDE } from '../core/leaving.ts';
import { dateText, daysText, timeText } from '../core/local-time.ts';
import type { Offset } from '../core/local-time.ts';
import { minutesText, rangeText } from '../core/minutes.ts';
import { MINUTE_BASES } from '../core/record-words.ts';
import { basisWords, counted, laneDone, noneOr, percent, timesText } from './figure-words.ts';
import { shortCheckpoint } from './checkpoint.ts';
import type { Manifest } from './manifest.ts';
import { costOf, NOTHING_SPENT, spentText, usdText } from './spend.ts';
import type { Shares, Spend, Sums, Totals } from './sum-types.ts';

/** What a page is about beside its sums: the head of its manifest. */
export type Head = Omit<Manifest, 'files'>;

export type TotalNeeds = {
  readonly sums: Sums;
  readonly head: Head;
  /** Verifier keys of the log. */
  readonly keys: readonly string[];
};

/** Every figure of the whole range, by its name, exactly as a page must show it. What does not apply is not there. */
export function totalFigures({ sums, head, keys }: TotalNeeds): ReadonlyMap<string, string> {
  const { totals } = sums;
  const told: Readonly<Record<string, string | null>> = {
    ...headFigures(head),
    ...Object.fromEntries(keys.map((vkey, i) => [`key_${i + 1}`, vkey])),
    provisional: provisional(sums, head),
    rehearsal: sums.rehearsal ? REHEARSAL : null,
    ...taskFigures(sums),
    ...laneFigures(sums),
    ...costFigures(totals),
    ...minuteFigures(totals),
    ...shareFigures(totals),
  };
  return new Map(Object.entries(told).filter((pair): pair is [string, string] => pair[1] !== null));
}

const REHEARSAL =
  'REHEARSAL. Stand-ins answered here instead of models. This is not work to use, and no model was paid.';

function headFigures({ number, span, made, size, root, origin, offsets }: Head) {
  return {
    number,
    days: daysText(span.from, span.to, offsets),
    made: timeText(made, offsets),
    clock: clockText(offsets),
    origin,
    size: size.toLocaleString('en-US'),
    root,
    mark: shortCheckpoint({ size, root: Buffer.from(root, 'hex') }),
  };
}

/** `UTC+1`, or how far the clocks were ahead of UTC from when on. */
function clockText(offsets: readonly Offset[]): string {
  const each = offsets.map(({ from, minutes }, i) => {
    const [size, sign] = [Math.abs(minutes), minutes < 0 ? '−' : '+'];
    const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
    const ahead = minutes === 0 ? 'UTC' : `UTC${sign}${Math.floor(size / 60)}${rest}`;
    return i === 0 ? ahead : `${ahead} from ${dateText(from, offsets)}`;
  });
  return each.join(', ');
}

/** Why figures may still change; null when they may not. */
function provisional({ openMonths }: Sums, { made, span }: Head): string | null {
  const early = made < span.to ? 'the last of these days was not over when it was made' : null;
  const shares =
    openMonths.length === 0
      ? null
      : `the shares of the coding seat are final only when its month is closed (open: ${openMonths.join(', ')})`;
  const why = [early, shares].filter((one) => one !== null).join(', and ');
  return why === '' ? null : `Provisional: ${why}.`;
}

/** Of how many tasks the work was done by models, and of how many the material left the practice. */
function laneFigures({ ended }: Sums) {
  const byAi = ended.filter(({ lanes }) => lanes.some((lane) => lane !== 'tool'));
  const byProgram = ended.filter(
    ({ lanes }) => lanes.length > 0 && !byAi.some((t) => t.lanes === lanes),
  );
  const out = ended.filter(
    ({ lanes, rehearsal }) => !rehearsal && lanes.some((lane) => OUTSIDE.has(lane)),
  );
  return {
    by_ai: noneOr(byAi.length, 'task'),
    by_program: noneOr(byProgram.length, 'task'),
    went_out: noneOr(out.length, 'task'),
  };
}

function taskFigures({ totals, stops, nothing, entries }: Sums) {
  const { delivered, rejected, cancelled, open, openCalls, sentBack, erased } = totals;
  return {
    tasks: counted(delivered + rejected + cancelled, 'task'),
    delivered: String(delivered),
    rejected: String(rejected),
    cancelled: String(cancelled),
    expired: timesText(totals.expired),
    open: noneOr(open, 'task'),
    open_calls: openCalls === 0 ? null : counted(openCalls, 'call'),
    sent_back_by_gate: timesText(sentBack.byGate),
    sent_back_by_people: timesText(sentBack.byPeople),
    stops: timesText(stops.length),
    nothing: noneOr(nothing.length, 'request'),
    erased: noneOr(erased, 'text'),
    entries: counted(entries, 'entry', 'entries'),
  };
}

function costFigures({ spend, checking, openSpend, open }: Totals) {
  return {
    cost: spentText(spend),
    cash: spentText({ ...NOTHING_SPENT, cash: spend.cash, unpriced: spend.unpriced }),
    allocated: usdText(spend.allocated),
    corrected: usdText(spend.adjusted),
    checking_cost: spentText(checking),
    work_cost: spentText(workOf(spend, checking)),
    unpriced: spend.unpriced === 0 ? null : counted(spend.unpriced, 'call'),
    open_cost: open === 0 ? null : spentText(openSpend),
  };
}

/** What is neither checking nor a correction. */
export function workOf(spend: Spend, checking: Spend): Spend {
  return {
    cash: spend.cash - checking.cash,
    allocated: spend.allocated - checking.allocated,
    adjusted: 0n,
    unpriced: spend.unpriced - checking.unpriced,
  };
}

/** Minutes by hand, of review, and saved: the words of the formula stand where they are shown. */
function minuteFigures(totals: Totals) {
  const { minutes, range, laterByHand, reviewMinutes, saved } = totals;
  const bases = MINUTE_BASES.filter((basis) => minutes[basis] > 0);
  const all = bases.reduce((sum, basis) => sum + minutes[basis], 0);
  const by = bases.map((basis) => `${minutesText(minutes[basis])} ${basisWords(basis)}`);
  return {
    minutes: minutesText(all),
    minutes_basis: by.length === 0 ? 'nothing was delivered' : by.join(', '),
    minutes_range: range.low === range.high ? null : rangeText(range),
    minutes_later: laterByHand === 0 ? null : minutesText(laterByHand),
    review_minutes: minutesText(reviewMinutes),
    saved: minutesText(saved),
  };
}

function shareFigures({ shares, attributed }: Totals) {
  if (attributed === 0) return { share: null };
  const all = wordsOf(shares);
  return {
    share: `${percent(shares.ai, all)}`,
    share_words: counted(all, 'word'),
    share_of: counted(attributed, 'task'),
    share_people: percent(shares.people, all),
    share_program: percent(shares.program, all),
    share_brought_in: percent(shares.broughtIn, all),
  };
}

export function wordsOf({ ai, program, people, broughtIn }: Shares): number {
  return ai + program + people + broughtIn;
}

/** Lanes and later costs, row by row. */
export function costCells({
  lanes,
  later,
  laterMinutes,
  rehearsal,
}: Sums): readonly (readonly [string, string])[] {
  return [
    ...lanes.flatMap(({ lane, calls, ...spend }) =>
      cells(`lane/${lane}`, {
        name: laneDone(lane, rehearsal),
        calls: counted(calls, 'call'),
        ...moneyCells(spend),
      }),
    ),
    ...later.flatMap(({ number, item }) =>
      cells(`later/${item.entry}`, { number, cost: usdText(costOf(item)) }),
    ),
    ...laterMinutes.flatMap(({ task, number, byHand, review }) =>
      cells(`minutes/${task}`, {
        number,
        by_hand: minutesText(byHand),
        review: minutesText(review),
        saved: minutesText(byHand - review),
      }),
    ),
  ];
}

function moneyCells(spend: Spend) {
  return {
    cash: spentText({ ...NOTHING_SPENT, cash: spend.cash, unpriced: spend.unpriced }),
    allocated: usdText(spend.allocated),
    corrected: usdText(spend.adjusted),
    cost: spentText(spend),
  };
}

/** Cells under one prefix; null for what does not apply. */
export function cells(
  prefix: string,
  of: Readonly<Record<string, string | null>>,
): readonly (readonly [string, string])[] {
  return Object.entries(of).flatMap(([name, text]) =>
    text === null ? [] : [[`${prefix}/${name}`, text] as const],
  );
}
