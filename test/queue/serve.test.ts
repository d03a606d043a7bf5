import { expect, test } from '@jest/globals';
import type { Job, JobHandler, Queue } from '../../src/flow/ports/queue.ts';
import { AT_ONCE, serve } from '../../src/queue/serve.ts';

/** A queue whose jobs are handed over by the test. */
async function served(run: (job: Job, signal: AbortSignal) => Promise<void>) {
  const handlers = new Map<string, JobHandler>();
  const done: string[] = [];
  const queue = {
    process: async (name: string, _: number, handler: JobHandler) => {
      handlers.set(name, handler);
      return { close: async () => undefined };
    },
  } as unknown as Queue;
  await serve({ queue, run, done: (id) => void done.push(id), atOnce: AT_ONCE });
  const hand = (job: Partial<Job>, signal = new AbortController().signal): Promise<void> => {
    const whole: Job = { queue: 'aios', name: 'post', id: 'card', jobId: 'post_card_1', ...job };
    return handlers.get(whole.queue)?.(whole, signal) ?? Promise.reject(new Error('no handler'));
  };
  return { hand, done };
}

/** Steps that the test ends one by one. */
function steps() {
  const begun: string[] = [];
  const ends: ((failed?: Error) => void)[] = [];
  const run = (job: Job): Promise<void> =>
    new Promise((resolve, reject) => {
      begun.push(job.jobId);
      ends.push((failed) => (failed === undefined ? resolve() : reject(failed)));
    });
  return { begun, ends, run };
}
const settled = (): Promise<void> => new Promise((next) => setImmediate(next));

test('what is about one id happens one after another, across queues; other ids do not wait', async () => {
  const { begun, ends, run } = steps();
  const { hand, done } = await served(run);
  const all = [
    hand({ jobId: 'post_card_1' }),
    hand({ jobId: 'post_card_2', queue: 'lane-tool' }),
    hand({ jobId: 'post_other_1', id: 'other' }),
  ];
  await settled();
  expect(begun).toEqual(['post_card_1', 'post_other_1']);
  ends[0]?.();
  await all[0];
  await settled();
  expect(begun).toEqual(['post_card_1', 'post_other_1', 'post_card_2']);
  for (const end of ends) end();
  await Promise.all(all);
  expect(done.toSorted()).toEqual(['post_card_1', 'post_card_2', 'post_other_1']);
});

test('a job that fails is not done, and the next about the same id runs', async () => {
  const { ends, run } = steps();
  const { hand, done } = await served(run);
  const first = hand({ jobId: 'a' });
  const second = hand({ jobId: 'b' });
  await settled();
  ends[0]?.(new Error('no'));
  await expect(first).rejects.toThrow('no');
  await settled();
  ends[1]?.();
  await second;
  expect(done).toEqual(['b']);
});

test('a job whose turn comes after its worker was closed is left to the next', async () => {
  const { begun, ends, run } = steps();
  const { hand, done } = await served(run);
  const closing = new AbortController();
  const first = hand({ jobId: 'a' });
  const second = hand({ jobId: 'b' }, closing.signal);
  await settled();
  closing.abort();
  ends[0]?.();
  await first;
  await expect(second).rejects.toThrow('aborted');
  expect(begun).toEqual(['a']);
  expect(done).toEqual(['a']);
});
