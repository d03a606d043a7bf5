import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../../dist/flow/command/command.js';
import { found } from '../../dist/flow/found.js';
import { hear } from '../../dist/flow/hear.js';
import { runJob } from '../../dist/flow/jobs.js';
import { press } from '../../dist/flow/press.js';
import { CLOCK } from '../../dist/main/clock.js';
import { openLibrary } from '../../dist/main/library.js';
import { makeRunning } from '../../dist/main/running.js';
import { diffLists } from '../../dist/report/diff.js';
import { makeBodies } from '../../dist/store/bodies.js';
import { connect } from '../../dist/store/connect.js';
import { openKeys } from '../../dist/store/keys.js';
import { makeStore } from '../../dist/store/open.js';
import { EXACT, makeSlack } from '../orchestration/ends.mjs';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const ZONE = 'Europe/Berlin';
const OWNER = 'U0OWNER';
const PLACE = { team: 'T0BENCH', channel: 'C0BENCH', user: OWNER };
const WORDS = 'lane: local, kind: draft.blog, write a blog post of 300 words about spring cleaning';
const POOL = 12;

/**
 * AIOS's store, bodies, rules and flow with these lanes and no workers: jobs run when the bench says so. `queue(n)` takes
 * n requests to the moment before their work; `work(id)` is the shipped job of a lane, from the queued task to its draft;
 * `pass(ms)` puts the clock on.
 */
export async function openDesk({ url, folder }, lanes) {
  const sql = connect(url, POOL);
  const library = await openLibrary({ rules: join(TOP, 'rules'), personas: join(TOP, 'personas') });
  const stamp = { build: 'bench', origin: 'bench', policy: () => library.rules.hash };
  const { store, spent } = timed(makeStore(sql, stamp, () => undefined));
  const keys = await openKeys(join(folder, 'bodies'));
  const plans = [];
  let ahead = 0;
  const world = {
    clock: { ...CLOCK, now: () => CLOCK.now() + ahead },
    store,
    bodies: makeBodies({ store, keys, newId: () => CLOCK.newId() }),
    library,
    lanes,
    exact: EXACT,
    slack: makeSlack((message) => {
      if (message.is === 'plan' && message.pieces[0]?.state === 'proposed')
        plans.push(message.card);
    }),
    facility: { ...PLACE, botUser: 'U0AIOS', rehearsal: false, ownerUser: OWNER, zone: ZONE },
    running: makeRunning(),
    report: { diff: diffLists },
    eraser: { due: async () => [] },
    marks: { of: async () => null },
    examples: { of: async () => null, words: async () => [] },
  };
  Object.assign(world.facility, { fileCap: 8_000_000, textCap: 100_000 });
  await settle(world);
  const desk = { world, sql, plans, never: new AbortController().signal };
  return {
    spent,
    breaker: library.rules.settings.breaker,
    queue: (count) => queueTasks(desk, count),
    work: (id) => runJob(world, { name: 'work', id }, desk.never),
    sweep: () => runJob(world, { name: 'sweep', id: '' }, desk.never),
    resume: (lane) => runJob(world, { name: 'resume', id: lane }, desk.never),
    pass: (ms) => void (ahead += ms),
    stateOf: async (id) => (await world.store.taskFile(id)).task.state,
    close: () => sql.end({ timeout: 5 }),
  };
}

async function settle(world) {
  await found(world, 'bench');
  if ((await world.store.clients()).some((c) => c.slug === 'bench')) return;
  for (const text of ['client new bench "Bench"', 'client bind this bench --audience practice']) {
    const reply = await command(world, { ...PLACE, text, eventId: CLOCK.newId() });
    if (!reply.ok) throw new Error(reply.lines.join(' '));
  }
}

let said = 0;

async function queueTasks(desk, count) {
  const { world, sql, plans } = desk;
  for (let n = 0; n < count; n += 1) {
    const ts = `${Date.now()}.${String((said += 1)).padStart(6, '0')}`;
    const words = { ts, thread: null, eventId: ts, text: WORDS, files: [], door: 'mention' };
    const { is } = await hear(world, { ...PLACE, ...words });
    if (is !== 'stored') throw new Error(`the request was ${is}`);
  }
  await runOpen(desk);
  for (const card of plans.splice(0)) {
    const click = { card, verb: 'run', team: PLACE.team, user: OWNER };
    const outcome = await press(world, click);
    if (outcome.is !== 'done') throw new Error(`run was ${outcome.is}: ${outcome.says}`);
  }
  const queued = await sql`select id from task where state = 'queued' order by id limit ${count}`;
  if (queued.length !== count) throw new Error(`${queued.length} of ${count} tasks are queued`);
  return queued.map(({ id }) => id);
}

/** Every open job but work, until none is left. */
async function runOpen({ world, sql, never }) {
  for (;;) {
    const jobs = await sql`
      select job_id, name, subject as id from outbox where done_at is null and name in ('plan', 'post') order by id`;
    if (jobs.length === 0) return;
    for (const job of jobs) {
      await runJob(world, job, never);
      await sql`update outbox set done_at = now() where job_id = ${job.jobId}`;
    }
  }
}

/** The store, and the milliseconds that each of its commits took. */
function timed(store) {
  const spent = [];
  return {
    spent,
    store: {
      ...store,
      commit: async (act) => {
        const began = performance.now();
        const outcome = await store.commit(act);
        spent.push(performance.now() - began);
        return outcome;
      },
    },
  };
}
