import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `look` gives something other than undefined or false. Throws after `ms`, naming `what`. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  ms = 30_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain until ${what}.`);
    await pause(10);
  }
}
