import { setTimeout as pause } from 'node:timers/promises';
import { Fault, sentenceOf } from '../core/fault.ts';

/** At the start everything else begins as well and nobody waits for an answer: so many times as long may it take. */
export const START_PATIENCE = 5;

/** Asks the queue something. Throws Fault `queue_gone` (retry) when it fails or does not answer within `ms`. */
export async function within<T>(
  { ms, what }: { readonly ms: number; readonly what: string },
  act: () => Promise<T>,
): Promise<T> {
  const timer = new AbortController();
  try {
    const late = pause(ms, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`no answer within ${ms} ms`);
    });
    // When the answer comes first the timer ends by abort, which nobody needs to hear of.
    late.catch(() => {});
    return await Promise.race([act(), late]);
  } catch (cause) {
    throw new Fault(
      'queue_gone',
      `The queue could not be ${what}: ${sentenceOf(cause)}. Work waits in the database and goes on when the queue is back.`,
      { cause, retry: true },
    );
  } finally {
    timer.abort();
  }
}

const QUIET_MS = 10_000;

/** Says the same sentence at most once in ten seconds: a lost connection reports itself many times a second. */
export function quietly(log: (sentence: string) => void): (sentence: string) => void {
  const said = new Map<string, number>();
  return (sentence) => {
    const now = Date.now();
    for (const [old, at] of said) if (now - at >= QUIET_MS) said.delete(old);
    if (said.has(sentence)) return;
    said.set(sentence, now);
    log(sentence);
  };
}
