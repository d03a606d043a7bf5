import type { Moment } from './moment.ts';
import { moment } from './moment.ts';

/** A week of ISO 8601: it begins on Monday and belongs to the year of its Thursday. */
export type Week = { readonly year: number; readonly week: number };

const DAY = 86_400_000;

/** The week a moment lies in, in UTC. Days are counted from 1970-01-01, which was a Thursday. */
export function weekOf(at: Moment): Week {
  const monday = mondayOf(Math.floor(at / DAY));
  const year = yearOf(monday + 3);
  return { year, week: (monday - firstMonday(year)) / 7 + 1 };
}

/** The Monday it begins with and the Monday it ends before, 00:00 UTC. */
export function weekEdges({ year, week }: Week): { readonly from: Moment; readonly to: Moment } {
  const monday = firstMonday(year) + (week - 1) * 7;
  return { from: moment(monday * DAY), to: moment((monday + 7) * DAY) };
}

/** Thursday noon UTC: lies in the week of that name in every time zone. */
export function weekMiddle(week: Week): Moment {
  return moment(weekEdges(week).from + 3.5 * DAY);
}

/** `2026-W47` */
export function weekText({ year, week }: Week): string {
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Reads `2026-W47` or `2026-w47`; undefined for anything else and for a week 53 the year does not have. */
export function readWeek(text: string): Week | undefined {
  const found = /^([12][0-9]{3})-W([0-9]{2})$/i.exec(text.trim());
  if (found === null) return undefined;
  const [year, week] = [Number(found[1]), Number(found[2])];
  return week >= 1 && week <= weeksIn(year) ? { year, week } : undefined;
}

function weeksIn(year: number): number {
  return (firstMonday(year + 1) - firstMonday(year)) / 7;
}

/** Week 1 holds 4 January. */
function firstMonday(year: number): number {
  return mondayOf(newYear(year) + 3);
}

function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** Day number of 1 January, Gregorian. */
function newYear(year: number): number {
  return 365 * (year - 1970) + leapsUntil(year) - leapsUntil(1970);
}

function leapsUntil(year: number): number {
  const last = year - 1;
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400);
}

function yearOf(day: number): number {
  const guess = 1970 + Math.floor(day / 365.2425);
  if (day < newYear(guess)) return guess - 1;
  return day >= newYear(guess + 1) ? guess + 1 : guess;
}
