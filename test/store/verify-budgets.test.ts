import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { LaneClient } from '../../src/flow/ports/lanes.ts';
import { makeSeniorLane } from '../../src/lanes/senior.ts';
import { openRehearsal } from '../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../src/rehearsal/open.ts';
import { sweep } from '../../src/flow/sweep.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { APPROVER, give, settleAcme, taskIn } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { verified } from '../helpers/verified.ts';
import { workOn } from '../helpers/worked.ts';

/** Budgets that were set, raised, used up, spent from and removed by the program, and a hand in the database behind its back. */

const POST = 'kind: draft.blog, draft a blog post from the outline';
type Charged = { readonly provider: string; readonly model: string; readonly credits?: number };
let running: Running;
let stage: Rehearsal;
let admin: Sql;

const TABLES = ['budget', 'budget_period', 'reservation'];

beforeAll(async () => {
  stage = await openRehearsal();
  const senior = charged({ provider: 'anthropic', model: 'claude-opus-5-5' });
  const seat = charged({ provider: 'github.copilot', model: 'gpt-5.4', credits: 1_234_567 });
  running = await runAios({ lanes: { senior, seat } });
  admin = connect(running.adminUrl, 1);
  await settleAcme(running);
  await setBudgets();
  await spend();
  for (const table of TABLES)
    await admin.unsafe(`create table kept_${table} as select * from ${table}`);
}, 60_000);
afterAll(async () => {
  await admin.end();
  await running.close();
  await stage.close();
});
afterEach(() =>
  byHand(async () => {
    for (const table of TABLES.toReversed()) await admin.unsafe(`delete from ${table}`);
    for (const table of TABLES)
      await admin.unsafe(
        `insert into ${table} overriding system value select * from kept_${table}`,
      );
  }),
);

/** A lane as it ships, at a stand-in whose answers are taken for those of that model: its calls are counted as money. */
function charged({ provider, model, ...more }: Charged): LaneClient {
  const options = { apiKey: 'sk-test', model, baseUrl: stage.anthropicUrl, rehearsal: false };
  const lane = makeSeniorLane(options);
  return {
    ...lane,
    run: async (request) => ({
      ...(await lane.run(request)),
      ...more,
      provider,
      modelServed: model,
      rehearsal: false,
    }),
  };
}

async function setBudgets(): Promise<void> {
  for (const words of [
    'set month 1000 tokens',
    'set month 5000000 tokens',
    'set client acme month 5000000 tokens approver 300',
    'set client acme lane local 100 minutes',
    'set lane senior month 30',
    'set client acme month 25 credits',
    'set lane seat month 500 credits',
    'raise 2 1000',
    'raise 3 5',
    'remove 5',
  ])
    await give(running, `budget ${words}`);
  await give(running, 'budget raise 2 200', { as: APPROVER });
  await give(running, 'budget raise 2 100', { as: APPROVER });
}

/** Three pieces of work; of one call nobody knows what it came to until somebody says it. One budget is nearly used up. */
async function spend(): Promise<void> {
  const first = await workOn(running);
  await taskIn(running, first.number, 'waiting');
  const second = await workOn(running, { text: `lane: seat, ${POST}` });
  await taskIn(running, second.number, 'waiting');
  stage.script({ lane: 'senior', fault: '500' });
  const { number } = await workOn(running, { text: `lane: senior, ${POST}` });
  await taskIn(running, number, 'waiting');
  await give(running, `cost lost #${number}.1 0`);
  const [used] = await admin<{ spent: number }[]>`
    select spent from budget_period p join budget b on b.id = p.budget_id where b.number = 2`;
  await give(running, `budget set client acme month ${used?.spent ?? 0} tokens`);
  await sweep(running.aios.world);
  await give(running, 'budget set client acme month 5000000 tokens');
}

/** As a superuser, with every guard of the tables switched off. */
async function byHand(act: () => Promise<unknown>): Promise<void> {
  const all = async (what: string) => {
    for (const table of [...TABLES, 'entry'])
      await admin.unsafe(`alter table ${table} ${what} trigger all`);
  };
  await all('disable');
  await act();
  await all('enable');
}

async function faults(): Promise<readonly string[]> {
  const { findings } = await verified(running);
  return findings.map(({ place, says }) => `${place}: ${says}`);
}

test('budgets that nobody touched agree with their entries, whatever was done with them', async () => {
  const counted = await admin<{ counted: string }[]>`
    select distinct counted from reservation order by counted`;
  expect(counted.map((row) => row.counted)).toEqual(['booked', 'reconciled']);
  const [sums] =
    await admin`select sum(raised)::int as raised, sum(spent)::int > 0 as spent from budget_period`;
  expect(sums).toMatchObject({ raised: 301_300, spent: true });
  expect(await faults()).toEqual([]);
});

