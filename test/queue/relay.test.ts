import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { makeRelay } from '../../src/queue/relay.ts';
import type { Relay } from '../../src/queue/relay.ts';
import { until } from '../helpers/until.ts';
import { memoryQueue, outboxSite } from './site.ts';
import type { OutboxSite } from './site.ts';

let site: OutboxSite;
const open: Relay[] = [];
beforeAll(async () => {
  site = await outboxSite();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((relay) => relay.close()));
  await site.sql`update outbox set done_at = now()`;
  await site.sql`delete from outbox`;
});
afterAll(() => site.close());

const relayTo = (queue: Parameters<typeof makeRelay>[0]['queue'], log: string[] = []): Relay => {
  const relay = makeRelay({
    outbox: site.outbox,
    queue,
    log: (line) => void log.push(line),
    everyMs: 20,
  });
  open.push(relay);
  return relay;
};
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `job_${at}`);

test('sends what is due, as it was written, and not before it is due', async () => {
  const { queue, given } = memoryQueue();
  await site.put('job_a');
  await site.sql`insert into outbox ${site.sql({ job_id: 'later', queue: 'aios', name: 'post', subject: 'x', due_at: Date.now() + 60_000 })}`;
  await relayTo(queue).round();
  expect(given).toEqual([{ queue: 'aios', name: 'post', id: 'of job_a', jobId: 'job_a' }]);
  expect(await site.outbox.backlog()).toEqual({ unsent: 1, open: 1 });
});

test('of two relays at once each job goes through one', async () => {
  const { queue, given } = memoryQueue();
  await site.put(...numbered(450));
  const relays = [relayTo(queue), relayTo(queue), relayTo(queue)];
  await Promise.all(relays.map((relay) => relay.round()));
  expect(given.map((job) => job.jobId).toSorted()).toEqual(numbered(450).toSorted());
});

test('a relay that hangs while sending keeps no other from sending the rest', async () => {
  const { queue, given } = memoryQueue();
  await site.put(...numbered(150));
  let release = (): void => undefined;
  const held = new Promise<void>((go) => {
    release = go;
  });
  let taken = 0;
  const slow = site.outbox.relay(100, async (jobs) => {
    taken = jobs.length;
    await held;
  });
  await until('the first has taken its jobs', () => taken === 100);
  await relayTo(queue).round();
  expect(given).toHaveLength(50);
  release();
  expect(await slow).toBe(100);
});

test('a crash between sending and marking sends the same job ids again', async () => {
  const { queue, given } = memoryQueue();
  await site.put('job_a', 'job_b');
  const crash = site.outbox.relay(100, async (jobs) => {
    await queue.add(jobs);
    throw new Error('killed');
  });
  await expect(crash).rejects.toThrow('killed');
  await relayTo(queue).round();
  expect(given.map((job) => job.jobId)).toEqual(['job_a', 'job_b', 'job_a', 'job_b']);
  expect(await site.outbox.backlog()).toEqual({ unsent: 0, open: 2 });
});

test('with the queue away nothing is lost, and it goes on by itself', async () => {
  const { queue, given, setAway } = memoryQueue();
  const log: string[] = [];
  setAway(true);
  relayTo(queue, log).wake();
  await site.put('job_a');
  await until('it has noticed', () => log.length > 0);
  expect(log[0]).toBe('The relay pauses: the queue is away');
  // While it tries, the job counts as sent; it takes the mark back.
  await until('it is unsent', async () => (await site.outbox.backlog()).unsent === 1);
  expect(given).toEqual([]);
  setAway(false);
  await until('it was sent', () => given.length === 1);
});

test('what is done is written down with the round, and when the relay closes', async () => {
  const { queue } = memoryQueue();
  const marked: (readonly string[])[] = [];
  await site.put(...numbered(30));
  const relay = makeRelay({
    outbox: {
      ...site.outbox,
      relay: (limit, send, done = []) => {
        if (done.length > 0) marked.push(done);
        return site.outbox.relay(limit, send, done);
      },
      done: async (ids) => void marked.push(ids),
    },
    queue,
    log: () => undefined,
    everyMs: 60_000,
  });
  for (const id of numbered(20)) relay.done(id);
  await relay.round();
  for (const id of numbered(30).slice(20)) relay.done(id);
  await relay.close();
  expect(marked).toEqual([numbered(20), numbered(30).slice(20)]);
});
