import { diffLists } from '../../dist/report/diff.js';
import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../dist/config.js';
import { LANES } from '../../dist/core/lane.js';
import { command } from '../../dist/flow/command/command.js';
import { found } from '../../dist/flow/found.js';
import { hear } from '../../dist/flow/hear.js';
import { runJob } from '../../dist/flow/jobs.js';
import { press } from '../../dist/flow/press.js';
import { CLOCK } from '../../dist/main/clock.js';
import { openLibrary } from '../../dist/main/library.js';
import { makeRunning } from '../../dist/main/running.js';
import { startWorkers } from '../../dist/main/workers.js';
import { makeBodies } from '../../dist/store/bodies.js';
import { connect } from '../../dist/store/connect.js';
import { openKeys } from '../../dist/store/keys.js';
import { makeStore } from '../../dist/store/open.js';
import { makeOutbox } from '../../dist/store/outbox.js';
import { EXACT, makeLanes, makeSlack } from './ends.mjs';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const TEAM = 'T0BENCH';
const OWNER = 'U0OWNER';
const CHANNEL = 'C0BENCH';
const WORDS = 'Write a blog post of 300 words about spring cleaning for small offices';
const FACILITY = {
  team: TEAM,
  botUser: 'U0AIOS',
  rehearsal: false,
  ownerUser: OWNER,
  zone: 'Europe/Berlin',
  fileCap: 8_000_000,
  textCap: 100_000,
};
export const POOL = 12;

/**
 * AIOS as main.ts joins it, with ends that take no time. `walk()` takes one request from the first word to the
 * delivery; `trace()` does the same and gives what was written and queued on the way.
 */
export async function openHouse({ url, folder, redisUrl }) {
  const counted = { acts: 0, marks: 0, jobs: 0 };
  const scribe = makeScribe();
  const waiting = new Map();
  const sql = connect(url, POOL);
  const late = {};
  const library = await openLibrary({ rules: join(TOP, 'rules'), personas: join(TOP, 'personas') });
  const stamp = { build: 'bench', origin: 'bench', policy: () => library.rules.hash };
  const store = countedStore(
    makeStore(sql, stamp, () => late.workers?.wake()),
    counted,
    scribe,
  );
  const keys = await openKeys(join(folder, 'bodies'));
  const world = {
    clock: CLOCK,
    store,
    bodies: makeBodies({ store, keys, newId: () => CLOCK.newId() }),
    library,
    lanes: makeLanes(LANES),
    exact: EXACT,
    slack: makeSlack((message) => answer(world, message, { waiting, scribe })),
    facility: FACILITY,
    running: makeRunning(),
    report: { diff: diffLists },
    // Nothing is old enough here to be erased.
    eraser: { due: async () => [] },
    // Signing is measured on its own: here the receipt says that nothing is signed yet.
    marks: { of: async () => null },
    examples: { of: async () => null, words: async () => [] },
  };
  await settle(world);
  const outbox = countedOutbox(makeOutbox(sql), counted);
  const logged = [];
  const config = readConfig({ AIOS_TIME_ZONE: FACILITY.zone, REDIS_URL: redisUrl });
  late.workers = await startWorkers({
    quiet: () => Promise.resolve(),
    base: { config, data: { url } },
    outbox,
    log: (sentence) => void logged.push(sentence),
    run: async (job, signal) => {
      await scribe.at(job, () => runJob(world, job, signal));
      counted.jobs += 1;
    },
  });
  const walk = () => begin(world, waiting);
  const rest = async () => {
    for (let open = 1; open > 0;) {
      late.workers.wake();
      const [row] = await sql`select count(*)::int as n from outbox where done_at is null`;
      open = row.n;
    }
  };
  return {
    sql,
    counted,
    logged,
    walk,
    /** Waits until every job is done and written down as done. */
    rest,
    trace: async () => {
      const root = scribe.begin();
      await scribe.within(root, walk);
      await rest();
      scribe.end();
      return withEntryBytes(sql, root);
    },
    close: async () => {
      await late.workers.close();
      await sql.end({ timeout: 5 });
    },
  };
}

/** One client that may use the cloud, bound to a channel that only the practice reads: everything is shown there. */
async function settle(world) {
  await found(world, 'bench');
  if ((await world.store.clients()).some((c) => c.slug === 'bench')) return;
  const say = async (text) => {
    const eventId = CLOCK.newId();
    const reply = await command(world, {
      team: TEAM,
      channel: CHANNEL,
      user: OWNER,
      text,
      eventId,
    });
    if (!reply.ok) throw new Error(reply.lines.join(' '));
  };
  await say('client new bench "Bench"');
  await say('client bind this bench --audience practice');
  await say('client set bench cloud allowed');
}

let said = 0;

/** Begins a request; resolves when its delivery is on record. */
async function begin(world, waiting) {
  const ts = `${Date.now()}.${String((said += 1)).padStart(6, '0')}`;
  const before = { team: TEAM, channel: CHANNEL, ts, thread: null, user: OWNER };
  const done = new Promise((resolve, reject) =>
    waiting.set(`${WORDS} ${said}`, { resolve, reject }),
  );
  const heard = { ...before, eventId: ts, text: `${WORDS} ${said}`, files: [], door: 'mention' };
  const outcome = await hear(world, heard);
  if (outcome.is !== 'stored') throw new Error(`the request was ${outcome.is}`);
  return done;
}

