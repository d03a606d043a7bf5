import { readDay } from '../../core/day.ts';
import { Fault } from '../../core/fault.ts';
import type { Offset } from '../../core/local-time.ts';
import { moment } from '../../core/moment.ts';
import type { Moment } from '../../core/moment.ts';
import type { Span } from '../../ledger/sum-types.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Days as they are written on the command line, both of them in the range: `2026-11-01` to `2026-11-30`. */
export type Days = { readonly from: string; readonly to: string };

/**
 * The moments between which whole days lie in a time zone: from the first midnight to the one after the last day.
 * Throws Fault `bad_input` for what is no day and for a range that ends before it begins.
 */
export function spanOf({ from, to }: Days, zone: string): Span {
  const [first, last] = [dayOf('--from', from), dayOf('--to', to)];
  if (first > last)
    throw new Fault(
      'bad_input',
      `--from must not be after --to, got ${from} and ${to}. Exchange them. Nothing was written.`,
    );
  return { from: midnight(first, zone), to: midnight(last + DAY, zone) };
}

/** A day as the UTC midnight of its name. */
function dayOf(flag: string, text: string): number {
  if (readDay(text) !== undefined) return Date.parse(`${text}T00:00:00Z`);
  throw new Fault(
    'bad_input',
    `${flag} must be a day such as 2026-11-30, got "${text}". Nothing was written.`,
  );
}

/** The moment at which the clocks of a zone come to that midnight, or pass it where they leave it out. */
function midnight(utc: number, zone: string): Moment {
  const near = utc - minutesAhead(utc, zone) * MINUTE;
  const at = utc - minutesAhead(near, zone) * MINUTE;
  return moment(at);
}

/**
 * How far the clocks of a zone are ahead of UTC from one moment to another, each change to the minute. The first says
 * what they were at the beginning.
 */
export function offsetsOf(zone: string, span: Span): readonly Offset[] {
  const offsets: Offset[] = [{ from: span.from, minutes: minutesAhead(span.from, zone) }];
  for (let at: number = span.from; at < span.to;) {
    const next = Math.min(at + DAY, span.to);
    const now = minutesAhead(next, zone);
    if (now !== offsets.at(-1)?.minutes)
      offsets.push({ from: changeBetween(at, next, zone), minutes: now });
    at = next;
  }
  return offsets;
}

/** The first minute at which the clocks show what they show at the end. */
function changeBetween(before: number, after: number, zone: string): Moment {
  const wanted = minutesAhead(after, zone);
  let [low, high] = [Math.floor(before / MINUTE), Math.ceil(after / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (minutesAhead(middle * MINUTE, zone) === wanted) high = middle;
    else low = middle;
  }
  return moment(high * MINUTE);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** By how many minutes the clocks of a zone are ahead of UTC at a moment. */
function minutesAhead(at: number, zone: string): number {
  const format =
    FORMATS.get(zone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  FORMATS.set(zone, format);
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  return Math.round((shown - Math.floor(at / MINUTE) * MINUTE) / MINUTE);
}
