import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import type { FaultCode } from '../../src/core/fault.ts';
import type { TaskId } from '../../src/core/id.ts';
import { runJob } from '../../src/flow/jobs.ts';
import { laneState } from '../../src/flow/lane-state.ts';
import { sweep } from '../../src/flow/sweep.ts';
import type { LaneRequest } from '../../src/flow/ports/lanes.ts';
import type { Job } from '../../src/flow/ports/queue.ts';
import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { readHistory } from '../../src/ledger/history.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { makeShop } from '../helpers/turns.ts';
import type { Planned, Shop } from '../helpers/turns.ts';
import { until } from '../helpers/until.ts';

/** A lane that fails as a test says, its clock and its queue in the test's hands. */

let shop: Shop;
let now = Date.UTC(2026, 10, 24, 9, 0);
beforeAll(async () => {
  shop = await makeShop();
  shop.setNow(now);
}, 60_000);
afterAll(() => shop.close());

type Call =
  | { readonly is: 'ok' }
  /** The process dies during the call. */
  | { readonly is: 'killed' }
  | { readonly is: 'fault'; readonly code: FaultCode; readonly retryAfterMs?: number };

const never = new AbortController().signal;

/** The world of the shop in which the senior lane does what the script says, and works when that is over. */
function scripted(script: readonly Call[]) {
  const left = [...script];
  const active = new Map<string, 'closed' | 'half_open'>();
  const seen = { twice: 0, probes: 0, whileOpen: 0, calls: 0 };
  const { lanes } = shop.world;
  const run = async (request: LaneRequest) => {
    const task = await taskOf(request);
    const { breaker } = await laneState(world, 'senior');
    if (active.has(task)) seen.twice += 1;
    if (breaker.is === 'half_open' && [...active.values()].includes('half_open')) seen.probes += 1;
    if (breaker.is === 'open') seen.whileOpen += 1;
    active.set(task, breaker.is === 'half_open' ? 'half_open' : 'closed');
    seen.calls += 1;
    const call = left.shift() ?? { is: 'ok' };
    try {
      if (call.is === 'killed') throw new Error('killed');
      if (call.is === 'fault')
        throw new Fault(call.code, `Expected an answer, got ${call.code}.`, {
          retry: true,
          ...(call.retryAfterMs === undefined ? {} : { retryAfterMs: call.retryAfterMs }),
        });
      return await lanes.senior.run(request);
    } finally {
      active.delete(task);
    }
  };
  const world: World = { ...shop.world, lanes: { ...lanes, senior: { ...lanes.senior, run } } };
  return { world, seen };
}

async function taskOf({ attempt }: LaneRequest): Promise<string> {
  const [row] = await shop.sql<{ taskId: string }[]>`
    select task_id from attempt where id = ${attempt}`;
  return row?.taskId ?? '';
}

/** Jobs that are due, in the order in which they came due. */
async function dueJobs(): Promise<readonly Job[]> {
  const rows = await shop.sql<{ jobId: string; name: string; subject: string; queue: string }[]>`
    select job_id, name, subject, queue from outbox
    where done_at is null and name in ('work', 'resume') and due_at <= ${now}
    order by due_at, job_id`;
  return rows.map(({ subject, ...job }) => ({ ...job, id: subject }) as Job);
}

/** Runs what is due, `atOnce` at a time; a job whose process died stays and comes again. */
async function runDue(world: World, atOnce: number): Promise<void> {
  for (let jobs = await dueJobs(); jobs.length > 0; jobs = await dueJobs()) {
    const runs = jobs.slice(0, atOnce).map(async (job) => {
      const isDone = await runJob(world, job, never).then(
        () => true,
        (thrown: Error) => {
          if (thrown.message !== 'killed') throw thrown;
          return false;
        },
      );
      if (isDone) await shop.sql`update outbox set done_at = now() where job_id = ${job.jobId}`;
    });
    await Promise.all(runs);
  }
}

const pass = (ms: number): void => shop.setNow((now += ms));

async function started(count: number): Promise<readonly Planned[]> {
  const made: Planned[] = [];
  for (let n = 0; n < count; n += 1) {
    const planned = await shop.plan('kind: draft.blog, draft a blog post about clay');
    await planned.run();
    made.push(planned);
  }
  return made;
}

async function tasksOf(made: readonly Planned[]): Promise<readonly TaskRow[]> {
  return (await Promise.all(made.map((one) => one.tasks()))).flat();
}

