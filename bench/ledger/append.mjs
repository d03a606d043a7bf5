import { setTimeout as pause } from 'node:timers/promises';
import { CLOCK } from '../../dist/main/clock.js';
import { connect } from '../../dist/store/connect.js';
import { makeSequencer } from '../../dist/store/sequencer.js';
import { at } from '../lib/results.mjs';
import { makeTasks, moveOn } from './moves.mjs';

const CONNECTIONS = 16;

/** Each worker has tasks of its own and moves them one after the other, for ever: nobody is in another's way. */
function inTurn(tasks) {
  const turns = Array.from({ length: CONNECTIONS }, () => 0);
  const each = Math.floor(tasks.length / CONNECTIONS);
  return (worker) => tasks[worker * each + (turns[worker]++ % each)];
}

/** The columns of an entry without what the database makes of them, its indexes, its guards and its references. */
const BARE_ENTRY = `create table bare_entry (
  id bigint generated always as identity primary key, entry_id uuid not null, type text not null, at timestamptz not null,
  client_id uuid, request_id uuid, task_id uuid, attempt_id uuid, actor_kind text not null, actor_id text not null, lane text,
  model text, persona text, rule text, from_state text, to_state text, draft_sha256 text, cost_nano bigint, minutes integer,
  body bytea not null)`;

/** The row that was written last, under the names of its columns. */
async function lastEntry(sql) {
  const [{ row, body }] = await sql`
    select to_jsonb(e) - 'id' - 'leaf' - 'body' as row, body from entry e order by id desc limit 1`;
  return { ...row, at: Date.parse(row.at), body };
}

/** Runs `act` so many times over all connections at once; gives how many a second, and each one's time in ms. */
async function drive(count, act) {
  const times = [];
  let left = count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, worker) => {
      while ((left -= 1) >= 0) {
        const start = performance.now();
        await act(worker);
        times.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { count, perSecond: count / seconds, p50: at(times), p99: at(times, 0.99) };
}

/**
 * State, entry and outbox in one act at 16 connections, in turns with a plain insert of the same entry into a table with
 * nothing but a key. Which goes first changes every round. Many tasks are moved, as in life: a few that are moved
 * thousands of times would measure the dead rows they leave.
 */
export async function appends(ground, { client, person, acts, moved, rounds, say }) {
  const owner = connect(ground.owner, 1);
  const house = connect(ground.url, CONNECTIONS);
  const bare = connect(ground.bareUrl, CONNECTIONS);
  try {
    const tasks = await makeTasks(owner, { client, person, count: moved });
    await bare.unsafe(BARE_ENTRY);
    const next = inTurn(tasks);
    await moveOn(house, next(0));
    const row = await lastEntry(owner);
    const runs = {
      act: () => drive(acts, (worker) => moveOn(house, next(worker))),
      plain: () => drive(acts, () => bare`insert into bare_entry ${bare(row)}`),
    };
    for (const run of Object.values(runs)) await run();
    const measured = { act: [], plain: [], bytes: row.body.length };
    for (let round = 0; round < rounds; round += 1)
      for (const name of round % 2 === 0 ? ['plain', 'act'] : ['act', 'plain']) {
        const one = await runs[name]();
        measured[name].push(one);
        say(
          `round ${round + 1}, ${name}: ${one.perSecond.toFixed(0)}/s, p99 ${one.p99.toFixed(1)} ms`,
        );
      }
    return { ...measured, tasks };
  } finally {
    await Promise.all([owner.end(), house.end(), bare.end()]);
  }
}

/** How often the log is looked at while entries are waited for, ms: the figures are at most so much too large. */
const LOOK_MS = 5;
const EVERY = 20;

/**
 * How long an entry waits from the end of its commit until a signed checkpoint of its log covers it, while 16
 * connections write as fast as they can in the same process. Every twentieth entry is watched.
 */
export async function lags(ground, { tasks, acts, folder }) {
  const [owner, signing, house] = [
    connect(ground.owner, 1),
    connect(ground.urls.sequencer, 2),
    connect(ground.url, CONNECTIONS),
  ];
  const sequencer = makeSequencer({ sql: signing, folder, clock: CLOCK, log: () => undefined });
  const open = new Map();
  const seen = [];
  try {
    sequencer.start();
    const next = inTurn(tasks);
    let done = 0;
    const written = drive(acts, async (worker) => {
      const entry = await moveOn(house, next(worker));
      sequencer.wake();
      if ((done += 1) % EVERY === 0) open.set(entry, performance.now());
    });
    // Nothing is waited for once writing has failed.
    const ended = written.finally(() => (done = Number.NaN));
    ended.catch(() => open.clear());
    while (!Number.isNaN(done) || open.size > 0) {
      await watch(owner, open, seen);
      await pause(LOOK_MS);
    }
    const { waiting, trouble } = await sequencer.state();
    return { ...(await ended), lags: seen, waiting, trouble };
  } finally {
    await sequencer.close();
    await Promise.all([owner.end(), signing.end(), house.end()]);
  }
}

async function watch(sql, open, seen) {
  const rows = await sql`
    select e.entry_id from entry e join leaf l on l.entry_id = e.id
    where e.entry_id = any(${[...open.keys()]}::uuid[])
      and l.idx < (select max(size) from checkpoint c where c.log_id = l.log_id)`;
  const now = performance.now();
  for (const { entryId } of rows) {
    seen.push(now - open.get(entryId));
    open.delete(entryId);
  }
}
