import type { DeclineCount } from '../core/declined.ts';
import type { PracticeWeek, Sum } from '../core/digest.ts';
import { decimalUsd, NO_COST } from '../core/money.ts';
import { csvRow } from './csv.ts';

/** Excel takes a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The figures of a week as CSV (RFC 4180): one row a figure, money in USD with nine places so that it adds up again.
 * What is not known is said in a column of its own and never written as 0.
 */
export function weekTable(week: PracticeWeek): Uint8Array {
  const { minutes } = week;
  const rows: readonly (readonly string[])[] = [
    ['what', 'of', 'value', 'unit', 'calls without a known price'],
    ['delivered', 'all', String(week.delivered), 'tasks', ''],
    ['rejected', 'all', String(week.rejected), 'tasks', ''],
    ['by hand', 'all', String(minutes.byHand), 'minutes', ''],
    ['by hand', 'lower of table and estimate', String(minutes.range.low), 'minutes', ''],
    ['by hand', 'higher of table and estimate', String(minutes.range.high), 'minutes', ''],
    ['by hand', 'corrected of earlier tasks', String(minutes.later), 'minutes', ''],
    ['review', 'all', String(minutes.review), 'minutes', ''],
    ['saved', 'all', String(minutes.saved), 'minutes', ''],
    ['sent back', 'gate', String(week.sentBackByGate), 'times', ''],
    ['sent back', 'people', String(week.sentBackByPeople), 'times', ''],
    ['approved', 'all', String(week.approved), 'tasks', ''],
    ['approved unchanged', 'all', String(week.approvedUnchanged), 'tasks', ''],
    money('all', week.cost),
    ...week.clients.map((c) => money(`client ${c.name}`, c.cost)),
    ...week.lanes.map((l) => money(`lane ${l.lane}`, l.cost)),
    ...(week.declines ?? []).flatMap(declined),
    ['corrected, in cost', 'all', decimalUsd(week.cost.adjusted ?? NO_COST), 'USD', ''],
  ];
  return new TextEncoder().encode(`${BYTE_ORDER_MARK}${rows.map(csvRow).join('')}`);
}

function money(of: string, { nano, unpriced }: Sum): readonly string[] {
  const known = unpriced > 0 && nano === 0 ? '' : decimalUsd(nano);
  return ['cost', of, known, 'USD', String(unpriced)];
}

function declined({ by, kind, to, ...fates }: DeclineCount): readonly (readonly string[])[] {
  const of = `${by}, ${kind} to ${to}`;
  return Object.entries(fates).map(([fate, n]) => [`declined ${fate}`, of, String(n), 'times', '']);
}
