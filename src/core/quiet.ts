import type { Moment } from './moment.ts';
import { moment } from './moment.ts';

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * When nothing is said unasked, by the clocks of the practice: every day from one time to another, past midnight where
 * `from` is the later, and all of the named days. Times are `HH:MM`, 00:00 to 23:59; `to` itself is no longer quiet.
 */
export type QuietHours = {
  readonly from: string;
  readonly to: string;
  readonly days: readonly Weekday[];
};

/** Whether a moment lies in quiet hours. */
export type Quiet = (at: Moment) => boolean;

/**
 * Quiet hours in a time zone (an IANA name), told by what its clocks show: an hour that clocks leave out or show twice is
 * as quiet as its name. Without hours nothing is quiet. Throws RangeError for a zone that there is not.
 */
export function quietIn(zone: string, hours: QuietHours | null): Quiet {
  if (hours === null) return () => false;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const { from, to, days } = hours;
  const quiet: ReadonlySet<string> = new Set(days);
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
    if (quiet.has((parts['weekday'] ?? '').toLowerCase())) return true;
    const time = `${parts['hour']}:${parts['minute']}`;
    return from < to ? from <= time && time < to : from <= time || time < to;
  };
}

const MINUTE = 60_000;
/** No quiet is longer: one day of the week is never quiet all day, and clocks may leave out what is left of it once. */
const LONGEST = 15 * 24 * 60;

/** The first minute from this moment on that is not quiet. Throws RangeError when quiet hours never end. */
export function endOfQuiet(at: Moment, quiet: Quiet): Moment {
  const first = Math.ceil(at / MINUTE);
  for (let minute = first; minute <= first + LONGEST; minute++)
    if (!quiet(moment(minute * MINUTE))) return moment(minute * MINUTE);
  throw new RangeError('quiet hours without an end');
}