const pressed = new Set();

/** The person: runs every plan, approves every draft, at once, each once. */
function answer(world, message, { waiting, scribe }) {
  if (message.is === 'question') throw new Error(`the bench was asked: ${message.text}`);
  const verb = wanted(message);
  if (verb !== null && !pressed.has(message.card)) {
    pressed.add(message.card);
    const click = () => clicked(world, { card: message.card, verb, team: TEAM, user: OWNER });
    scribe.at({ queue: null, name: verb }, click).catch((thrown) => {
      for (const { reject } of waiting.values()) reject(thrown);
    });
  }
  if (message.is !== 'plan' || message.pieces[0]?.state !== 'delivered') return;
  waiting.get(message.words)?.resolve();
  waiting.delete(message.words);
}

function wanted(message) {
  if (message.is === 'plan' && message.pieces[0]?.state === 'proposed') return 'run';
  return message.is === 'gate' && message.may.includes('approve') ? 'approve' : null;
}

async function clicked(world, click) {
  const outcome = await press(world, click);
  if (outcome.is !== 'done') throw new Error(`${click.verb} was ${outcome.is}: ${outcome.says}`);
}

function countedStore(store, counted, scribe) {
  return {
    ...store,
    commit: async (act) => {
      const outcome = await store.commit(act);
      if (outcome === 'done') {
        counted.acts += 1;
        scribe.wrote(act);
      }
      return outcome;
    },
    trying: async (id) => {
      await store.trying(id);
      counted.acts += 1;
      scribe.wrote({
        entries: [],
        changes: [{ update: 'card', set: {}, where: {} }],
        cards: [],
        jobs: [],
      });
    },
  };
}

function countedOutbox(outbox, counted) {
  return {
    ...outbox,
    relay: async (limit, send, done) => {
      const sent = await outbox.relay(limit, send, done);
      if (sent > 0 || done.length > 0) counted.marks += 1;
      return sent;
    },
    done: async (jobIds) => {
      await outbox.done(jobIds);
      counted.marks += 1;
    },
  };
}

/**
 * Writes down one walk as a tree: what ran (a door or a job of a queue), what each of its commits wrote, and what
 * that made run. The bare loop repeats it.
 */
function makeScribe() {
  const here = new AsyncLocalStorage();
  let waiting = null;
  const node = ({ queue, name }) => ({ queue, name, writes: [], next: [] });
  return {
    begin: () => {
      waiting = [];
      return node({ queue: null, name: 'hear' });
    },
    end: () => void (waiting = null),
    within: (root, run) => here.run(root, run),
    at: (job, run) => {
      if (waiting === null) return run();
      const parent = job.queue === null ? here.getStore() : takeParent(waiting, job.name);
      if (parent === undefined) return run();
      const own = node(job);
      parent.next.push(own);
      return here.run(own, run);
    },
    wrote: (act) => {
      const own = here.getStore();
      if (waiting === null || own === undefined) return;
      own.writes.push(act);
      for (const job of act.jobs) waiting.push([job.name, own]);
      for (const _card of act.cards.filter(now)) waiting.push(['post', own]);
    },
  };
}

function takeParent(waiting, name) {
  const index = waiting.findIndex(([wanted]) => wanted === name);
  return index < 0 ? undefined : waiting.splice(index, 1)[0][1];
}

/** What may wait makes no job of its own in a walk this fast: the next asking takes its place. */
const now = (card) => !card.mayWait;

const sizeOf = (row) =>
  Object.values(row).reduce((sum, value) => {
    if (value === null || value === undefined) return sum;
    if (value instanceof Uint8Array) return sum + value.length;
    return sum + (typeof value === 'number' ? 8 : JSON.stringify(value).length);
  }, 0);

/** Acts to plain sizes: bytes of each entry as it stands in the record, of each row put in and of each row changed. */
async function withEntryBytes(sql, node) {
  const ids = (n) => [
    ...n.writes.flatMap((w) => w.entries.map((e) => e.id)),
    ...n.next.flatMap(ids),
  ];
  const rows = await sql`select entry_id, body from entry where entry_id = any(${ids(node)})`;
  const bodies = new Map(rows.map((row) => [row.entryId, row.body]));
  const plain = (n) => ({
    queue: n.queue,
    name: n.name,
    writes: n.writes.map((act) => ({
      entries: act.entries.map((e) => bodies.get(e.id)),
      inserts: [
        ...act.changes.filter((c) => 'insert' in c).map((c) => sizeOf(c.row)),
        ...act.cards.map(sizeOf),
        ...act.jobs.map(sizeOf),
        ...act.cards.filter(now).map(() => 100),
      ],
      updates: act.changes.filter((c) => 'update' in c).map((c) => sizeOf(c.set)),
    })),
    next: n.next.map(plain),
  });
  return plain(node);
}
