import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeTurns } from '../../src/lanes/turns.ts';
import { until } from '../helpers/until.ts';

const never = new AbortController().signal;

describe('calls that wait for their turn', () => {
  test('are only so many at once, in the order they came', async () => {
    const turns = makeTurns({ atOnce: 2, perMinute: 100 });
    const go: (() => void)[] = [];
    const order: number[] = [];
    const calls = [1, 2, 3].map((n) =>
      turns.take(never, () => {
        order.push(n);
        return new Promise<void>((done) => go.push(done));
      }),
    );
    await until('two run', () => go.length === 2);
    go[1]?.();
    await until('the third has its turn', () => go.length === 3);
    for (const one of go) one();
    await Promise.all(calls);
    expect(order).toEqual([1, 2, 3]);
  });

  test('are only so many a minute; when that is over the next have theirs', async () => {
    let ms = 0;
    const turns = makeTurns({ atOnce: 9, perMinute: 3 }, () => ms);
    let made = 0;
    const call = (signal = never) => turns.take(signal, async () => void (made += 1));
    const job = new AbortController();
    const first = [call(), call(), call()];
    const late = call();
    const cancelled = call(job.signal);
    await Promise.all(first);
    job.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(made).toBe(3);
    ms = 60_000;
    await call();
    await late;
    expect(made).toBe(5);
    turns.close();
  });

  test('one that was cancelled before is never made, and one that fails gives its place on', async () => {
    const turns = makeTurns({ atOnce: 1, perMinute: 100 });
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(turns.take(gone, async () => 1)).rejects.toThrow('gone');
    await expect(turns.take(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(never, async () => 2)).toBe(2);
  });

  test('whatever comes and goes, never more run at once than may, and everybody is served or turned away', async () => {
    const calls = fc.array(fc.boolean(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), calls, async (atOnce, all) => {
        const turns = makeTurns({ atOnce, perMinute: 1_000 });
        let running = 0;
        const ends = await Promise.allSettled(
          all.map((isCancelled) => {
            const job = new AbortController();
            const call = turns.take(job.signal, async () => {
              running += 1;
              expect(running).toBeLessThanOrEqual(atOnce);
              await new Promise(setImmediate);
              running -= 1;
            });
            if (isCancelled) job.abort();
            return call;
          }),
        );
        expect(ends).toHaveLength(all.length);
        expect(running).toBe(0);
      }),
    );
  });
});
