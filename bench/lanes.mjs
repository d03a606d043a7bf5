import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { asked } from './lanes/asked.mjs';
import { bareCalls, inTurns, MEASURED, openStandIn, shippedLanes } from './lanes/calls.mjs';
import { openDesk } from './lanes/desk.mjs';
import { breakAndMend, holdAndResume } from './lanes/held.mjs';
import { at, ms } from './lib/results.mjs';
import { openGround } from './lib/ground.mjs';

const FULL = {
  waves: { 1: 600, 16: 100 },
  warm: 5,
  worked: { 1: 150, 16: 20 },
  streams: 20,
  rounds: 3,
  holds: 20,
  breaks: 10,
};
const QUICK = {
  waves: { 1: 2, 16: 1 },
  warm: 0,
  worked: { 1: 1, 16: 1 },
  streams: 2,
  rounds: 1,
  holds: 1,
  breaks: 1,
};
const TARGET = { callMs: 2, storedMs: 12 };

/**
 * What a lane costs beside its vendor's client, alone and at 16 at once; what the whole job costs with its entries
 * committed; the memory of long streams; how long held work takes to go on; and how quickly a lane that fails is left alone.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, rounds, say = () => undefined, server = {} }) {
  const usual = quick ? QUICK : FULL;
  const size = { ...usual, rounds: rounds ?? usual.rounds };
  const standIn = await openStandIn();
  const ground = await openGround(server).catch(async (thrown) => {
    await standIn.stop();
    throw thrown;
  });
  try {
    const calls = await plainCalls(standIn.urls, { size, say });
    const stored = await storedCalls(standIn.urls, { ground, size, say });
    const memory = await memoryOf(standIn.urls, { size, say });
    const held = await holdAndResume({ ground, size, say });
    const broken = await breakAndMend(standIn.urls, { ground, size, say });
    return told({ calls, stored, memory, held, broken, size });
  } finally {
    await standIn.stop();
    await ground.close();
  }
}

async function plainCalls(urls, { size, say }) {
  const lanes = shippedLanes(urls);
  const bare = bareCalls(urls);
  const measured = [];
  try {
    for (const lane of MEASURED)
      for (const atOnce of [1, 16]) {
        const sides = { bare: () => bare[lane](asked()), ours: () => lanes[lane].run(asked()) };
        const took = await inTurns(sides, { waves: size.waves[atOnce], warm: size.warm, atOnce });
        measured.push(compared(lane, atOnce, took));
        say(saying(measured.at(-1)));
      }
  } finally {
    for (const lane of MEASURED) await lanes[lane].close();
  }
  return measured;
}

/** The job of a lane on queued tasks, and the same request by the bare client, in turns. */
async function storedCalls(urls, { ground, size, say }) {
  const lanes = shippedLanes(urls);
  const bare = bareCalls(urls);
  let request = asked();
  const called = [];
  const run = async (asks) => {
    request = asks;
    const began = performance.now();
    const result = await lanes.local.run(asks);
    called.push(performance.now() - began);
    return result;
  };
  const desk = await openDesk(ground, { ...lanes, local: { ...lanes.local, run } });
  const measured = [];
  try {
    for (const atOnce of [1, 16]) {
      const waves = size.worked[atOnce];
      const warm = Math.min(size.warm, 2);
      const left = await desk.queue((waves + warm) * atOnce);
      desk.spent.length = 0;
      called.length = 0;
      const sides = { bare: () => bare.local(request), ours: () => desk.work(left.pop()) };
      const took = await inTurns(sides, { waves, warm, atOnce });
      const perTask = desk.spent.length / ((waves + warm) * atOnce);
      const one = compared('local, whole job', atOnce, took);
      measured.push({ ...one, perTask, commitMs: at(desk.spent), callMs: at(called) });
      say(`${saying(one)}; ${perTask.toFixed(1)} commits of ${ms(at(desk.spent))}`);
    }
  } finally {
    await desk.close();
    await lanes.local.close();
  }
  return measured;
}

/** Both sides in the middle and at the tail; `parts` is what ours took more at p50 in each fifth of the run. */
function compared(what, atOnce, { bare, ours }) {
  const side = (all) => ({ p50: at(all), p99: at(all, 0.99), calls: all.length });
  const fifth = Math.ceil(bare.length / 5);
  const starts = Array.from({ length: Math.ceil(bare.length / fifth) }, (_, n) => n * fifth);
  const p50 = (all, from) => at(all.slice(from, from + fifth));
  const [b, o] = [side(bare), side(ours)];
  return {
    what,
    atOnce,
    bare: b,
    ours: o,
    over50: o.p50 - b.p50,
    over99: o.p99 - b.p99,
    parts: starts.map((from) => p50(ours, from) - p50(bare, from)),
  };
}

