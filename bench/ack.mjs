import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { openFullHouse } from './ack/house.mjs';
import { openGround } from './lib/ground.mjs';
import { at } from './lib/results.mjs';

const FULL = { mentions: 500, withinMs: 1000, busy: 20, laneMs: 2000, rounds: 3 };
const QUICK = { mentions: 3, withinMs: 30, busy: 1, laneMs: 100, rounds: 1 };
const TARGET_MS = 300;

/**
 * Mentions through the local workspace's Socket Mode and Bolt, workers saturated; against a Bolt handler that does
 * nothing but acknowledge, on the same workspace. Each mention is then sent three times more.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, rounds, say = () => undefined, server = {} }) {
  const usual = quick ? QUICK : FULL;
  const size = { ...usual, rounds: rounds ?? usual.rounds };
  const measured = [];
  for (let n = 1; n <= size.rounds; n += 1) {
    for (const { name, run } of [
      { name: 'AIOS', run: aios },
      { name: 'bare Bolt', run: bolt },
    ]) {
      const one = await run(size, server);
      measured.push({ name, ...one });
      say(
        `round ${n}, ${name}: p50 ${at(one.first).toFixed(0)} ms, p99 ${at(one.first, 0.99).toFixed(0)} ms, ${one.unacked} unacknowledged`,
      );
    }
  }
  const ms = (name, part, which) => {
    const all = measured.filter((m) => m.name === name).map((m) => at(m[which], part));
    return `${at(all).toFixed(0)} ms`;
  };
  const ours = measured.filter((m) => m.name === 'AIOS');
  const row = (name, lost, doubled) => [
    name,
    ms(name, 0.5, 'first'),
    ms(name, 0.99, 'first'),
    ms(name, 0.99, 'again'),
    lost,
    doubled,
  ];
  const sum = (of) => String(ours.reduce((total, one) => total + of(one), 0));
  return {
    title: `Acknowledging ${size.mentions} mentions in one second with the workers busy`,
    how:
      `${size.mentions} mentions sent evenly within ${size.withinMs} ms over the local workspace's two sockets to real ` +
      `Bolt; time from the sending of an envelope to its acknowledgement, on the workspace's side. Before, ${size.busy} ` +
      `tasks were started whose lanes take ${size.laneMs} ms each, so that lanes are saturated; plans are made and cards ` +
      `posted all along. A mention in a channel comes as two events, as in Slack; both count. Then the latest 500 events are sent three times more, 500 at once. Middle of ${size.rounds} rounds, in turns.`,
    columns: ['', 'p50', 'p99', 'p99 sent again', 'lost', 'doubled'],
    rows: [
      row(
        'AIOS',
        sum((one) => size.mentions - one.stored),
        sum((one) => one.after - one.stored),
      ),
      row('bare Bolt', '-', '-'),
    ],
    says: [
      `Target: p99 at most ${TARGET_MS} ms, none lost (a request in Postgres for each mention), none doubled. The ` +
        'workspace runs in the same process as AIOS, as in `npm start`.',
    ],
    raw: measured,
  };
}

async function aios(size, server) {
  const ground = await openGround(server);
  const house = await openFullHouse({ ...ground, laneMs: size.laneMs });
  try {
    await house.keepBusy(size.busy);
    const before = await house.requests();
    const flood = await burst(house, size);
    const stored = (await house.requests()) - before;
    const again = await repeat(house.human, flood.eventIds);
    const after = (await house.requests()) - before;
    return { ...merged(flood, again), stored, after };
  } finally {
    await house.close();
    await ground.close();
  }
}

async function bolt(size, server) {
  const ground = await openGround(server);
  const house = await openFullHouse({ ...ground, laneMs: size.laneMs, deaf: true });
  const quiet = {
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: house.workspace.apiUrl },
  };
  const receivers = [1, 2].map(
    () =>
      new SocketModeReceiver({
        appToken: house.workspace.appToken,
        logLevel: LogLevel.ERROR,
        installerOptions: { clientOptions: quiet.clientOptions },
      }),
  );
  const app = new App({ ...quiet, token: house.workspace.botToken, receiver: receivers[0] });
  receivers[1].init(app);
  app.event('app_mention', async () => undefined);
  app.event('message', async () => undefined);
  try {
    await Promise.all(receivers.map((receiver) => receiver.start()));
    const flood = await burst(house, size);
    return merged(flood, await repeat(house.human, flood.eventIds));
  } finally {
    await Promise.all(receivers.map((receiver) => receiver.client.disconnect()));
    await house.close();
    await ground.close();
  }
}

const merged = (flood, again) => ({
  first: flood.took,
  again: again.took,
  unacked: flood.unacked + again.unacked,
});

/** Sends the mentions at an even pace and waits for every acknowledgement. */
async function burst({ human, mention }, { mentions, withinMs }) {
  const before = new Set(human.faults.eventIds());
  const heard = await timed(human, async () => {
    const began = performance.now();
    const sent = [];
    for (let n = 0; n < mentions; n += 1) {
      await until(began + (n * withinMs) / mentions);
      sent.push(mention(`Write a blog post of 300 words about desk number ${n}`));
    }
    await Promise.all(sent);
  });
  return { ...heard, eventIds: human.faults.eventIds().filter((id) => !before.has(id)) };
}

/** Sends every event three times more. */
async function repeat(human, eventIds) {
  return timed(human, async () => {
    for (let n = 0; n < 3; n += 1)
      await Promise.all(eventIds.map((id) => human.faults.redeliver(id)));
  });
}

/** Milliseconds from the sending of each event to its acknowledgement, until all that were sent are acknowledged. */
async function timed(human, send) {
  const open = new Map();
  const took = [];
  let unacked = 0;
  let settled = () => undefined;
  const stop = human.listen((notice) => {
    if (notice.type !== 'events_api') return;
    if (notice.is === 'sent') open.set(notice.envelope, performance.now());
    if (notice.is === 'unacked') unacked += 1;
    if (notice.is !== 'acked') return;
    took.push(performance.now() - open.get(notice.envelope));
    open.delete(notice.envelope);
    if (open.size === 0) settled();
  });
  await send();
  if (open.size > 0) await new Promise((resolve) => (settled = resolve));
  stop();
  return { took, unacked };
}

async function until(time) {
  const ms = time - performance.now();
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