const two = `(select id from budget where number = 2)`;
test.each([
  [
    'a cap',
    `update budget set cap = 999999999 where number = 2`,
    /^budget 2: expected a cap of 5000000 tokens, 300 tokens for approvers, period month, client \S+, got a cap of 999999999 tokens,/,
  ],
  [
    'what approvers may raise',
    `update budget set approver_raise = 7 where number = 2`,
    /^budget 2: expected .* 300 tokens for approvers, .* got .* 7 tokens for approvers/,
  ],
  [
    'the figure, and with it the unit',
    `update budget set figure = 'cash' where number = 2`,
    /^budget 2: expected a cap of 5000000 tokens, .* got a cap of 5000000 nano-USD/,
  ],
  [
    'for whom it is',
    `update budget set client_id = null, lane = 'tool' where number = 3`,
    /^budget 3: expected .* client \S+, lane local, got .* lane tool/,
  ],
  [
    'that it is removed',
    `update budget set removed_at = null where number = 5`,
    /^budget 5: expected .* removed \S+ \S+, got /,
  ],
  [
    'that another is in force',
    `update budget set removed_at = now() where number = 2`,
    /^budget 2: expected .* got .* removed/,
  ],
  [
    'a budget that is gone',
    `delete from budget where number = 1`,
    /^entry budget\.set \S+: expected the budget that it set, got none/,
  ],
  [
    'by how much it was raised',
    `update budget_period set raised = raised + 1 where budget_id = ${two}`,
    /^budget 2 in \d{4}-\d\d: expected raised by 1300, of it 300 by approvers, as entries say, got 1301, of it 300$/,
  ],
  [
    'who raised it',
    `update budget_period set raised_by_approvers = 0 where budget_id = ${two}`,
    /^budget 2 in \S+: expected raised by 1300, of it 300 by approvers, as entries say, got 1300, of it 0$/,
  ],
  [
    'that it was warned of',
    `update budget_period set warned_at = now() where budget_id = ${two}`,
    /^budget 2 in \S+: expected an entry budget\.warned of that time, got none/,
  ],
  [
    'what was spent',
    `update budget_period set spent = 0 where budget_id = ${two}`,
    /^budget 2 in \S+: expected \d+ tokens spent and 0 reserved by its calls, got 0 and 0/,
  ],
  [
    'what is reserved',
    `update budget_period set reserved = 5 where budget_id = ${two}`,
    /^budget 2 in \S+: expected \d+ tokens spent and 0 reserved by its calls, got \d+ and 5/,
  ],
  [
    'what was reserved for a call',
    `update reservation set amount = amount + 1 where budget_id = ${two}`,
    /^budget 2, attempt \S+: expected \d+ tokens reserved, as its entries say, got \d+/,
  ],
  [
    'what a call came to, and the sum with it',
    `update budget_period p set spent = 1 from budget b where b.id = p.budget_id and b.number = 2;
     update reservation set settled = case when counted = 'booked' then 1 else 0 end where budget_id = ${two}`,
    /^budget 2, attempt \S+: expected \d+ tokens counted, as its entries say, got 1 as booked/,
  ],
  [
    'how long a call took',
    `update budget_period p set spent = 0 from budget b where b.id = p.budget_id and b.number = 3;
     update reservation r set settled = 0 from budget b where b.id = r.budget_id and b.number = 3`,
    /^budget 3, attempt \S+: expected \d+ milliseconds counted, as its entries say, got 0 as booked/,
  ],
  [
    'what a call cost',
    `update budget_period p set spent = 1 from budget b where b.id = p.budget_id and b.number = 4;
     update reservation r set settled = 1 from budget b where b.id = r.budget_id and b.number = 4 and r.counted = 'booked'`,
    /^budget 4, attempt \S+: expected [1-9]\d+ nano-USD counted, as its entries say, got 1 as booked/,
  ],
  [
    'what a call drew of the seat',
    `update reservation r set settled = 1 from budget b where b.id = r.budget_id and b.number = 6 and r.counted = 'booked'`,
    /^budget 6, attempt \S+: expected 1235 millionths of a credit counted, as its entries say, got 1 as booked/,
  ],
  [
    'what somebody said of a lost call',
    `update reservation set settled = 3 where budget_id = ${two} and counted = 'reconciled'`,
    /^budget 2, attempt \S+: expected 0 tokens counted, as its entries say, got 3 as reconciled/,
  ],
  [
    'a lost call that is said to be free',
    `update reservation set settled = 0, counted = 'free' where budget_id = ${two} and counted = 'reconciled'`,
    /^budget 2, attempt \S+: expected \d+ tokens counted, as its entries say, got 0 as free/,
  ],
])('%s that was changed by hand is found', async (_name, statement, says) => {
  await byHand(() => admin.unsafe(statement));
  expect((await faults()).filter((line) => says.test(line))).not.toEqual([]);
});

test('a call that is in no budget any more is found, once its budget was there for a minute', async () => {
  const moved = (by: string) =>
    admin.unsafe(`update entry set at = at ${by} interval '1 hour' where type = 'budget.set'`);
  await byHand(async () => {
    await moved('-');
    await admin.unsafe(`delete from reservation where budget_id = ${two}`);
    await admin.unsafe(`update budget_period set spent = 0 where budget_id = ${two}`);
  });
  expect(await faults()).toContainEqual(
    expect.stringMatching(/^budget 2, attempt \S+: expected what was reserved for it, got none/),
  );
  await byHand(() => moved('+'));
});
