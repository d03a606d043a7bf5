import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { makeReconciler } from '../../src/queue/reconcile.ts';
import type { Reconciler } from '../../src/queue/reconcile.ts';
import { makeRelay } from '../../src/queue/relay.ts';
import type { Relay } from '../../src/queue/relay.ts';
import { until } from '../helpers/until.ts';
import { memoryQueue, outboxSite } from './site.ts';
import type { OutboxSite } from './site.ts';

let site: OutboxSite;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  site = await outboxSite();
});
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
  await site.sql`update outbox set done_at = now()`;
  await site.sql`delete from outbox`;
});
afterAll(() => site.close());

type Set = {
  readonly memory: ReturnType<typeof memoryQueue>;
  readonly relay: Relay;
  readonly reconciler: Reconciler;
  readonly log: string[];
  readonly restored: () => number;
};

function start(timing: { everyMs?: number; patienceMs?: number } = {}): Set {
  const memory = memoryQueue();
  const log: string[] = [];
  let restored = 0;
  const say = (line: string): void => void log.push(line);
  const relay = makeRelay({ outbox: site.outbox, queue: memory.queue, log: say, everyMs: 10 });
  const reconciler = makeReconciler({
    outbox: site.outbox,
    queue: memory.queue,
    wake: () => relay.wake(),
    restore: async () => void (restored += 1),
    log: say,
    everyMs: timing.everyMs ?? 60_000,
    patienceMs: timing.patienceMs ?? 0,
  });
  open.push(reconciler, relay);
  return { memory, relay, reconciler, log, restored: () => restored };
}

test('sends again what the queue lost, and nothing that it knows', async () => {
  const { memory, relay, reconciler } = start();
  await site.put('kept', 'lost', 'done');
  await relay.round();
  relay.done('done');
  await relay.round();
  memory.held.delete('lost');
  memory.held.delete('done');
  expect(await reconciler.round()).toBe(1);
  await until('it was sent again', () => memory.given.length === 4);
  expect(memory.given.at(-1)?.jobId).toBe('lost');
  expect(await reconciler.round()).toBe(0);
});

test('gives a job that was just sent its time', async () => {
  const { memory, relay, reconciler } = start({ patienceMs: 60_000 });
  await site.put('fresh');
  await relay.round();
  memory.held.clear();
  expect(await reconciler.round()).toBe(0);
});

test('with the queue emptied whole everything open comes again, by itself', async () => {
  const { memory, relay } = start({ everyMs: 20 });
  const ids = Array.from({ length: 40 }, (_, at) => `job_${at}`);
  await site.put(...ids);
  await relay.round();
  memory.held.clear();
  await until('all came again', () => memory.held.size === 40);
});

test('puts schedules back with each look, and pauses aloud while the queue is away', async () => {
  const { memory, relay, log, restored } = start({ everyMs: 20 });
  await site.put('a');
  await relay.round();
  await until('it looked twice', () => restored() >= 2);
  memory.setAway(true);
  await until('it says so', () => log.includes('The reconciler pauses: the queue is away'));
  memory.setAway(false);
  memory.held.clear();
  await until('it goes on', () => memory.held.has('a'));
});

test('forgets what was done long ago and keeps what is open for ever', async () => {
  const { reconciler } = start();
  await site.put('old_done', 'new_done', 'old_open');
  await site.sql`update outbox set sent_at = now() - interval '9 days' where job_id like 'old%'`;
  await site.sql`update outbox set done_at = now() - interval '2 days' where job_id = 'old_done'`;
  await site.sql`update outbox set done_at = now() where job_id = 'new_done'`;
  await reconciler.round();
  const left = await site.sql<{ jobId: string }[]>`select job_id from outbox order by job_id`;
  expect(left.map((row) => row.jobId)).toEqual(['new_done', 'old_open']);
});
