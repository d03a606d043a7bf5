import { declinedLine } from './declined.ts';
import type { DeclineCount } from './declined.ts';
import { minutesText } from './minutes.ts';
import type { Range } from './minutes.ts';
import { overriddenLine } from './override.ts';
import type { OverrideCount } from './override.ts';
import type { NanoUsd } from './money.ts';
import { NO_COST, signedUsd, usd } from './money.ts';

/** A sum of money and the calls whose price is not known: those are in no sum, and are never shown as nothing. */
export type Sum = {
  readonly nano: NanoUsd;
  readonly unpriced: number;
  /** What people corrected afterwards, in `nano` already. */
  readonly adjusted?: NanoUsd;
};

/** Minutes of a week, of the tasks that ended in it. */
export type WeekMinutes = {
  /** Of delivered tasks, as the owner's table says or a person corrected it. */
  readonly byHand: number;
  /** The same from the lower of table and estimate to the higher. */
  readonly range: Range;
  /** Delivered tasks whose minutes a person corrected. */
  readonly corrected: number;
  /** What reviews took. */
  readonly review: number;
};

/** The same for the practice, which sees what its rejected, cancelled and expired work took, too. */
export type PracticeMinutes = WeekMinutes & {
  /** What was corrected in the week of tasks delivered before. */
  readonly later: number;
  readonly saved: number;
};

/** The figures of a week for the practice. */
export type PracticeWeek = {
  readonly delivered: number;
  readonly minutes: PracticeMinutes;
  readonly rejected: number;
  readonly cost: Sum;
  readonly clients: readonly { readonly name: string; readonly cost: Sum }[];
  readonly lanes: readonly { readonly lane: string; readonly cost: Sum }[];
  readonly sentBackByGate: number;
  readonly sentBackByPeople: number;
  readonly approved: number;
  readonly approvedUnchanged: number;
  /** What waits for a person now, oldest first. */
  readonly waiting: readonly { readonly number: string; readonly days: number }[];
  readonly held: number;
  /** Budgets that are nearly used up now, in words; absent where nobody looked. */
  readonly budgets?: readonly string[];
  /** Who declined what to whom, most first; absent where nobody looked. */
  readonly declines?: readonly DeclineCount[];
  /** What people put in place of the rules' decisions, most first; absent where nobody looked. */
  readonly overrides?: readonly OverrideCount[];
};

/** The figures of a week for one client: of delivered tasks alone, so that nothing shows before its approval. */
export type ClientWeek = {
  readonly delivered: number;
  readonly minutes: WeekMinutes;
  readonly cost: Sum;
  readonly sentBackByGate: number;
  readonly sentBackByPeople: number;
  readonly approvedUnchanged: number;
};

/** The week of the practice in plain lines. */
export function practiceLines(week: PracticeWeek): readonly string[] {
  const { clients, lanes } = week;
  return [
    headline(week),
    savedLine(week.minutes),
    `Waiting for you: ${waitingText(week.waiting)} · Held: ${week.held}`,
    ...budgetLine(week.budgets ?? []),
    ...(clients.length === 0 ? [] : [`By client: ${listed(clients.map((c) => [c.name, c.cost]))}`]),
    ...(lanes.length === 0 ? [] : [`By lane: ${listed(lanes.map((l) => [l.lane, l.cost]))}`]),
    checkedText(week),
    ...declinedLine(week.declines ?? []),
    ...overriddenLine(week.overrides ?? []),
    ...adjustedLine(week.cost),
    ...unpricedLine(week.cost),
  ];
}

/** The week of one client in plain lines. */
export function clientLines(week: ClientWeek): readonly string[] {
  if (week.delivered === 0) return ['Nothing was delivered this week.'];
  return [
    `${headline(week)}, ${minutesText(week.minutes.review)} of review`,
    `Checked before delivery: ${week.sentBackByGate} sent back by the gate, ${week.sentBackByPeople} by people. ${week.approvedUnchanged} of ${week.delivered} approved unchanged`,
    ...adjustedLine(week.cost),
    ...unpricedLine(week.cost),
  ];
}

function headline({ delivered, cost, minutes }: Omit<ClientWeek, keyof Checks>): string {
  return `${count(delivered, 'task')} delivered, cost ${sumText(cost)}, ${handText(minutes)}`;
}

type Checks = Pick<ClientWeek, 'sentBackByGate' | 'sentBackByPeople' | 'approvedUnchanged'>;

/** What was saved, with the formula in words: it is wrong to show the one without the other. */
export function savedLine({ byHand, review, later, saved }: PracticeMinutes): string {
  const corrected = later === 0 ? '' : `, ${minutesText(later)} corrected of earlier tasks`;
  return `Saved ${minutesText(saved)}: ${minutesText(byHand)} by hand of delivered tasks${corrected}, less ${minutesText(review)} of review of every task decided about. What was rejected, cancelled or expired saves nothing, and its cost and review count`;
}

/** `$1.20`, `at least $1.20` when some calls have no known price, `not known` when none has. */
export function sumText({ nano, unpriced }: Sum): string {
  if (unpriced === 0) return usd(nano);
  return nano === 0 ? 'not known' : `at least ${usd(nano)}`;
}

/** What was corrected stands apart, so that a sum can be followed back to its calls. */
export function adjustedLine({ adjusted = NO_COST }: Sum): readonly string[] {
  return adjusted === 0
    ? []
    : [`Corrected afterwards by ${signedUsd(adjusted)}, in the sums above`];
}

function budgetLine(budgets: readonly string[]): readonly string[] {
  return budgets.length === 0 ? [] : [`Budgets nearly used up: ${budgets.join(' · ')}`];
}

function unpricedLine({ unpriced }: Sum): readonly string[] {
  return unpriced === 0
    ? []
    : [`Price not known for ${count(unpriced, 'call')}: in no sum above, and not nothing`];
}

function listed(items: readonly (readonly [string, Sum])[]): string {
  return items.map(([name, cost]) => `${name} ${sumText(cost)}`).join(' · ');
}

const HOUR = 60;

/** Minutes from the owner's table, or as a person corrected them; long times in whole hours, because the table is no finer. */
function handText({ byHand, range, corrected }: WeekMinutes): string {
  const between =
    range.low === range.high
      ? 'table'
      : `table to estimate: ${about(range.low)} to ${about(range.high)}`;
  const by = corrected === 0 ? '' : `; ${corrected} corrected by people`;
  return `about ${about(byHand)} by hand (${between}${by})`;
}

function about(minutes: number): string {
  return minutes < 2 * HOUR ? `${minutes} min` : `${Math.round(minutes / HOUR)} h`;
}

function waitingText(waiting: PracticeWeek['waiting']): string {
  const oldest = waiting[0];
  if (oldest === undefined) return 'nothing';
  const since = oldest.days === 0 ? 'since today' : count(oldest.days, 'day');
  return `${waiting.length} (oldest ${since}, ${oldest.number})`;
}

function checkedText(week: PracticeWeek): string {
  const back = `${week.sentBackByGate} sent back by the gate, ${week.sentBackByPeople} by people`;
  return `Checked: ${back}, ${week.rejected} rejected. ${week.approvedUnchanged} of ${week.approved} approved unchanged`;
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
