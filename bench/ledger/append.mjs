import { setTimeout as pause } from 'node:timers/promises';
import { CLOCK } from '../../dist/main/clock.js';
import { connect } from '../../dist/store/connect.js';
import { makeSequencer } from '../../dist/store/sequencer.js';
import { at } from '../lib/results.mjs';
import { makeTasks, moveOn } from './moves.mjs';

const CONNECTIONS = 16;

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
 * State, entry and outbox in one act at 16 connections, in turns with a plain insert of the entry's bytes into a table
 * with nothing but a key. Which goes first changes every round.
 */
export async function appends(ground, { client, person, acts, rounds, say }) {
  const owner = connect(ground.owner, 1);
  const house = connect(ground.url, CONNECTIONS);
  const bare = connect(ground.bareUrl, CONNECTIONS);
  try {
    const tasks = await makeTasks(owner, { client, person, count: CONNECTIONS });
    await bare`create table bare_entry (id bigint generated always as identity primary key, body bytea not null)`;
    await moveOn(house, tasks[0]);
    const [{ body }] = await owner`select body from entry order by id desc limit 1`;
    const runs = {
      act: () => drive(acts, (worker) => moveOn(house, tasks[worker])),
      plain: () => drive(acts, () => bare`insert into bare_entry (body) values (${body})`),
    };
    for (const run of Object.values(runs)) await run();
    const measured = { act: [], plain: [], bytes: body.length };
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
    let done = 0;
    const written = drive(acts, async (worker) => {
      const entry = await moveOn(house, tasks[worker]);
      sequencer.wake();
      if ((done += 1) % EVERY === 0) open.set(entry, performance.now());
    });
    const ended = written.finally(() => (done = Number.NaN));
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
