import { afterEach, describe, expect, test } from '@jest/globals';
import { makeExact, type ExactOptions, type ExactRoom } from '../../src/exact/open.ts';
import { NEVER, textFile } from '../helpers/exact.ts';

const entry = new URL('./children/misbehaves.mjs', import.meta.url);
let open: ExactRoom | undefined;

function room(options: ExactOptions = {}): ExactRoom {
  open = makeExact({ childEntry: entry, houseStyle: 'rules: []', ...options });
  return open;
}

afterEach(() => open?.close());

const check = (exact: ExactRoom, act: string, signal = NEVER) =>
  exact.check('editorial', [textFile(`${act}.txt`, '')], signal);

/** The process that answered. */
const worker = async (exact: ExactRoom): Promise<string> =>
  (await check(exact, 'work')).engines[0]?.version ?? '';

describe('a child that goes wrong is killed, said so, and the next job works', () => {
  test.each([
    ['spin', { limits: { engineMs: 200 } }, 'spinner ran longer than 200 ms'],
    ['spin-quietly', { limits: { jobMs: 300 } }, 'ran longer than 300 ms'],
    ['eat', { limits: { bytes: 300_000_000, lookMs: 10 } }, 'took more than 300 MB'],
    ['babble', {}, 'wrote something that is no answer'],
    ['leave', {}, 'ended by itself (code 3)'],
  ])('%s', async (act, options, says) => {
    const exact = room(options);
    await expect(check(exact, act)).rejects.toMatchObject({
      code: 'gate_broken',
      message: expect.stringContaining(says),
    });
    expect((await check(exact, 'work')).engines[0]?.says).toBe('worked');
  });
});

describe('the pool', () => {
  test('one warm child works job after job', async () => {
    const exact = room();
    expect(await worker(exact)).toBe(await worker(exact));
  });

  test('is replaced after the given number of jobs', async () => {
    const exact = room({ jobsPerChild: 2 });
    const first = await worker(exact);
    expect(await worker(exact)).toBe(first);
    expect(await worker(exact)).not.toBe(first);
  });

  test('is replaced after an engine failed', async () => {
    const exact = room();
    const first = await worker(exact);
    await check(exact, 'fail');
    expect(await worker(exact)).not.toBe(first);
  });

  test('never runs more children than allowed, and loses no job', async () => {
    const exact = room({ atOnce: 2 });
    const workers = await Promise.all(Array.from({ length: 8 }, () => worker(exact)));
    expect(new Set(workers).size).toBeLessThanOrEqual(4);
    expect(workers).toHaveLength(8);
  });
});

describe('cancelling', () => {
  test('kills the job under way, and frees its place', async () => {
    const exact = room({ atOnce: 1 });
    const cancel = new AbortController();
    const waiting = check(exact, 'wait', cancel.signal);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await worker(exact)).not.toBe('');
  });

  test('takes a waiting job out of the line', async () => {
    const exact = room({ atOnce: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const working = check(exact, 'wait', first.signal);
    const waiting = check(exact, 'work', second.signal);
    second.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    first.abort();
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('closing ends what is under way', async () => {
    const exact = room();
    await worker(exact);
    const waiting = check(exact, 'wait');
    const ended = expect(waiting).rejects.toMatchObject({ code: 'gate_broken' });
    await exact.close();
    await ended;
  });
});
