import { Queue, Worker, createPostgresBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUES } from '../../dist/flow/ports/queue.js';
import { jobOptions, workerOptions } from '../../dist/queue/backend.js';
import { SCHEMA } from '../../dist/queue/migrate.js';
import { AT_ONCE } from '../../dist/queue/serve.js';
import { connect } from '../../dist/store/connect.js';
import { POOL } from './house.mjs';

const OPTIONS = jobOptions({ attempts: 5, backoffMs: 1_000 });
const WORKER = { lockDurationMs: 30_000 };

/**
 * The floor: BullMQ and inserts, nothing else. Repeats a traced walk: the same commits of the same bytes into tables
 * without rules, the same hops over the same queues with the same concurrency. No reads, no checks, no keys, no words.
 */
export async function openBare({ bareUrl, redisUrl, tree }) {
  const sql = connect(bareUrl, POOL);
  await sql.unsafe(
    'create table if not exists bare_entry (id bigint generated always as identity primary key, body bytea);' +
      'create table if not exists bare_row (id bigint generated always as identity primary key, body bytea);' +
      'create table if not exists bare_state (id text primary key, body bytea)',
  );
  const nodes = flat(tree);
  const walks = new Map();
  const counted = { commits: 0, marks: 0, jobs: 0 };
  /** How many commits of marks go with one job: set to what AIOS took for it. */
  const pace = { marks: 0, owed: 0 };
  const backend = redisUrl === undefined ? postgresQueues(bareUrl) : redisQueues(redisUrl);
  let walked = 0;

  const play = async (walk, node) => {
    for (const write of node.writes) {
      await sql.begin((tx) => writeAll(tx, walk, write));
      counted.commits += 1;
    }
    for (const next of node.next) {
      if (next.queue === null) track(walk, play(walk, next));
      else {
        const id = `${walk}.${nodes.indexOf(next)}`;
        await backend.queues[next.queue].add(next.name, { id }, { jobId: `job_${id}` });
      }
    }
  };
  const mark = async (walk) => {
    pace.owed += pace.marks;
    for (; pace.owed >= 1; pace.owed -= 1) {
      await sql`update bare_state set body = ${Buffer.alloc(64)} where id = ${walk}`;
      counted.marks += 1;
    }
  };
  const track = (walk, promise) => promise.catch((thrown) => walks.get(walk)?.reject(thrown));
  const work = async ({ data }) => {
    const [walk, index] = data.id.split('.');
    await play(walk, nodes[Number(index)]);
    await mark(walk);
    counted.jobs += 1;
    const open = walks.get(walk);
    open.left -= 1;
    if (open.left === 0) open.resolve();
  };
  const workers = QUEUES.map((name) => backend.worker(name, work));
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    counted,
    pace,
    walk: async () => {
      const walk = `${process.pid}-${(walked += 1)}`;
      await sql`insert into bare_state (id, body) values (${walk}, ${Buffer.alloc(64)})`;
      const left = nodes.filter((node) => node.queue !== null).length;
      const done = new Promise((resolve, reject) => walks.set(walk, { left, resolve, reject }));
      track(walk, play(walk, tree));
      await done;
      walks.delete(walk);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await backend.close();
      await sql.end({ timeout: 5 });
    },
  };
}

function flat(node) {
  return [node, ...node.next.flatMap(flat)];
}

/** All at once down one connection, as the store does it. */
async function writeAll(tx, walk, { entries, inserts, updates }) {
  const bodies = (list) => list.map((body) => ({ body }));
  const all = [];
  if (entries.length > 0) all.push(tx`insert into bare_entry ${tx(bodies(entries))}`.execute());
  for (const size of inserts)
    all.push(tx`insert into bare_row (body) values (${Buffer.alloc(size, 1)})`.execute());
  for (const size of updates)
    all.push(
      tx`update bare_state set body = ${Buffer.alloc(size, 1)} where id = ${walk}`.execute(),
    );
  await Promise.all(all);
}

/** Postgres, with the very connections AIOS takes. */
function postgresQueues(url) {
  const made = withBackend(createPostgresBackend);
  const connection = (max) => ({
    connectionString: url,
    schema: SCHEMA,
    max,
    options: '-c synchronous_commit=off',
  });
  const queues = mapQueues(
    (name) => new made.Queue(name, { connection: connection(1), defaultJobOptions: OPTIONS }),
  );
  return {
    queues,
    worker: (name, work) =>
      new made.Worker(name, work, {
        connection: connection(2),
        ...workerOptions({ ...WORKER, concurrency: AT_ONCE[name] }),
      }),
    close: () => Promise.all(QUEUES.map((name) => queues[name].close())),
  };
}

function redisQueues(url) {
  const producer = new Redis(url, { maxRetriesPerRequest: 1 });
  const patient = [];
  const queues = mapQueues(
    (name) =>
      new Queue(name, { connection: producer, prefix: '{bare}', defaultJobOptions: OPTIONS }),
  );
  return {
    queues,
    worker: (name, work) => {
      const connection = new Redis(url, { maxRetriesPerRequest: null });
      patient.push(connection);
      return new Worker(name, work, {
        connection,
        prefix: '{bare}',
        ...workerOptions({ ...WORKER, concurrency: AT_ONCE[name] }),
      });
    },
    close: async () => {
      await Promise.all(QUEUES.map((name) => queues[name].close()));
      for (const redis of [producer, ...patient]) redis.disconnect();
    },
  };
}

function mapQueues(make) {
  return Object.fromEntries(QUEUES.map((name) => [name, make(name)]));
}
