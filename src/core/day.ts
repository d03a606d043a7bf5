/** A day of the calendar as `YYYY-MM-DD`. Which moments it spans is a matter of the time zone. */
export type Day = string & { readonly __unit: 'day' };

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Reads `2026-11-30`; undefined for anything else, and for days that no calendar has. */
export function readDay(text: string): Day | undefined {
  const found = /^([12][0-9]{3})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return day >= 1 && day <= daysIn(year, month) ? (text as Day) : undefined;
}

/** 0 for a month there is not. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
}
