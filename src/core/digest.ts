import type { NanoUsd } from './money.ts';
import { usd } from './money.ts';

/** A sum of money and the calls whose price is not known: those are in no sum, and are never shown as nothing. */
export type Sum = { readonly nano: NanoUsd; readonly unpriced: number };

/** The figures of a week for the practice. */
export type PracticeWeek = {
  readonly delivered: number;
  readonly minutes: number;
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
};

/** The figures of a week for one client: of delivered tasks alone, so that nothing shows before its approval. */
export type ClientWeek = {
  readonly delivered: number;
  readonly minutes: number;
  readonly cost: Sum;
  readonly sentBackByGate: number;
  readonly sentBackByPeople: number;
  readonly approvedUnchanged: number;
};

/** The week of the practice in plain lines. */
export function practiceLines(week: PracticeWeek): readonly string[] {
  const { clients, lanes } = week;
  return [
    `${count(week.delivered, 'task')} delivered, cost ${sumText(week.cost)}, ${handText(week.minutes)}`,
    `Waiting for you: ${waitingText(week.waiting)} · Held: ${week.held}`,
    ...(clients.length === 0 ? [] : [`By client: ${listed(clients.map((c) => [c.name, c.cost]))}`]),
    ...(lanes.length === 0 ? [] : [`By lane: ${listed(lanes.map((l) => [l.lane, l.cost]))}`]),
    checkedText(week),
    ...unpricedLine(week.cost),
  ];
}

/** The week of one client in plain lines. */
export function clientLines(week: ClientWeek): readonly string[] {
  if (week.delivered === 0) return ['Nothing was delivered this week.'];
  return [
    `${count(week.delivered, 'task')} delivered, cost ${sumText(week.cost)}, ${handText(week.minutes)}`,
    `Checked before delivery: ${week.sentBackByGate} sent back by the gate, ${week.sentBackByPeople} by people. ${week.approvedUnchanged} of ${week.delivered} approved unchanged`,
    ...unpricedLine(week.cost),
  ];
}

/** `$1.20`, `at least $1.20` when some calls have no known price, `not known` when none has. */
export function sumText({ nano, unpriced }: Sum): string {
  if (unpriced === 0) return usd(nano);
  return nano === 0 ? 'not known' : `at least ${usd(nano)}`;
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

/** Minutes from the owner's table; long times in whole hours, because the table is no finer. */
function handText(minutes: number): string {
  const time = minutes < 2 * HOUR ? `${minutes} min` : `${Math.round(minutes / HOUR)} h`;
  return `about ${time} by hand (table)`;
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
