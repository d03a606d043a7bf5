import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refOf } from '../../../src/core/rule-set.ts';
import { nanoUsd } from '../../../src/core/money.ts';
import { ruleRef } from '../../../src/core/rule.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { Fault } from '../../../src/core/fault.ts';
import { review } from '../../../src/flow/review.ts';
import { work } from '../../../src/flow/work.ts';
import type { LaneHealth, LaneResult } from '../../../src/flow/ports/lanes.ts';
import { NO_USAGE } from '../../../src/flow/ports/lanes.ts';
import type { TaskRow } from '../../../src/flow/ports/rows-work.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import type { CheckReport } from '../../../src/core/verdict.ts';
import { readHistory } from '../../../src/ledger/history.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Shop } from '../../helpers/turns.ts';
import { answerOf } from '../../helpers/worked.ts';

/** Work of the local lane that gets stuck there, and what rules and people make of it. */

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(() => shop.close());

const never = new AbortController().signal;
const ERROR = {
  ruleId: 'house/no-utilise',
  level: 'error',
  why: 'a word we do not use',
  source: 'house style 3',
  where: { file: 'post.md', line: 1 },
} as const;

type Setting = {
  /** What the local model writes. */
  readonly says?: string;
  readonly fault?: Fault;
  /** Whether the check finds errors, another one each time. */
  readonly errors?: boolean;
  readonly senior?: LaneHealth;
  readonly unaskedUpTo?: number;
  readonly cascades?: readonly [];
  /** Facts the task has besides. */
  readonly facts?: Partial<Facts>;
};

const REHEARSAL: LaneHealth = { is: 'ready', model: 'rehearsal-senior', rehearsal: true };

/** The shop in which the local model and the check do as said; the senior lane always answers well. */
function setting({ says, fault, errors, senior = REHEARSAL, ...more }: Setting): World {
  const { world } = shop;
  const { lanes, library } = world;
  let checks = 0;
  const check = async (): Promise<CheckReport> => {
    checks += 1;
    const left = Math.max(1, 4 - checks);
    const findings = Array.from({ length: left }, (_, n) => ({ ...ERROR, fingerprint: `${n}` }));
    return { findings: errors === true ? findings : [], engines: [], notChecked: [] };
  };
  const run = async (): Promise<LaneResult> => {
    if (fault !== undefined) throw fault;
    return {
      provider: 'ollama',
      modelRequested: 'm',
      modelServed: 'm',
      requestId: null,
      text: says ?? answerOf(),
      files: [],
      stop: 'end',
      usage: NO_USAGE,
      latencyMs: 1,
      rehearsal: true,
    };
  };
  const { settings } = library.rules;
  const rules = {
    ...library.rules,
    settings: { ...settings, unaskedUpTo: nanoUsd(more.unaskedUpTo ?? settings.unaskedUpTo) },
    cascades: more.cascades ?? library.rules.cascades,
  };
  const taskFile: World['store']['taskFile'] = async (id) => {
    const file = await world.store.taskFile(id);
    if (file === null) return null;
    return { ...file, task: { ...file.task, facts: { ...file.task.facts, ...more.facts } } };
  };
  return {
    ...world,
    store: { ...world.store, taskFile },
    exact: { ...world.exact, check },
    library: { ...library, rules },
    lanes: {
      ...lanes,
      local: {
        ...lanes.local,
        run,
        health: async () => ({ is: 'ready', model: 'rehearsal-local', rehearsal: true }),
      },
      senior: { ...lanes.senior, health: async () => senior },
    },
  };
}

/** A task of the local lane that nobody named a lane for, run. */
async function started() {
  const planned = await shop.plan(
    'kind: rewrite.plain, put this in plain words for our clients: "Utilise the kiln hitherto unlit."',
  );
  await planned.run();
  const task = await planned.task(1);
  return { planned, id: task.id, lane: task.lane };
}

/** Does what is to be done until it leaves the local lane or waits for a person. */
async function go(world: World, id: TaskRow['id']): Promise<TaskRow> {
  for (let rounds = 0; rounds < 12; rounds += 1) {
    const file = await world.store.taskFile(id);
    if (file === null) throw new Error('the task is gone');
    const { task } = file;
    if (task.lane !== 'local' || !['queued', 'reviewing'].includes(task.state)) return task;
    await (task.state === 'queued' ? work : review)(world, id, never);
  }
  throw new Error('it does not come to rest');
}

const escalations = async (id: TaskRow['id']) =>
  (await shop.world.store.trail({ task: id })).filter((e) => e.type === 'task.escalated');

const rule = (id: string) => {
  const found = shop.world.library.rules.cascades.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return ruleRef(found);
};