/** Lets time pass until nothing waits for the lane any more. */
async function untilAtRest(world: World, made: readonly Planned[], atOnce: number) {
  for (let rounds = 0; rounds < 400; rounds += 1) {
    await runDue(world, atOnce);
    const tasks = await tasksOf(made);
    if (tasks.every(({ state }) => !['queued', 'working', 'held'].includes(state))) return tasks;
    pass(60_000);
    await sweep(world);
  }
  throw new Error(`no rest: ${JSON.stringify(await tasksOf(made))}`);
}

const PASSING = ['rate_limit', 'overloaded', 'unavailable', 'timeout'] as const;
const OUT = ['auth', 'quota', 'model_missing', 'lane_off'] as const;
const faulty = (code: FaultCode): Call => ({ is: 'fault', code });
const anyCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PASSING).map(faulty) },
  { weight: 2, arbitrary: fc.constantFrom(...OUT).map(faulty) },
  { weight: 2, arbitrary: fc.constant<Call>({ is: 'ok' }) },
  { weight: 1, arbitrary: fc.constant<Call>({ is: 'killed' }) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.nat(120_000), fc.constantFrom(0, 3_600_000, 1e12))
      .map<Call>((retryAfterMs) => ({ is: 'fault', code: 'rate_limit', retryAfterMs })),
  },
);

/** Stopped by a written rule, so that a person says how to go on. */
const STOPPED = ['STOP-SAME', 'FAIL'];

async function goOn(made: readonly Planned[]): Promise<void> {
  for (const one of made)
    for (const task of await one.tasks()) {
      if (task.state === 'asking') await one.answer('stuck', 'retry');
      if (task.state === 'failed')
        await one.pressed(`plan:${task.requestId}`, { verb: 'retry', choice: '1' });
    }
}

async function stoppedBy(id: TaskId): Promise<string | undefined> {
  const entry = (await shop.world.store.trail({ task: id })).findLast((e) => e.to !== null);
  return /#([\w-]+)@/.exec(entry?.rule ?? '')?.[1];
}

