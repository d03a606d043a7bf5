import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskId } from '../../../src/core/id.ts';
import { byHandText } from '../../../src/core/minutes.ts';
import { digestMessage } from '../../../src/flow/cards/digest-message.ts';
import type { Entry } from '../../../src/ledger/read.ts';
import type { Message } from '../../../src/workspace/human/protocol.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  draftAtGate,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf, wordsIn } from '../../helpers/desk.ts';
import { until } from '../../helpers/until.ts';

let running: Running;
let number: number;
let task: TaskId;
let card: Message;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
  const at = await draftAtGate(running);
  await deskOf(running, APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
  ({ number, task, card } = at);
}, 90_000);
afterAll(async () => running.close());

const store = () => running.aios.world.store;
const trail = (): Promise<readonly Entry[]> => store().trail({ task });
const ask = async (text: string, as = APPROVER) => (await give(running, text, { as })).join('\n');
const id = (): string => `#${number}.1`;

/** Everything that was on record of the task before, row by row. */
async function rows(): Promise<unknown> {
  const { sql } = running.aios.base;
  return [
    await sql`select cost_nano, minutes, version from task where id = ${task}`,
    await sql`select id, cost_nano, cost_basis from attempt where task_id = ${task}`,
  ];
}

async function refused(text: string, says: RegExp, as = APPROVER): Promise<void> {
  const { sql } = running.aios.base;
  const before = await sql`select count(*) as n from entry`;
  await expect(give(running, text, { as })).rejects.toThrow(says);
  expect(await sql`select count(*) as n from entry`).toEqual(before);
}