async function memoryOf(urls, { size, say }) {
  const measured = [];
  for (const lane of MEASURED) {
    const growth = { bare: [], ours: [] };
    for (let round = 0; round < size.rounds; round += 1)
      for (const side of round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare'])
        growth[side].push((await streamsIn(side, lane, { urls, size })).growth);
    measured.push({ lane, bare: at(growth.bare), ours: at(growth.ours), growth });
    say(
      `${lane}, ${size.streams} streams: ${mb(at(growth.bare))} bare, ${mb(at(growth.ours))} ours`,
    );
  }
  return measured;
}

/** One measurement in a process of its own. */
async function streamsIn(side, lane, { urls, size }) {
  const file = fileURLToPath(new URL('./lanes/memory.mjs', import.meta.url));
  const args = [side, lane, String(size.streams), JSON.stringify(urls)];
  const child = fork(file, args, { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that measures memory ended with ${code}.`);
  });
  ended.catch(() => undefined);
  const [measured] = await Promise.race([once(child, 'message'), ended]);
  return measured;
}

const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const met = (is) => (is ? 'met' : 'missed');
const saying = ({ what, atOnce, bare, ours }) =>
  `${what}, ${atOnce} at once: p50 ${ms(bare.p50)} bare, ${ms(ours.p50)} ours; p99 ${ms(bare.p99)} and ${ms(ours.p99)}`;

/** Where the time of a job goes; the call is inside it, so the middles do not add up to the last digit. */
const partsOf = ({ atOnce, ours, perTask, commitMs, callMs }) =>
  `${atOnce} at once: of ${ms(ours.p50)} the commits are ${ms(perTask * commitMs)} and the call on the lane ${ms(callMs)}; the rest reads, composes, encrypts and counts.`;

function told({ calls, stored, memory, held, broken, size }) {
  const row = (one) => [
    one.what,
    String(one.atOnce),
    ms(one.bare.p50),
    ms(one.ours.p50),
    ms(one.over50),
    ms(one.bare.p99),
    ms(one.ours.p99),
    ms(one.over99),
  ];
  const judged = (all, most) =>
    all
      .map(
        ({ what, atOnce, over50, parts }) =>
          `${what}, ${atOnce} at once, ${ms(over50)} (${ms(at(parts, 0))} to ${ms(at(parts, 1))} in the fifths of the run): ${met(over50 < most)}`,
      )
      .join('; ');
  return {
    title: 'A call on a lane beside its vendor’s own client, and what an attempt adds',
    how:
      'Both call the same stand-in server (a process of its own) with the same words, schema and settings and take turns, wave by wave; ' +
      'an answer is 2 KB in 13 pieces. Bare is one streamed call of the client (ollama 0.6.4, @anthropic-ai/sdk 1.12.0), gathered to text and usage. ' +
      'The whole job is the shipped job of a lane on a queued task, in real Postgres with fsync: health, material, the entry before, ' +
      'the call, the answer read, the cost, the draft kept encrypted, and the entry after; the next card is only asked for.',
    columns: ['', 'at once', 'bare p50', 'ours p50', 'over', 'bare p99', 'ours p99', 'over'],
    rows: [...calls, ...stored].map(row),
    says: [
      `Target without the store: under ${TARGET.callMs} ms more at p50. ${judged(calls, TARGET.callMs)}.`,
      `Target with both entries committed: under ${TARGET.storedMs} ms more at p50. ${judged(stored, TARGET.storedMs)}. ` +
        `A job makes ${stored[0].perTask.toFixed(1)} commits. ${stored.map(partsOf).join(' ')} ` +
        `At 16 at once all wait for the same processors and one disk: ${ms(stored[1].over50 / 16)} of the machine for each task.`,
      `Memory with ${size.streams} streams of 200 KB at once, the peak above one call alone, in a fresh process each, middle of ${size.rounds}: ` +
        `${memory.map((one) => `${one.lane} ${mb(one.bare)} bare, ${mb(one.ours)} ours`).join('; ')}.`,
      `A lane whose server is gone: the task is held ${ms(held.held)} after its job began; once the server is back a sweep lets it go on in ${ms(held.resumed)} ` +
        `and it is worked in ${ms(held.worked)} (middle of ${size.holds}). The sweep comes each minute and health is remembered for 5 s: that is what a person waits for.`,
      `A lane that fails ${broken.faults} times in a row: the job of the last failure writes it down and leaves the lane alone in ${ms(broken.opened)}; a task behind it is held, without a call, in ${ms(broken.held)}. ` +
        `When its pause of ${broken.firstPauseMs / 1000} s is over and it is well, one task has tried it after ${ms(broken.tried)}, and all ${broken.tasks} are worked, one after another, after ${ms(broken.worked)} (middle of ${size.breaks}).`,
    ],
    raw: { calls, stored, memory, held, broken },
  };
}
