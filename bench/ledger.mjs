import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CLOCK } from '../dist/main/clock.js';
import { connect } from '../dist/store/connect.js';
import { sequenceNow } from '../dist/store/sequence.js';
import { appends, lags } from './ledger/append.mjs';
import { fill } from './ledger/fill.mjs';
import { stream, trails, verified } from './ledger/reads.mjs';
import { openGround } from './lib/ground.mjs';
import { at } from './lib/results.mjs';

const FULL = {
  entries: 1_000_000,
  clients: 20,
  acts: 8_000,
  moved: 2_000,
  rounds: 5,
  lagActs: 20_000,
  tasks: 300,
};
const QUICK = {
  entries: 500,
  clients: 2,
  acts: 32,
  moved: 32,
  rounds: 1,
  lagActs: 40,
  tasks: 5,
};

/**
 * The record: what an act costs against a plain insert, how long an entry waits for its signature, how fast the record
 * is verified and one task's trail read, at a million entries.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, rounds, say = () => undefined, server = {} }) {
  const usual = quick ? QUICK : FULL;
  const size = { ...usual, rounds: rounds ?? usual.rounds };
  const ground = await openGround(server);
  try {
    return told(size, await measure(ground, size, say));
  } finally {
    await ground.close();
  }
}

async function measure(ground, size, say) {
  const folder = join(ground.folder, 'log');
  await mkdir(folder, { mode: 0o700 });
  const filled = await fill({
    ...size,
    lot: Math.min(1_000, size.entries / 10),
    owner: ground.owner,
  });
  const drain = await drained(ground, folder);
  say(`${filled.written} entries in their logs and signed in ${(drain / 1000).toFixed(1)} s`);
  const trail = await trails(ground, { count: size.tasks });
  say(`trail p50 ${at(trail.times).toFixed(2)} ms, p99 ${at(trail.times, 0.99).toFixed(2)} ms`);
  const { client } = filled.clients[0];
  const one = await verified(ground, { folder, client, rounds: size.rounds });
  say(`one client: ${one.map(({ ms }) => ms.toFixed(0)).join(', ')} ms`);
  const all = await verified(ground, { folder, rounds: Math.min(3, size.rounds) });
  say(`everything: ${all.map(({ perSecond }) => perSecond.toFixed(0)).join(', ')} entries/s`);
  const read = await stream(ground);
  const person = filled.owner;
  const append = await appends(ground, { ...size, client, person, say });
  await drained(ground, folder);
  const lag = await lags(ground, { tasks: append.tasks, acts: size.lagActs, folder });
  say(`lag p50 ${at(lag.lags).toFixed(0)} ms, p99 ${at(lag.lags, 0.99).toFixed(0)} ms`);
  return { written: filled.written, drain, trail, one, all, read, append, lag };
}

/** Puts everything that waits into its log and signs it; how long that took, ms. */
async function drained({ urls }, folder) {
  const sql = connect(urls.sequencer, 2);
  const start = performance.now();
  try {
    await sequenceNow({ sql, folder, clock: CLOCK });
    return performance.now() - start;
  } finally {
    await sql.end();
  }
}

const whole = (value) => Math.round(value).toLocaleString('en-US');
const middle = (runs, of) => at(runs.map(of));

function told(size, measured) {
  const { written, drain, trail, one, all, read, append, lag } = measured;
  const ratio = middle(append.act, (r) => r.perSecond) / middle(append.plain, (r) => r.perSecond);
  const rows = [
    [
      'state + entry + outbox in one act, against a plain insert, 16 connections',
      `${ratio.toFixed(2)} x (${whole(middle(append.act, (r) => r.perSecond))} to ${whole(middle(append.plain, (r) => r.perSecond))} a second)`,
      'at least 0.65 x',
    ],
    [
      'from the commit to a signed checkpoint, p99, under that load',
      `${whole(at(lag.lags, 0.99))} ms (p50 ${whole(at(lag.lags))} ms)`,
      'under 1 s',
    ],
    [
      `verify all of ${whole(written)} entries`,
      `${whole(middle(all, (r) => r.perSecond))} entries a second`,
      'at least 100,000',
    ],
    [
      `verify the log of one client, ${whole(middle(one, (r) => r.entries))} entries`,
      `${(middle(one, (r) => r.ms) / 1000).toFixed(2)} s`,
      'under 0.5 s',
    ],
    [
      `the trail of one task at ${whole(written)} entries, p99`,
      `${at(trail.times, 0.99).toFixed(1)} ms (p50 ${at(trail.times).toFixed(1)} ms)`,
      'under 5 ms',
    ],
  ];
  return {
    title: `The record at ${whole(written)} entries`,
    how:
      `A record of ${size.clients} clients, filled with sound work, put into its logs and signed (${(drain / 1000).toFixed(0)} s). ` +
      `An act is what flow commits when a task moves: the row of the task, guarded by its version and by the triggers, ` +
      `its entry, and a job of the outbox; ${whole(size.moved)} tasks are moved in turn. The plain insert writes the same row ` +
      `of the entry, ${append.bytes} bytes of body and its typed columns, into a table with nothing but a key, in a database beside it. Both run ${whole(size.acts)} times a round, ` +
      `${size.rounds} rounds in turns after one that does not count; the middle of them is told. The lag is that of every ` +
      `twentieth of ${whole(size.lagActs)} such acts, written as fast as 16 connections can in the process that sequences. ` +
      `A trail is read with places and numbers, ${trail.entries.toFixed(0)} entries each, ${size.tasks} tasks one after the other.`,
    columns: ['', 'measured', 'target'],
    rows,
    says: [
      `Beside that: the record is read page by page at ${whole(read.perSecond)} entries a second (${whole(read.bytes / 1e6)} MB); ` +
        `acts have p99 ${middle(append.act, (r) => r.p99).toFixed(0)} ms, plain inserts ${middle(append.plain, (r) => r.p99).toFixed(0)} ms.`,
    ],
    raw: measured,
  };
}