describe('work whose answers cannot be used', () => {
  test('goes to the next lane by the rule, which its entry names with both lanes and the difference', async () => {
    const { id, lane, planned } = await started();
    expect(lane).toBe('local');
    const task = await go(setting({ says: 'Gerne!' }), id);
    expect(task).toMatchObject({ state: 'queued', lane: 'senior', rule: rule('CASCADE-030') });
    expect(await escalations(id)).toMatchObject([
      {
        actor: { kind: 'rule', id: rule('CASCADE-030') },
        rule: rule('CASCADE-030'),
        lane: 'senior',
        from: 'queued',
        to: 'queued',
        data: { from_lane: 'local', difference_nano: 0, basis: 'rehearsal' },
      },
    ]);
    await work(setting({}), id, never);
    expect(await planned.task(1)).toMatchObject({ state: 'reviewing', lane: 'senior' });
  }, 60_000);

  test.each<[name: string, facts: Partial<Facts>, set: Setting]>([
    ['that is confidential', { sensitivity: 'confidential' }, {}],
    ['that may be confidential', { suspected: 'confidential' }, {}],
    ['for which a person named the lane', { lane: 'local' }, {}],
    ['for which no rule speaks', {}, { cascades: [] }],
    ['whose next lane is down', {}, { senior: { is: 'down', why: 'Away.', next: 'Wait.' } }],
  ])(
    'stays where it is and asks a person: work %s',
    async (_name, facts, set) => {
      const { id } = await started();
      const task = await go(setting({ says: 'Gerne!', facts, ...set }), id);
      expect(task).toMatchObject({ state: 'asking', lane: 'local', waitsFor: 'answer:stuck' });
      expect(await escalations(id)).toEqual([]);
    },
    60_000,
  );

  test('stays where the owner has said no since it was planned', async () => {
    const { id } = await started();
    await shop.say('U0OWNER', 'client set acme cloud never');
    const task = await go(setting({ says: 'Gerne!' }), id);
    await shop.say('U0OWNER', 'client set acme cloud allowed');
    expect([task.state, task.lane]).toEqual(['asking', 'local']);
  }, 60_000);

  test.each<[name: string, set: Setting]>([
    ['more than a rule may spend', { unaskedUpTo: -1 }],
    ['nobody knows how much', { senior: { is: 'ready', model: 'unknown', rehearsal: false } }],
  ])(
    'asks an approver to click where it costs %s',
    async (_name, set) => {
      const { id, planned } = await started();
      const task = await go(setting({ says: 'Gerne!', ...set }), id);
      expect([task.state, task.lane]).toEqual(['asking', 'local']);
      expect((await planned.trail(1)).at(-1)?.rule).toBe(
        refOf(shop.world.library.rules, 'ASK-DEARER'),
      );
      await planned.pressed(`plan:${task.requestId}`, {
        verb: 'reroute',
        choice: '1',
        fields: { piece: '1', lane: 'senior' },
      });
      expect(await planned.task(1)).toMatchObject({ state: 'queued', lane: 'senior' });
    },
    60_000,
  );
});

describe('a draft that the gate sent back twice', () => {
  test('goes to the next lane instead of to a person, and the verdict names the rule', async () => {
    const { id, planned } = await started();
    const task = await go(setting({ errors: true, facts: { consequence: 'medium' } }), id);
    expect(task).toMatchObject({ state: 'queued', lane: 'senior', round: 3 });
    const verdicts = (await planned.trail(1)).filter((e) => e.type === 'gate.reviewed');
    expect(verdicts.map((e) => [e.data['outcome'], /#([\w-]+)@/.exec(e.rule ?? '')?.[1]])).toEqual([
      ['send_back', 'GATE-BACK'],
      ['send_back', 'GATE-BACK'],
      ['send_back', 'CASCADE-010'],
    ]);
    expect(await escalations(id)).toHaveLength(1);
  }, 60_000);

  test('is shown to a person where no rule speaks of it', async () => {
    const { id } = await started();
    const task = await go(setting({ errors: true, facts: { consequence: 'low' } }), id);
    expect([task.state, task.lane]).toEqual(['waiting', 'local']);
    expect(await escalations(id)).toEqual([]);
  }, 60_000);
});

test('a lane that is busy or down moves nothing to another one, however often', async () => {
  const { id } = await started();
  const busy = setting({ fault: new Fault('overloaded', 'Expected an answer, got none.') });
  for (let tries = 0; tries < 4; tries += 1) await work(busy, id, never);
  const file = await shop.world.store.taskFile(id);
  expect(file?.task).toMatchObject({ state: 'held', lane: 'local', waitsFor: 'lane:local' });
  expect(await escalations(id)).toEqual([]);
}, 60_000);

test('everything that was written down meanwhile holds together', async () => {
  const rows = await shop.sql<{ body: Uint8Array }[]>`
    select body from entry where client_id = (select client_id from task limit 1) order by id`;
  const history = readHistory();
  const found = rows.flatMap(({ body }, n) => history.take(readEntry(body), n));
  const faults = [...found, ...history.end()].filter(({ level }) => level === 'fault');
  expect(faults).toEqual([]);
}, 60_000);
