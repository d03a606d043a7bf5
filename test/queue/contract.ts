import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/core/fault.ts';
import { QUEUES, type Job, type Queue } from '../../src/flow/ports/queue.ts';
import { openQueue, type QueueOptions, type QueuePlace } from '../../src/queue/open.ts';
import { until } from '../helpers/until.ts';

/** A backend under test: its place, and what can happen to it. */
export type Site = {
  readonly place: QueuePlace;
  /** Drops every job and schedule, as a lost disk would. */
  empty(): Promise<void>;
  /** Ends the server; comes back when nobody answers any more. */
  end(): Promise<void>;
  /** Brings it up again at the same address with what it had written. */
  revive(): Promise<void>;
  remove(): Promise<void>;
};

/** What every backend of the queue must do; both halves run this same list. */
export function queueContract(name: string, makeSite: () => Promise<Site>): void {
  describe(`the queue on ${name}`, () => {
    let site: Site;
    const open: Queue[] = [];
    const said: string[] = [];

    beforeAll(async () => {
      site = await makeSite();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((queue) => queue.close()));
      await site.empty();
      said.splice(0);
    });
    afterAll(() => site.remove());

    const start = async (options: QueueOptions = {}): Promise<Queue> => {
      const retries = { attempts: 3, backoffMs: 20 };
      const queue = await openQueue(site.place, {
        retries,
        log: (line) => said.push(line),
        ...options,
      });
      open.push(queue);
      return queue;
    };
    const job = (id: string, more: Partial<Job> = {}): Job => ({
      queue: 'lane-tool',
      name: 'work',
      id,
      jobId: `task_${id}`,
      ...more,
    });

    test('hands a job over as it was given, once, however often it was added', async () => {
      const queue = await start();
      await queue.add([job('a'), job('b', { queue: 'aios', name: 'plan' })]);
      await queue.add([job('a'), job('a')]);
      expect(await queue.counts()).toMatchObject({
        'lane-tool': { waiting: 1, active: 0 },
        aios: { waiting: 1, active: 0 },
        'lane-senior': { waiting: 0, active: 0 },
      });
      const seen: Job[] = [];
      const take = async (it: Job): Promise<void> => void seen.push(it);
      await queue.process('lane-tool', 2, take);
      await queue.process('aios', 2, take);
      await until('both ran', () => seen.length === 2);
      await until('nothing is left', async () => (await queue.known([job('a')])).size === 0);
      expect(seen.toSorted((x, y) => x.id.localeCompare(y.id))).toEqual([
        job('a'),
        job('b', { queue: 'aios', name: 'plan' }),
      ]);
    });

    test('knows what waits, runs or is put off, and forgets what is done', async () => {
      const queue = await start({ retries: { attempts: 2, backoffMs: 60_000 } });
      const wanted = [
        job('runs'),
        job('putoff'),
        job('never'),
        job('other', { queue: 'lane-seat' }),
      ];
      await queue.add([wanted[0]!, wanted[1]!, wanted[3]!]);
      let release = (): void => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      let failed = false;
      await queue.process('lane-tool', 2, async ({ id }) => {
        if (id === 'runs') return held;
        failed = true;
        throw new Error('not now');
      });
      await until(
        'one runs and one failed',
        async () => failed && (await queue.counts())['lane-tool'].active === 1,
      );
      expect(await queue.known(wanted)).toEqual(
        new Set(['task_runs', 'task_putoff', 'task_other']),
      );
      release();
      await until(
        'the first is forgotten',
        async () => !(await queue.known(wanted)).has('task_runs'),
      );
      // A done one can be added again.
      await queue.add([job('runs')]);
      await until('it ran again', async () => !(await queue.known([job('runs')])).has('task_runs'));
    });

    test('tries again with a growing pause, and stops at the last attempt', async () => {
      const queue = await start({ retries: { attempts: 3, backoffMs: 100 } });
      const at: number[] = [];
      await queue.process('lane-tool', 1, async () => {
        at.push(performance.now());
        throw new Fault('overloaded', 'Too many at once.', { retry: true });
      });
      await queue.add([job('a')]);
      await until('it was tried three times', () => at.length === 3);
      await until('it is given up', async () => (await queue.known([job('a')])).size === 0);
      const [first = 0, second = 0, third = 0] = at;
      expect(second - first).toBeGreaterThanOrEqual(95);
      expect(third - second).toBeGreaterThanOrEqual(190);
      expect(at).toHaveLength(3);
      expect(said).toContainEqual('job work of lane-tool: Too many at once.');
    });

    test('does not try a fault again that says so, and a failed job runs anew when it is added again', async () => {
      const queue = await start();
      let runs = 0;
      await queue.process('lane-tool', 1, async () => {
        runs += 1;
        throw new Fault('refused', 'The model refused.');
      });
      await queue.add([job('a')]);
      await until(
        'it failed',
        async () => runs === 1 && (await queue.known([job('a')])).size === 0,
      );
      const many = 'a b c d e f g h i'.split(' ').map((id) => job(id));
      await queue.add([job('a')]);
      await until(
        'it failed again',
        async () => runs === 2 && (await queue.known(many)).size === 0,
      );
      await queue.add(many);
      await until('all failed', async () => runs === 11 && (await queue.known(many)).size === 0);
    });

    test('repeats every n ms, also after the schedule was told twice', async () => {
      const queue = await start();
      const tick = job('tock', { queue: 'aios', name: 'tick', jobId: 'tick' });
      const at: Job[] = [];
      await queue.process('aios', 1, async (it) => void at.push(it));
      await queue.schedule(tick, { everyMs: 200 });
      await queue.schedule(tick, { everyMs: 200 });
      const began = performance.now();
      await until('it ran four times', () => at.length >= 4);
      expect(performance.now() - began).toBeGreaterThan(350);
      expect(at[0]).toMatchObject({ queue: 'aios', name: 'tick', id: 'tock' });
      expect(new Set(at.map(({ jobId }) => jobId)).size).toBe(at.length);
    });

    test('takes a cron pattern in a time zone and says no to a wrong one', async () => {
      const queue = await start();
      let runs = 0;
      await queue.process('aios', 1, async () => void (runs += 1));
      await queue.schedule(job('now', { queue: 'aios', jobId: 'each-second' }), {
        cron: '* * * * * *',
        zone: 'Europe/Berlin',
      });
      await queue.schedule(job('later', { queue: 'aios', jobId: 'digest' }), {
        cron: '0 9 * * 1',
        zone: 'Europe/Berlin',
      });
      await until('it ran', () => runs > 0);
      for (const [cron, zone] of [
        ['soon', 'Europe/Berlin'],
        ['0 9 * * 1', 'Europe/Bielefeld'],
      ] as const) {
        expect(() =>
          queue.schedule(job('no', { queue: 'aios', jobId: 'no' }), { cron, zone }),
        ).toThrow(expect.objectContaining({ code: 'bad_input' }));
      }
    });

    test('loses nothing that is added again after all of it was emptied', async () => {
      const queue = await start();
      const seen: string[] = [];
      await queue.process('lane-tool', 1, async ({ id }) => void seen.push(id));
      await queue.add([job('before')]);
      await until('the first ran', () => seen.includes('before'));
      await queue.add([job('lost', { queue: 'lane-local' })]);
      await site.empty();
      expect(await queue.known([job('lost', { queue: 'lane-local' })])).toEqual(new Set());
      await queue.add([job('lost', { queue: 'lane-local' }), job('before'), job('after')]);
      await queue.process('lane-local', 1, async ({ id }) => void seen.push(id));
      await until('all ran', () => seen.length === 4);
      expect(seen.toSorted()).toEqual(['after', 'before', 'before', 'lost']);
    });

    test('gives the jobs of a killed worker to another', async () => {
      const queue = await start({ lockDurationMs: 1_000 });
      await queue.add([job('a'), job('b'), job('c')]);
      const child = await holder(site.place);
      await until('all are held', async () => (await queue.counts())['lane-tool'].active === 3);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const seen: string[] = [];
      await queue.process('lane-tool', 3, async ({ id }) => void seen.push(id));
      await until('the other did them', () => seen.length === 3);
      expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
    });

    test('closing lets a job end, aborts it at the deadline, and leaves it behind if it does not heed that', async () => {
      const quick = await start();
      let ended = 0;
      const begun: string[] = [];
      const handle = await quick.process('lane-tool', 1, async ({ id }) => {
        begun.push(id);
        await new Promise((resolve) => setTimeout(resolve, 100));
        ended += 1;
      });
      await quick.add([job('a'), job('b')]);
      await until('it runs', () => begun.length === 1);
      await handle.close();
      expect({ begun: begun.length, ended }).toEqual({ begun: 1, ended: 1 });
      expect((await quick.counts())['lane-tool']).toEqual({ waiting: 1, active: 0 });

      const strict = await start({ closeMs: 50 });
      const heard: string[] = [];
      await strict.process('lane-tool', 2, (it, signal) => {
        begun.push(it.id);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            heard.push(it.id);
            if (it.id === 'b') reject(new Fault('cancelled', 'Stopped.', { retry: true }));
          });
        });
      });
      await strict.add([job('deaf')]);
      await until('both run', () => begun.length === 3);
      await strict.close();
      expect(heard.toSorted()).toEqual(['b', 'deaf']);
      expect(await quick.known([job('b'), job('deaf')])).toEqual(new Set(['task_b', 'task_deaf']));
    });

    test('refuses job ids that BullMQ would read otherwise, before any is in', async () => {
      const queue = await start();
      for (const jobId of ['a:b', '17', '']) {
        expect(() => queue.add([job('good'), job('bad', { jobId })])).toThrow(Fault);
      }
      expect(await queue.known([job('good')])).toEqual(new Set());
    });

    test('counts every queue there is', async () => {
      const queue = await start();
      expect(Object.keys(await queue.counts())).toEqual([...QUEUES]);
    });

    test('closes while it is gone, and lets the process end', async () => {
      const child = await holder(site.place);
      const exited = once(child, 'exit');
      await site.end();
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      await site.revive();
    });

    test('says within its time that it is gone, and goes on when it is back', async () => {
      const queue = await start({ timeoutMs: 1_000 });
      const seen: string[] = [];
      await queue.process('lane-tool', 1, async ({ id }) => void seen.push(id));
      await queue.add([job('a')]);
      await until('it works', () => seen.length === 1);
      await site.end();
      const began = performance.now();
      await expect(queue.add([job('b')])).rejects.toMatchObject({
        code: 'queue_gone',
        retry: true,
      });
      expect(performance.now() - began).toBeLessThan(10_000);
      await expect(openQueue(site.place)).rejects.toMatchObject({
        code: 'queue_gone',
        retry: true,
      });
      await until('trouble is said', () => said.length > 0);
      await site.revive();
      await until('it can be added', () =>
        queue.add([job('b')]).then(
          () => true,
          () => false,
        ),
      );
      await until('it works again', () => seen.includes('b'));
    });
  });
}

/** A process of its own that takes jobs and never ends them. */
async function holder(place: QueuePlace) {
  const file = fileURLToPath(new URL('holder.ts', import.meta.url));
  const hooks = fileURLToPath(new URL('../helpers/ts.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--import', hooks, file, JSON.stringify(place)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const _ of createInterface({ input: child.stdout })) return child;
  throw new Error('the holder ended without a word');
}
