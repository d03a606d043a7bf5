import { emptyConsultTally, takeStuck } from '../../src/core/replay/consult-tally.ts';
import type { ChangedStuck, PastStuck } from '../../src/core/replay/consult-tally.ts';
import type { TaskId } from '../../src/core/id.ts';
import { LANES } from '../../src/core/lane.ts';
import type { Cascade } from '../../src/core/rule.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { review } from '../../src/flow/review.ts';
import { work } from '../../src/flow/work.ts';
import { textIn } from '../../src/ledger/data.ts';
import { consultsIn } from '../../src/store/read-consults.ts';
import { PRICED, scripted, SENIOR } from './stuck-script.ts';
import type { Script } from './stuck-script.ts';
import { makeShop } from './turns.ts';
import type { Shop } from './turns.ts';

/** Tasks that get stuck, on the real walk and a real database, and the cascade rules consulted about them again. */

type Practice = {
  readonly shop: Shop;
  readonly rules: RuleSet;
  readonly clock: { now: number };
};

/** A practice in which no lane has failed yet, with rules by which something happens from every lane. */
export async function openStuck() {
  const shop = await makeShop();
  for (const lane of LANES)
    shop.health.set(lane, { is: 'ready', model: PRICED[lane], rehearsal: false });
  const rules = ready(shop.world.library.rules);
  const practice = { shop, rules, clock: { now: Date.UTC(2026, 10, 24, 9) } };
  return {
    shop,
    rules,
    played: (script: Script) => play(practice, script),
    numberOf: (id: TaskId) => numberOf(practice, id),
    /** Each time the rules were consulted about a task, as the record has it. */
    stuckOf: (id: TaskId) => stuckOf(practice, id),
    escalationsOf: (id: TaskId) => escalationsOf(practice, id),
    again: (all: readonly PastStuck[], by: RuleSet) => again(practice, all, by),
  };
}
export type StuckShop = Awaited<ReturnType<typeof openStuck>>;

const never = new AbortController().signal;

/** Rules by which something happens from every lane, early and late, by checks and by faults. */
function ready(shipped: RuleSet): RuleSet {
  const [head] = shipped.cascades;
  if (head === undefined) throw new Error('the practice has cascade rules');
  const rule = (id: string, says: Pick<Cascade, 'after' | 'from' | 'to'>): Cascade => ({
    ...head,
    when: {},
    id,
    ...says,
  });
  const cascades = [
    rule('CASCADE-910', { after: { sendBacks: 2 }, from: 'local', to: 'seat' }),
    rule('CASCADE-920', {
      after: { faults: ['truncated', 'invalid_output', 'timeout'], times: 2 },
      from: 'local',
      to: 'senior',
    }),
    rule('CASCADE-930', { after: { sendBacks: 3 }, from: 'seat', to: 'senior' }),
    rule('CASCADE-940', { after: { faults: ['too_large'], times: 1 }, from: 'seat', to: 'senior' }),
  ];
  const breaker = { ...shipped.settings.breaker, faults: 1_000 };
  const settings = { ...shipped.settings, rounds: 4, attempts: 50, sameFailures: 50, breaker };
  return { ...shipped, cascades, settings };
}

const TEXT =
  'kind: rewrite.plain, put this in plain words for our clients: "Utilise the kiln hitherto unlit."';

/** Plays one task to the end of its script, or until it waits for somebody and nobody comes. */
async function play({ shop, rules, clock }: Practice, { events, clicks }: Script): Promise<TaskId> {
  await shop.say('U0OWNER', 'client set acme cloud allowed');
  const planned = await shop.plan(TEXT);
  await planned.run();
  const { id } = await planned.task(1);
  const { live, happen } = scripted(shop, rules, events);
  const left = [...clicks];
  for (let rounds = 0; rounds < 30; rounds += 1) {
    // A lane that failed is tried again by then.
    shop.setNow((clock.now += 7_200_000));
    await happen();
    const file = await shop.world.store.taskFile(id);
    if (file?.task.state === 'queued') await work(live, id, never);
    else if (file?.task.state === 'reviewing') await review(live, id, never);
    else {
      const lane = left.shift();
      if (lane === undefined || file === null) break;
      const key =
        file.task.state === 'waiting' ? `gate:${file.task.draftId}` : `plan:${file.task.requestId}`;
      await planned
        .pressed(key, { verb: 'reroute', choice: '1', fields: { piece: '1', lane } })
        .catch(() => undefined);
    }
  }
  return id;
}

async function numberOf({ shop }: Practice, id: TaskId): Promise<string> {
  const file = await shop.world.store.taskFile(id);
  return `#${file?.request.number}.${file?.task.ordinal}`;
}

async function stuckOf(practice: Practice, id: TaskId): Promise<readonly PastStuck[]> {
  const number = await numberOf(practice, id);
  const all: PastStuck[] = [];
  for await (const stuck of consultsIn(practice.shop.sql, {
    since: null,
    until: null,
    client: null,
  }))
    if (stuck.number === number) all.push(stuck);
  return all;
}

function again({ shop }: Practice, all: readonly PastStuck[], by: RuleSet) {
  const tally = emptyConsultTally();
  const { prices: table } = shop.world.library;
  const given = { rules: by, table, seniorModel: SENIOR };
  const taken = all.map((stuck) => takeStuck(tally, stuck, given));
  const changed = taken.filter((one): one is ChangedStuck => one !== null);
  return { tally, changed };
}

/** What the record says became of a task: escalations, in order. */
async function escalationsOf({ shop }: Practice, id: TaskId): Promise<readonly string[]> {
  const trail = await shop.world.store.trail({ task: id });
  return trail
    .filter(({ type }) => type === 'task.escalated')
    .map(({ data, lane, rule }) => [textIn(data, 'from_lane'), lane, rule].join(' '));
}
