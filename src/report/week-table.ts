import type { PracticeWeek, Sum } from '../core/digest.ts';
import { decimalUsd, NO_COST } from '../core/money.ts';

/** Excel takes a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The figures of a week as CSV (RFC 4180): one row a figure, money in USD with nine places so that it adds up again.
 * What is not known is said in a column of its own and never written as 0.
 */
export function weekTable(week: PracticeWeek): Uint8Array {
  const rows: readonly (readonly string[])[] = [
    ['what', 'of', 'value', 'unit', 'calls without a known price'],
    ['delivered', 'all', String(week.delivered), 'tasks', ''],
    ['rejected', 'all', String(week.rejected), 'tasks', ''],
    ['by hand', 'all', String(week.minutes), 'minutes', ''],
    ['sent back', 'gate', String(week.sentBackByGate), 'times', ''],
    ['sent back', 'people', String(week.sentBackByPeople), 'times', ''],
    ['approved', 'all', String(week.approved), 'tasks', ''],
    ['approved unchanged', 'all', String(week.approvedUnchanged), 'tasks', ''],
    money('all', week.cost),
    ...week.clients.map((c) => money(`client ${c.name}`, c.cost)),
    ...week.lanes.map((l) => money(`lane ${l.lane}`, l.cost)),
    ['corrected, in cost', 'all', decimalUsd(week.cost.adjusted ?? NO_COST), 'USD', ''],
  ];
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return new TextEncoder().encode(`${BYTE_ORDER_MARK}${text}\r\n`);
}

function money(of: string, { nano, unpriced }: Sum): readonly string[] {
  const known = unpriced > 0 && nano === 0 ? '' : decimalUsd(nano);
  return ['cost', of, known, 'USD', String(unpriced)];
}

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is made text, but for plain numbers. */
function cell(text: string): string {
  const formula = /^[=+\-@\t\r]/.test(text) && !/^-[0-9.]+$/.test(text);
  const plain = formula ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
