const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** The moment of a message's ts (seconds.microseconds). */
export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

export const clockTime = (ts: string): string => clock.format(dateOf(ts));
export const dayName = (ts: string): string => day.format(dateOf(ts));
export const fullTime = (ts: string): string => full.format(dateOf(ts));
