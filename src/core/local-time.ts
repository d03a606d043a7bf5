import { dateOf } from './calendar.ts';
import type { Moment } from './moment.ts';
import { moment } from './moment.ts';

/** By how many minutes the clocks of a place are ahead of UTC from a moment on, until the next one says otherwise. */
export type Offset = { readonly from: Moment; readonly minutes: number };

export type LocalTime = {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * What the clocks of a place show at a moment. Arithmetic alone: whoever does it again, on any machine, gets the same
 * text, whatever its tables of time zones say.
 */
export function localTime(at: Moment, offsets: readonly Offset[]): LocalTime {
  const offset = offsets.findLast(({ from }) => from <= at) ?? offsets[0];
  const local = moment(at + (offset?.minutes ?? 0) * MINUTE);
  const minutes = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
  return { ...dateOf(local), hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/** `26 November 2026`. */
export function dateText(at: Moment, offsets: readonly Offset[]): string {
  const { year, month, day } = localTime(at, offsets);
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** `26 November 2026, 09:05`. */
export function timeText(at: Moment, offsets: readonly Offset[]): string {
  const { hour, minute } = localTime(at, offsets);
  return `${dateText(at, offsets)}, ${two(hour)}:${two(minute)}`;
}

/** The days of a stretch that ends before `to`: `1 to 30 November 2026`, `26 November 2026`. */
export function daysText(from: Moment, to: Moment, offsets: readonly Offset[]): string {
  const last = moment(to - 1);
  const [a, b] = [localTime(from, offsets), localTime(last, offsets)];
  const end = dateText(last, offsets);
  if (a.year !== b.year) return `${dateText(from, offsets)} to ${end}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1] ?? ''} to ${end}`;
  return a.day === b.day ? end : `${a.day} to ${end}`;
}

/** `2026-11-26T08:05:00.000Z`: RFC 3339 in UTC, to the millisecond, for machines. */
export function utcStamp(at: Moment): string {
  const { year, month, day } = dateOf(at);
  const ms = at - Math.floor(at / DAY) * DAY;
  const time = [
    two(Math.floor(ms / 3_600_000)),
    two(Math.floor(ms / MINUTE) % 60),
    `${two(Math.floor(ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, '0')}`,
  ];
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time.join(':')}Z`;
}

const two = (n: number): string => String(n).padStart(2, '0');