describe('whatever a lane does', () => {
  test('no task is lost or called twice at once, one alone tries a lane that was down, and all finish once it is well', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyCall, { maxLength: 24 }),
        fc.integer({ min: 1, max: 3 }),
        async (script, atOnce) => {
          const { world, seen } = scripted(script);
          const made = await started(4);
          for (let rest = await untilAtRest(world, made, atOnce); ;) {
            const stopped = rest.filter(({ state }) => state !== 'reviewing');
            for (const { id } of stopped) expect(STOPPED).toContain(await stoppedBy(id));
            if (stopped.length === 0) break;
            await goOn(made);
            rest = await untilAtRest(world, made, atOnce);
          }
          expect([seen.twice, seen.probes]).toEqual([0, 0]);
          if (atOnce === 1) expect(seen.whileOpen).toBe(0);
          const tasks = await tasksOf(made);
          expect(tasks.map(({ state, lane }) => [state, lane])).toEqual(
            tasks.map(() => ['reviewing', 'senior']),
          );
          const [{ open } = { open: -1 }] = await shop.sql<{ open: number }[]>`
            select count(*)::int as open from attempt where ended_at is null`;
          expect(open).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  }, 240_000);

  test('held tasks go on in the order in which they were held, after one of them was answered', async () => {
    const { world, seen } = scripted([{ is: 'fault', code: 'auth' }]);
    const made: Planned[] = [];
    for (let n = 0; n < 4; n += 1) {
      made.push(...(await started(1)));
      await runDue(world, 1);
      pass(1_000);
    }
    const held = await tasksOf(made);
    expect(held.map(({ state }) => state)).toEqual(['held', 'held', 'held', 'held']);
    expect(seen.calls).toBe(1);
    const status = (await shop.say('U0OWNER', 'status')).lines.join('\n');
    expect(status).toMatch(
      /senior: down\. The last call failed \(auth: the key or token is refused\); it is tried again at 20\S+ \S+\. Next step: Set ANTHROPIC_API_KEY to a valid key\./,
    );
    expect(status).toContain('held: The last call failed');
    pass(30_000);
    await runDue(world, 1);
    expect(seen.calls).toBe(5);
    const [row] = await shop.sql<{ ids: string[] }[]>`
      select array_agg(task_id::text order by started_at, id) as ids
      from attempt where outcome = 'ok' and task_id in ${shop.sql(held.map(({ id }) => id))}`;
    expect(row?.ids).toEqual(held.map(({ id }) => id));
  }, 60_000);

  test('a task that is held just as the lane was answered again goes on at once', async () => {
    const { world } = scripted([faulty('auth')]);
    const [first] = await started(1);
    await runDue(world, 1);
    const [second] = await started(1);
    const [work] = await dueJobs();
    await shop.sql`update outbox set done_at = now() where job_id = ${work?.jobId ?? ''}`;
    pass(30_000);

    // The second reads that the first is trying the lane; before it is held for that, the first is done.
    let mayAnswer = (): void => undefined;
    const tried = new Promise<void>((resolve) => (mayAnswer = resolve));
    const { senior } = world.lanes;
    const run: typeof senior.run = (request) => tried.then(() => senior.run(request));
    const trying = runDue({ ...world, lanes: { ...world.lanes, senior: { ...senior, run } } }, 1);
    await until(
      'the first tries the lane',
      async () => (await first?.tasks())?.[0]?.state === 'working',
    );
    let isRead = false;
    const laneRecord: typeof world.store.laneRecord = async (lane) => {
      const record = await world.store.laneRecord(lane);
      if (!isRead) {
        isRead = true;
        mayAnswer();
        await trying;
      }
      return record;
    };
    await runJob({ ...world, store: { ...world.store, laneRecord } }, work as Job, never);
    await runDue(world, 1);
    const states = (await tasksOf([first, second] as Planned[])).map(({ state }) => state);
    expect(states).toEqual(['reviewing', 'reviewing']);
  }, 60_000);

  test('a service that wants to be left alone for a year is tried again after an hour', async () => {
    const year = 365 * 86_400_000;
    const { world, seen } = scripted([{ is: 'fault', code: 'rate_limit', retryAfterMs: year }]);
    const made = await started(1);
    await runDue(world, 1);
    const [task] = await tasksOf(made);
    expect(task).toMatchObject({ state: 'held', waitsFor: 'lane:senior' });
    pass(3_599_000);
    await sweep(world);
    await runDue(world, 1);
    expect(seen.calls).toBe(1);
    pass(1_000);
    await runDue(world, 1);
    expect([seen.calls, (await tasksOf(made))[0]?.state]).toEqual([2, 'reviewing']);
  }, 60_000);

  test('the same failure three times in a row asks a person, while the lane works for others', async () => {
    const bad: Call = { is: 'fault', code: 'timeout' };
    const well: Call = { is: 'ok' };
    const { world } = scripted([bad, well, bad, well, bad, well]);
    const [first, ...others] = await started(1);
    if (first === undefined) throw new Error('a piece is expected');
    for (let round = 0; round < 3; round += 1) {
      await runDue(world, 1);
      others.push(...(await started(1)));
      await runDue(world, 1);
      pass(300_000);
    }
    const [task] = await first.tasks();
    expect([task?.state, await stoppedBy(task?.id as TaskId)]).toEqual(['asking', 'STOP-SAME']);
    const told = await first.open('stuck');
    expect(told?.options.map(({ value }) => value)).toContain('retry');
  }, 60_000);

  test('a call whose task was ended while its process was gone is closed by the sweep, as lost', async () => {
    const { world } = scripted([{ is: 'killed' }]);
    const [made] = await started(1);
    if (made === undefined) throw new Error('a piece is expected');
    const [job] = await dueJobs();
    await runJob(world, job as Job, never).catch(() => undefined);
    await shop.sql`update outbox set done_at = now() where job_id = ${job?.jobId ?? ''}`;
    const [task] = await made.tasks();
    expect(task?.state).toBe('working');
    await made.pressed(`plan:${task?.requestId}`, { verb: 'cancel', choice: '1' });
    const attempt = async () => (await world.store.taskFile(task?.id as TaskId))?.attempts[0];
    await sweep(world);
    expect((await attempt())?.endedAt).toBeNull();
    pass(1_200_001);
    await sweep(world);
    expect(await attempt()).toMatchObject({ outcome: 'interrupted', costBasis: 'unpriced' });
    const ended = (await made.trail(1)).find(({ type }) => type === 'attempt.ended');
    expect([ended?.costNano, ended?.data['outcome']]).toEqual([null, 'interrupted']);
  }, 60_000);
});

test('everything that was written down meanwhile holds together', async () => {
  const rows = await shop.sql<{ body: Uint8Array }[]>`
    select body from entry where client_id = (select client_id from task limit 1) order by id`;
  const history = readHistory();
  const found = rows.flatMap(({ body }, n) => history.take(readEntry(body), n));
  const faults = [...found, ...history.end()].filter(({ level }) => level === 'fault');
  expect(faults).toEqual([]);
}, 60_000);
