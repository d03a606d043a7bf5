import { Fault } from '../../dist/core/fault.js';
import { makeLocalLane } from '../../dist/lanes/local.js';
import { at, ms } from '../lib/results.mjs';
import { openStandIn, shippedLanes } from './calls.mjs';
import { openDesk } from './desk.mjs';

/** A server that is really gone: the task is held; the server is back: the sweep lets it go on and it is worked. */
export async function holdAndResume({ ground, size, say }) {
  const first = await openStandIn();
  const { ollamaUrl } = first.urls;
  const lane = makeLocalLane({ host: ollamaUrl, model: 'rehearsal-local', rehearsal: true });
  const desk = await openDesk(ground, { ...shippedLanes(first.urls), local: lane });
  const took = { held: [], resumed: [], worked: [] };
  let now = first;
  try {
    for (const id of await desk.queue(size.holds)) {
      await now.stop();
      took.held.push(await until(desk, { id, state: 'held', run: () => desk.work(id) }));
      now = await openStandIn(new URL(ollamaUrl).port);
      took.resumed.push(await until(desk, { id, state: 'queued', run: desk.sweep }));
      took.worked.push(await until(desk, { id, state: 'reviewing', run: () => desk.work(id) }));
    }
  } finally {
    await now.stop();
    await desk.close();
    await lane.close();
  }
  const middle = middleOf(took);
  say(
    `held after ${ms(middle.held)}, let go on in ${ms(middle.resumed)}, worked in ${ms(middle.worked)}`,
  );
  return { ...middle, took };
}

/** Tasks behind those with which a lane fails. */
const BEHIND = 4;

/**
 * A lane that fails as often in a row as the rules allow, each time with another task: how long until it is left alone, until
 * a task behind it is held without a call, and, once its pause is over and it is well, until one task has tried it and
 * until all of them are worked.
 */
export async function breakAndMend(urls, { ground, size, say }) {
  const lanes = shippedLanes(urls);
  const server = { isDown: false };
  const run = (request) => {
    if (server.isDown)
      throw new Fault('unavailable', 'The bench lets this lane fail.', { retry: true });
    return lanes.local.run(request);
  };
  const desk = await openDesk(ground, { ...lanes, local: { ...lanes.local, run } });
  const took = { opened: [], held: [], tried: [], worked: [] };
  try {
    for (let round = 0; round < size.breaks; round += 1) {
      const ids = await desk.queue(desk.breaker.faults + BEHIND);
      server.isDown = true;
      await breakIt(desk, ids, took);
      server.isDown = false;
      desk.pass(desk.breaker.firstPauseMs);
      await mend(desk, ids, took);
    }
  } finally {
    await desk.close();
    await lanes.local.close();
  }
  const middle = middleOf(took);
  say(
    `breaker: opened in ${ms(middle.opened)}, held behind it in ${ms(middle.held)}, tried in ${ms(middle.tried)}, all worked in ${ms(middle.worked)}`,
  );
  return { ...middle, took, ...desk.breaker, tasks: desk.breaker.faults + BEHIND };
}

async function breakIt(desk, ids, { opened, held }) {
  const { faults } = desk.breaker;
  for (const [n, id] of ids.entries()) {
    const state = n < faults - 1 ? 'queued' : 'held';
    const ended = await until(desk, { id, state, run: () => desk.work(id) });
    if (n === faults - 1) opened.push(ended);
    if (n >= faults) held.push(ended);
  }
}

/** The task that was held first tries the lane; the others follow. */
async function mend(desk, ids, { tried, worked }) {
  const first = ids[desk.breaker.faults - 1];
  const began = performance.now();
  await desk.resume('local');
  await desk.work(first);
  tried.push(performance.now() - began);
  await desk.resume('local');
  for (const id of ids.filter((one) => one !== first)) await desk.work(id);
  worked.push(performance.now() - began);
  for (const id of ids) await until(desk, { id, state: 'reviewing', run: async () => undefined });
}

const middleOf = (took) =>
  Object.fromEntries(Object.entries(took).map(([name, all]) => [name, at(all)]));

async function until(desk, { id, state, run }) {
  const began = performance.now();
  await run();
  const ended = performance.now() - began;
  const is = await desk.stateOf(id);
  if (is !== state) throw new Error(`Expected the task ${state}, got ${is}.`);
  return ended;
}
