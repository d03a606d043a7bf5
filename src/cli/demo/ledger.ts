import { minutesText, rangeText } from '../../core/minutes.ts';
import { moment } from '../../core/moment.ts';
import { usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { Entry } from '../../ledger/read.ts';
import { sumUp } from '../../ledger/sums.ts';
import type { DayRecord } from './record.ts';
import { clock } from './readable.ts';
import { idOf, who } from './words.ts';

const COLUMNS = ['Time', 'About', 'Type', 'Who', 'Lane or model', 'Rule', 'Cost'] as const;

/** Texts that came into force have an entry each; a reader of the day is only told how many. */
export function isPublished({ type }: Entry): boolean {
  return type.endsWith('.published');
}

/**
 * The ledger, one line per entry of what happened, under a head: when, about what, what, who, where, by which rule, at
 * what cost.
 */
export function ledgerLines(day: DayRecord): readonly string[] {
  const happened = day.entries.filter((entry) => !isPublished(entry));
  const rows = [COLUMNS, ...happened.map((entry) => cells(day, entry))];
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What the system does on its own, mostly under a rule, which has its own column. */
const BY_ITSELF: readonly string[] = ['rule', 'system'];

function cells(day: DayRecord, entry: Entry): readonly string[] {
  const about = day.numbers.get(entry.task ?? entry.request ?? '') ?? '';
  return [
    clock(entry.at),
    about,
    entry.type,
    BY_ITSELF.includes(entry.actor.kind) ? 'AIOS' : who(day, entry),
    entry.model ?? entry.lane ?? '',
    entry.rule === null ? '' : idOf(entry.rule),
    entry.costNano === null ? '' : usd(entry.costNano as NanoUsd),
  ];
}

/** The day in figures. */
export function summaryLines(day: DayRecord): readonly string[] {
  const tasks = [...day.tasks.values()];
  const count = (type: Entry['type']): number =>
    day.entries.filter((entry) => entry.type === type).length;
  const states = (state: string): number =>
    tasks.filter((file) => file.task.state === state).length;
  const reviews = tasks.flatMap((file) => file.reviews);
  const attempts = tasks.flatMap((file) => file.attempts);
  return [
    `Requests   ${count('request.received')}, of them ${count('request.nothing_to_do')} without work for AIOS`,
    `Tasks      ${tasks.length}: ${states('delivered')} delivered, ${states('rejected')} rejected`,
    `Questions  ${day.posts.filter((post) => post.kind === 'question').length} put to people`,
    `Drafts     ${tasks.flatMap((file) => file.drafts).length}, of them ${count('draft.edited')} by a person`,
    `Checks     ${reviews.length}, of them ${reviews.filter((one) => one.outcome === 'send_back').length} sent back`,
    `Decisions  ${count('draft.approved')} approved, ${count('task.sent_back')} sent back, ${count('draft.rejected')} rejected`,
    `Calls      ${attempts.length}: ${lanes(attempts.map((one) => one.lane))}`,
    minutesLine(day),
    `Ledger     ${day.entries.length} entries, of them ${day.entries.filter(isPublished).length} texts of rules, personas and prices coming into force`,
  ];
}

const EVER = { from: moment(0), to: moment(Number.MAX_SAFE_INTEGER) };

/** By hand what was delivered, from the lower of table and estimate to the higher; less all reviews it is what was saved. */
function minutesLine({ entries }: DayRecord): string {
  const summing = sumUp(EVER);
  for (const entry of entries) summing.take(entry);
  const { range, reviewMinutes, saved } = summing.end().totals;
  return `By hand    ${rangeText(range)} for what was delivered; ${minutesText(reviewMinutes)} of review, ${minutesText(saved)} saved`;
}

function lanes(names: readonly string[]): string {
  const each = [...new Set(names)].sort();
  return each.map((lane) => `${names.filter((n) => n === lane).length} ${lane}`).join(', ');
}
