/** A moment as epoch milliseconds, UTC. core never asks what time it is; it is told. */
export type Moment = number & { readonly __unit: 'ms' };

export function moment(ms: number): Moment {
  return ms as Moment;
}

/** `2026-11-23 09:05`, UTC: how a moment is written to people where no time zone is known. */
export function utcText(at: Moment): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-23T09:05:00.000Z`, for machines. */
export function isoText(at: Moment): string {
  return new Date(at).toISOString();
}

/**
 * A clock on the wall of a time zone (an IANA name): tells a moment as `2026-11-23 10:05`. Throws RangeError for a zone
 * that there is not.
 */
export function wallClock(zone: string): (at: Moment) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
    const { year, month, day, hour, minute } = parts;
    return `${year}-${month}-${day} ${hour}:${minute}`;
  };
}
