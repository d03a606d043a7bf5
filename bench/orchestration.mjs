import { hasRedis, openGround, openRedis } from './lib/ground.mjs';
import { at } from './lib/results.mjs';
import { openBare } from './orchestration/bare.mjs';
import { openHouse } from './orchestration/house.mjs';

const FULL = { rounds: 7, tasks: 120, warm: 60, idle: 25, inFlight: 16 };
const QUICK = { rounds: 1, tasks: 3, warm: 1, idle: 1, inFlight: 2 };

/**
 * The whole walk of a task with ends that take no time, against the bare loop, in turns.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({
  quick = false,
  rounds,
  say = () => undefined,
  server = {},
  redis = hasRedis(),
}) {
  const usual = quick ? QUICK : FULL;
  const size = { ...usual, rounds: rounds ?? usual.rounds };
  const backends = redis ? ['Postgres', 'Redis'] : ['Postgres'];
  const measured = [];
  for (const backend of backends) measured.push(await onBackend(backend, { size, say, server }));
  return {
    title: 'Orchestration: the walk of a task against bare BullMQ and inserts',
    how:
      `One request from the first word to its delivery (hear, plan, Run, work, review, Approve, deliver, all cards), ` +
      `lanes, checks and Slack answering at once; against the same commits of the same bytes and the same jobs with ` +
      `nothing else around them. ${size.rounds} rounds of ${size.tasks} tasks each, in turns, ${size.inFlight} in flight. ` +
      `Postgres as it ships (fsync on). Idle: one task at a time.`,
    columns: [
      'queue',
      'AIOS tasks/s',
      'bare tasks/s',
      'ratio',
      'commits/task',
      'jobs/task',
      'AIOS idle p50',
      'bare idle p50',
    ],
    rows: measured.map((m) => [
      m.backend,
      m.house.toFixed(1),
      m.bare.toFixed(1),
      m.ratio.toFixed(2),
      `${m.commits.toFixed(1)} (${m.acts.toFixed(1)} + ${m.marks.toFixed(1)})`,
      m.jobs.toFixed(1),
      `${m.idleHouse.toFixed(0)} ms`,
      `${m.idleBare.toFixed(0)} ms`,
    ]),
    says: [
      'Ratio: median over the rounds of AIOS by bare of the same round; target 0.8. Commits: acts of the record, plus ' +
        'marks of the outbox (sent, done), counted in flight; the bare loop makes as many.',
      ...(redis ? [] : ['No redis-server on this machine: measured on Postgres alone.']),
    ],
    raw: measured,
  };
}

async function onBackend(backend, { size, say, server }) {
  const ground = await openGround(server);
  const redis = backend === 'Redis' ? await openRedis(ground.folder) : null;
  const place = { ...ground, redisUrl: redis?.url };
  const house = await openHouse(place);
  try {
    await inFlight(house.walk, size.warm, size.inFlight);
    await house.rest();
    const tree = await house.trace();
    const bare = await openBare({ ...place, tree });
    try {
      await inFlight(bare.walk, size.warm, size.inFlight);
      return {
        backend,
        ...(await compare({ house, bare, size, say: (s) => say(`${backend} ${s}`) })),
      };
    } finally {
      await bare.close();
    }
  } finally {
    await house.close();
    await redis?.close();
    await ground.close();
  }
}

async function compare({ house, bare, size, say }) {
  const rounds = [];
  for (let n = 1; n <= size.rounds; n += 1) {
    const ours = await houseRound(house, size);
    bare.pace.marks = ours.marks / ours.jobs;
    const before = { ...bare.counted };
    const bareS = await seconds(() => inFlight(bare.walk, size.tasks, size.inFlight));
    const theirs =
      (bare.counted.commits - before.commits + bare.counted.marks - before.marks) / size.tasks;
    const round = {
      ...ours,
      house: size.tasks / ours.s,
      bare: size.tasks / bareS,
      bareCommits: theirs,
    };
    rounds.push({ ...round, ratio: round.house / round.bare });
    say(
      `round ${n}: AIOS ${round.house.toFixed(1)}/s, bare ${round.bare.toFixed(1)}/s, ${(ours.acts + ours.marks).toFixed(1)} commits against ${theirs.toFixed(1)}`,
    );
  }
  const idleHouse = [];
  const idleBare = [];
  for (let n = 0; n < size.idle; n += 1) {
    idleHouse.push(1000 * (await seconds(house.walk)));
    await house.rest();
    idleBare.push(1000 * (await seconds(bare.walk)));
  }
  const middle = (name) => at(rounds.map((r) => r[name]));
  return {
    house: middle('house'),
    bare: middle('bare'),
    ratio: middle('ratio'),
    acts: middle('acts'),
    marks: middle('marks'),
    commits: middle('acts') + middle('marks'),
    jobs: middle('jobs'),
    idleHouse: at(idleHouse),
    idleBare: at(idleBare),
    rounds,
    logged: house.logged,
  };
}

/** One round of AIOS: until the last job is written down as done, with what it took per task. */
async function houseRound(house, size) {
  const before = { ...house.counted };
  const s = await seconds(async () => {
    await inFlight(house.walk, size.tasks, size.inFlight);
    await house.rest();
  });
  const per = (name) => (house.counted[name] - before[name]) / size.tasks;
  return { s, acts: per('acts'), marks: per('marks'), jobs: per('jobs') };
}

async function inFlight(walk, tasks, most) {
  let left = tasks;
  const walker = async () => {
    while (left > 0) {
      left -= 1;
      await walk();
    }
  };
  await Promise.all(Array.from({ length: most }, walker));
}

async function seconds(run) {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
}