describe('cost adjust', () => {
  test('is an entry beside what was booked: exact, signed, with its reason and the entry it corrects', async () => {
    const was = await rows();
    expect(await ask(`cost adjust ${id()} +0.123456789 invoice`)).toBe(
      `${id()}: +$0.123456789 (invoice) is on record beside what was booked.\nIts known cost is $0.12 now, corrected by +$0.123456789 in all.`,
    );
    expect(await ask(`cost adjust ${id()} -0.02 credit`, OWNER)).toContain('+$0.103456789 in all');
    const entries = await trail();
    const ended = entries.findLast((e) => e.type === 'attempt.ended');
    const people = new Map((await store().people()).map((p) => [p.slackUser, p.id]));
    expect(entries.filter((e) => e.type === 'cost.adjusted')).toMatchObject(
      [
        { costNano: 123_456_789, by: APPROVER, why: 'invoice' },
        { costNano: -20_000_000, by: OWNER, why: 'credit' },
      ].map(({ costNano, by, why }) => ({
        costNano,
        actor: { kind: 'person', id: people.get(by) },
        cause: ended?.id,
        attempt: ended?.attempt,
        lane: ended?.lane,
        client: ended?.client,
        task,
        data: { corrects: ended?.id, why },
      })),
    );
    expect(await rows()).toEqual(was);
  });

  test('counts wherever the cost is told, and is said apart there', async () => {
    expect(await ask(`cost #${number}`)).toContain(
      '$0.10 = cash $0.00 + allocated $0.00, corrected by +$0.103456789, ',
    );
    for (const said of [await ask('cost week'), await ask('cost', OWNER)]) {
      expect(said).toContain('- senior: $0.10, 1 call');
      expect(said).toContain('Corrected afterwards by +$0.103456789, in the sums above');
    }
    const acme = (await store().clients()).find((c) => c.slug === 'acme')?.id ?? '';
    const { world } = running.aios;
    const { week } = await store().weekHolding(world.clock.now(), world.facility.zone);
    for (const client of [acme, '']) {
      const { lines } = await digestMessage(world, { week, client });
      expect(lines[0]).toContain('cost $0.10');
      expect(lines.join('\n')).toContain('Corrected afterwards by +$0.103456789');
    }
    const receipt = await until('the receipt is corrected', () => {
      const now = running.human.messages(REVIEW, { as: OWNER }).find((m) => m.ts === card.ts);
      return now !== undefined && wordsIn(now).includes('corrected by +$0.103456789') && now;
    });
    expect(wordsIn(receipt)).toContain('Approved');
    expect(await ask(`log ${id()}`)).toMatch(
      /cost\.adjusted, by Olive Marsh, lane senior, -\$0\.02/,
    );
  });

  test.each([
    ['0.12 invoice', /an amount in USD with its sign .* got "0\.12"/],
    ['+0 invoice', /an amount in USD with its sign .* got "\+0"/],
    ['+0.1234567891 invoice', /at most nine decimals, got/],
    ['+1e3 invoice', /got "\+1e3"/],
    ['+0.12', /why: one of invoice, credit, mistake, allocation, got nothing/],
    ['+0.12 because', /why: one of .* got "because"/],
    [
      '-0.2 credit',
      /leaves at least \$0\.00, got one that makes the cost of #\d+\.1 -\$0\.096543211/,
    ],
  ])('%j is refused in words and changes nothing', async (rest, says) => {
    await refused(`cost adjust ${id()} ${rest}`, says);
  });

  test('is for whoever decides about that task, and for a task that cost something', async () => {
    await refused(`cost adjust ${id()} +1 invoice`, /is for approvers/, COLLEAGUE);
    await give(running, 'client new borealis "Borealis"');
    await give(running, `client approver borealis <@${COLLEAGUE}>`);
    await refused(`cost adjust ${id()} +1 invoice`, /Only an approver of this client/, COLLEAGUE);
    await refused('cost adjust #99.1 +1 invoice', /There is no #99\.1/);
    await refused('cost adjust', /Expected the number of a request or task, got nothing/);
    const said = await deskOf(running, COLLEAGUE).say(ACME, '@aios draft a post about clay');
    const fresh = await until('it is planned', async () => {
      const row = await store().requestFrom('T0AIOS', said.channel, said.ts);
      const found = row === null ? null : await store().findTask({ request: row.number });
      return found === null ? undefined : row?.number;
    });
    await refused(`cost adjust #${fresh}.1 +1 invoice`, /No call was made for #\d+\.1 yet/);
  });
});

describe('cost minutes', () => {
  test('is an entry with the one it corrects; the last said counts, and the table is not changed', async () => {
    const was = await rows();
    const table = (await store().taskFile(task))?.task.minutes ?? 0;
    const estimate = (await trail()).find((e) => e.type === 'draft.made')?.minutes ?? 0;
    expect(await ask(`cost minutes ${id()} 45`)).toBe(
      `${id()}: 45 min by hand is on record. Before: ${byHandText({ table, persona: estimate, person: null })}.`,
    );
    await ask(`cost minutes #${number} 50`, OWNER);
    const said = (await trail()).filter((e) => e.type === 'estimate.recorded');
    const delivered = (await trail()).find((e) => e.type === 'draft.delivered');
    expect(said.map((e) => [e.minutes, e.data])).toEqual([
      [45, { basis: 'person', corrects: delivered?.id }],
      [50, { basis: 'person', corrects: said[0]?.id }],
    ]);
    expect(await rows()).toEqual(was);
    expect(await ask(`cost #${number}`)).toContain(
      `50 min by hand (corrected; table ${table}; estimate ${estimate})`,
    );
    const { world } = running.aios;
    const { week } = await store().weekHolding(world.clock.now(), world.facility.zone);
    const { lines } = await digestMessage(world, { week, client: '' });
    expect(lines[0]).toContain('about 50 min by hand (table; 1 corrected by people)');
    expect(lines[1]).toMatch(
      /^Saved \d+ min: 50 min by hand of delivered tasks, less \d+ min of rev/,
    );
  });

  test('what reviews took is corrected in the same way, and taken off what was saved', async () => {
    expect(await ask(`cost review ${id()} 12`)).toMatch(
      /^#\d+\.1: 12 min of review is on record\. Before: \d+ min, by the owner’s table\.$/,
    );
    const said = (await trail()).at(-1);
    const approved = (await trail()).find((e) => e.type === 'draft.approved');
    expect(said).toMatchObject({
      type: 'estimate.recorded',
      minutes: null,
      data: {
        basis: 'person',
        corrects: approved?.id,
        review: { minutes: 12, basis: 'corrected' },
      },
    });
    for (const told of [await ask('cost', OWNER), await ask('cost week')])
      expect(told).toContain(
        'Saved 38 min: 50 min by hand of delivered tasks, less 12 min of review of every task decided about.',
      );
    expect(await ask(`cost #${number}`)).toContain('review 12 min, as a person corrected it');
    await refused(`cost review ${id()} -1`, /whole minutes of review, 0 to 50000, got "-1"/);
    await refused(`cost review ${id()} 5`, /Only an approver of this client/, COLLEAGUE);
  });

  test.each(['', '0', '-5', '1.5', '1e3', '100000', 'ninety'])('%j is refused', async (minutes) => {
    await refused(`cost minutes ${id()} ${minutes}`, /whole minutes by hand, 1 to 50000, got/);
  });
});
