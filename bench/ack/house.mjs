import { join } from 'node:path';
import { readConfig } from '../../dist/config.js';
import { LANES } from '../../dist/core/lane.js';
import { found } from '../../dist/flow/found.js';
import { runJob } from '../../dist/flow/jobs.js';
import { verbsOf, worldOf } from '../../dist/main.js';
import { openBase } from '../../dist/main/base.js';
import { CLOCK } from '../../dist/main/clock.js';
import { makeCourtesy } from '../../dist/main/courtesy.js';
import { openFront } from '../../dist/main/front.js';
import { startWorkers } from '../../dist/main/workers.js';
import { makeOutbox } from '../../dist/store/outbox.js';
import { EXACT, makeLanes } from '../orchestration/ends.mjs';

const OWNER = 'U0OWNER';
const CHANNEL = 'C0PRACTICE';

/**
 * AIOS with its real front, workspace and Bolt, as main.ts joins it; its lanes answer after `laneMs`. A `deaf` one has
 * no sockets of its own, so that another app can listen in the same workspace.
 */
export async function openFullHouse({ owner, folder, keys, laneMs, deaf = false }) {
  const closers = [];
  const late = {};
  const logged = [];
  const log = (sentence) => void logged.push(sentence);
  const config = readConfig({
    AIOS_HOME: join(folder, 'ack-home'),
    AIOS_KEYS: keys ?? join(folder, 'ack-keys'),
    AIOS_PORT: '0',
    AIOS_TIME_ZONE: 'Europe/Berlin',
    DATABASE_URL: owner,
  });
  const keep = (close) => void closers.push(close);
  const base = await openBase({ config, log, keep, wake: () => late.workers?.wake() });
  const front = await openFront({ base, log }, () => late.verbs);
  keep(front.close);
  const wait = () => new Promise((resolve) => setTimeout(resolve, laneMs));
  const busy = { wanted: 0, pressed: new Set() };
  const slack = runningSome(front.room.slack, busy, late);
  const world = {
    ...worldOf(base, { ...front.room, slack }),
    lanes: makeLanes(LANES, wait),
    exact: EXACT,
  };
  await found(world, base.origin);
  const courtesy = makeCourtesy();
  late.verbs = verbsOf(world, courtesy);
  if (!deaf) {
    const outbox = makeOutbox(base.sql);
    const run = (job, signal) => runJob(world, job, signal);
    late.workers = await startWorkers({ base, outbox, log, run, quiet: courtesy.quiet });
    keep(late.workers.close);
    await settle(late.verbs, front.room.team);
    base.ledger.start();
    await front.room.start();
  }
  const { human } = front.workspace;
  const mention = (text) =>
    human.say({ as: OWNER, channel: CHANNEL, text: `<@${front.workspace.botUserId}> ${text}` });
  return {
    workspace: front.workspace,
    human,
    logged,
    mention,
    /** Requests on record. */
    requests: async () => (await base.sql`select count(*)::int as n from request`)[0].n,
    /** Starts so many tasks, and returns when they are under way. */
    keepBusy: async (tasks) => {
      busy.wanted = tasks;
      for (let n = 0; n < tasks; n += 1)
        await mention(`Write a blog post of 300 words about chair number ${n}`);
      while (busy.pressed.size < tasks) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

/** Presses Run on the first plans, at once. */
function runningSome(slack, busy, late) {
  return {
    ...slack,
    post: async (message, to) => {
      const placed = await slack.post(message, to);
      if (message.is === 'plan' && busy.pressed.size < busy.wanted) {
        busy.pressed.add(message.card);
        await late.verbs.press({ card: message.card, verb: 'run', team: '', user: OWNER });
      }
      return placed;
    },
  };
}

async function settle(verbs, team) {
  const say = async (text) => {
    const eventId = CLOCK.newId();
    const reply = await verbs.command({ team, channel: CHANNEL, user: OWNER, text, eventId });
    if (!reply.ok) throw new Error(reply.lines.join(' '));
  };
  await say('client new bench "Bench"');
  await say('client bind this bench --audience practice');
  await say('client set bench cloud allowed');
}
