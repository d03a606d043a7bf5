import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { LANES } from '../dist/core/lane.js';
import { route } from '../dist/core/route.js';
import { loadLibrary } from '../dist/library/load.js';
import { at } from './lib/results.mjs';
import { otherEngine, plainFor } from './router/other.mjs';
import { longRequests, planOnce } from './router/plan.mjs';
import { factsOf, ruleSet } from './router/sets.mjs';

const SIZES = [60, 500];
const OFFERS = LANES.map((lane, n) => ({ lane, price: n * 1_000_000 }));
const TARGET = { decisions: 100_000, planMs: 5, trainMs: 300 };
const TRAINER = resolve('bench/router/train.mjs');

/**
 * Traced decisions a second at 60 and 500 rules, against json-rules-engine with the same rules and facts in the same
 * process, the planning of a request of 200 words by the shipped rules, and how long their classifier takes to train.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, rounds = quick ? 1 : 7, say = () => undefined }) {
  const { rules } = await loadLibrary(resolve('rules'), resolve('personas'));
  const work = quick
    ? { facts: 40, ours: 400, theirs: 1, plans: 5 }
    : { facts: 400, ours: 40_000, theirs: 1, plans: 300 };
  const sizes = [];
  for (const count of SIZES) sizes.push(await oneSize(rules, { count, rounds, work, say }));
  const plan = planning(rules, { rounds, plans: work.plans });
  say(`a plan of 200 words: p50 ${plan.wall50.toFixed(2)} ms, p99 ${plan.wall99.toFixed(2)} ms`);
  const trained = await training(rounds);
  say(`training the classifier: ${Math.round(at(trained))} ms`);
  return {
    title: 'Decisions of the router, traced, against json-rules-engine',
    how:
      `Made-up lane rules over the shipped kinds, the shipped limits before them, ${work.facts} sets of facts that no limit stops. ` +
      'Ours gives the whole trace: each earlier rule with its first failed condition, the limits, the lanes that lost with their price; ' +
      'json-rules-engine 7.3.1 finds the rule that matches first and nothing else. Both are in one process and take turns, ' +
      `${rounds} rounds, the middle of them. The time is that of the processor (one core), so that other programs on the machine do not count.`,
    columns: ['rules', 'ours, traced', 'json-rules-engine', 'ratio', 'rules tried', 'agreed'],
    rows: sizes.map((one) => [
      String(one.count),
      `${perSecond(one.ours)}/s`,
      `${perSecond(one.theirs)}/s`,
      `${Math.round(one.ours / one.theirs)}x`,
      one.tried.toFixed(1),
      `${one.agreed} of ${one.of}`,
    ]),
    says: [
      `Target: at least ${perSecond(TARGET.decisions)} traced decisions a second at 60 rules: ${met(sizes[0].ours >= TARGET.decisions)}.`,
      `A request of 200 words planned by the shipped rules (split, every piece read and decided; ${plan.pieces.toFixed(1)} pieces on average): ` +
        `p50 ${plan.wall50.toFixed(2)} ms, p99 ${plan.wall99.toFixed(2)} ms by the clock ` +
        `(${plan.p50.toFixed(2)} and ${plan.p99.toFixed(2)} ms of processor time, in which the helper threads of the collector count too). ` +
        `Target: p99 under ${TARGET.planMs} ms: ${met(plan.wall99 < TARGET.planMs)}.`,
      `The classifier trained from the shipped examples, cold, each time in a process of its own: ${Math.round(at(trained))} ms ` +
        `(${Math.round(at(trained, 0))} to ${Math.round(at(trained, 1))}, ${trained.length} times). ` +
        `Target: under ${TARGET.trainMs} ms: ${met(at(trained) < TARGET.trainMs)}.`,
    ],
    raw: { sizes, plan, trained },
  };
}

const perSecond = (n) => Math.round(n).toLocaleString('en-US');
const met = (is) => (is ? 'met' : 'missed');

async function oneSize(shipped, { count, rounds, work, say }) {
  const rules = ruleSet(shipped, count);
  const facts = factsOf(shipped, work.facts);
  const plain = facts.map(plainFor);
  const find = otherEngine(rules);
  let agreed = 0;
  let tried = 0;
  for (const [n, one] of facts.entries()) {
    const decided = route(one, rules, OFFERS);
    tried += decided.trace.tried.length;
    if (decided.is === 'lane' && idOf(decided.rule) === (await find(plain[n]))) agreed += 1;
  }
  const ours = () => {
    for (let n = 0; n < work.ours; n += 1) route(facts[n % facts.length], rules, OFFERS);
    return work.ours;
  };
  const theirs = async () => {
    for (let n = 0; n < work.theirs; n += 1) for (const one of plain) await find(one);
    return work.theirs * plain.length;
  };
  const paired = await inTurns([ours, theirs], rounds);
  const result = { count, ours: at(paired[0]), theirs: at(paired[1]), agreed, of: facts.length };
  say(
    `${count} rules: ${perSecond(result.ours)}/s traced, ${perSecond(result.theirs)}/s json-rules-engine`,
  );
  return { ...result, tried: tried / facts.length, rounds: paired };
}

const idOf = (ref) => /#([^@]*)/.exec(ref)?.[1];

/** Runs both in each round, the one that began last time second; a first round warms up and does not count. */
async function inTurns(sides, rounds) {
  const found = sides.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    const order = sides.map((_, n) => (n + round) % sides.length);
    for (const side of order) {
      const before = process.cpuUsage();
      const done = await sides[side]();
      const rate = done / (cpuMs(before) / 1_000);
      if (round > 0) found[side].push(rate);
    }
  }
  return found;
}

function cpuMs(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** How long the classifier trained, in ms, in one new process after another. */
async function training(rounds) {
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [TRAINER]);
    found.push(Number(stdout));
  }
  return found;
}

/** Each plan by itself; the classifier is trained before, as it is when the program starts. */
function planning(rules, { rounds, plans }) {
  const texts = longRequests(plans);
  for (const text of texts.slice(0, 50)) planOnce(text, rules, OFFERS);
  const cpu = [];
  const wall = [];
  let pieces = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const text of texts) {
      const [before, began] = [process.cpuUsage(), process.hrtime.bigint()];
      pieces += planOnce(text, rules, OFFERS);
      wall.push(Number(process.hrtime.bigint() - began) / 1e6);
      cpu.push(cpuMs(before));
    }
  return {
    p50: at(cpu),
    p99: at(cpu, 0.99),
    wall50: at(wall),
    wall99: at(wall, 0.99),
    pieces: pieces / cpu.length,
    plans: cpu.length,
  };
}
