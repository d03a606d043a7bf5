import { amountText, isNearlyUsed, percentUsed } from '../core/budget.ts';
import { Fault } from '../core/fault.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { isServed } from './answer/question.ts';
import { askedWith } from './attempt/begin.ts';
import { shortOf } from './attempt/hold-budget.ts';
import { reserving } from './attempt/reserve.ts';
import { budgetName, budgetOf, budgetsNow } from './budget-words.ts';
import { resume } from './plan/resume.ts';
import { aboutBudget } from './raise-budget.ts';
import type { BudgetState } from './ports/rows-budgets.ts';
import type { ClientRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** Lets every task go on that was held for a budget, as far as there is room for its call now. */
export async function resumeFunded(world: World): Promise<void> {
  await resumeEach(world, await world.store.heldForBudgets());
}

const MINUTE = 60_000;

/**
 * The same as time goes by, each minute: a call is put together anew only where its budget has room for what it could come to when
 * it was held. Prices, models and material may have changed since, so in the first minute of an hour all are looked at.
 */
export async function resumeWithRoom(world: World): Promise<void> {
  const now = world.clock.now();
  if (Math.floor(now / MINUTE) % 60 === 0) return resumeFunded(world);
  await resumeEach(world, await world.store.heldWithRoom(now, world.facility.zone));
}

async function resumeEach(world: World, tasks: readonly TaskRow[]): Promise<void> {
  for (const task of tasks) if (await hasRoom(world, task)) await resume(world, task);
}

async function hasRoom(world: World, { id }: TaskRow): Promise<boolean> {
  const file = await world.store.taskFile(id);
  if (file === null || budgetOf(file.task) === null) return false;
  const asked = await askedNow(world, file);
  // What may not leave is taken up all the same: its next start says so.
  if (asked === null) return true;
  const call = { ...asked, attempt: world.clock.newId<never>(), task: file.task, file };
  return (await shortOf(world, await reserving(world, { at: world.clock.now() }, call))) === null;
}

async function askedNow(world: World, file: TaskFile) {
  try {
    return await askedWith(world, file, new AbortController().signal);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'not_allowed') return null;
    throw thrown;
  }
}

/** Says of each budget, once in a period, that it is nearly used up. */
export async function warnOfBudgets(world: World): Promise<void> {
  for (const state of await budgetsNow(world))
    if (state.now !== null && state.now.warnedAt === null && isNearlyUsed(state.used))
      await warn(world, state);
}

async function warn(world: World, state: BudgetState): Promise<void> {
  const { budget, period, used } = state;
  const client = budget.clientId === null ? null : await world.store.client(budget.clientId);
  if (client !== null && !isServed(client)) return;
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, 'WARN-BUDGET');
  const { figure, spent, limit } = used;
  const lastEntry = act.note(
    {
      type: 'budget.warned',
      actor: { kind: 'rule', id: rule },
      rule,
      ...aboutBudget(budget),
      data: { budget: budget.id, period, figure, spent, limit },
    },
    budget.lastEntry,
  );
  act.change({
    update: 'budget_period',
    set: { warnedAt: act.at, lastEntry },
    where: { budgetId: budget.id, period, warnedAt: null },
  });
  await tell(world, act, { state, client });
  // Lost means that another process warned of it meanwhile.
  await world.store.commit(act.close());
}

type Telling = { readonly state: BudgetState; readonly client: ClientRow | null };

/** Where the practice looks after that client, else to the owner alone. */
async function tell(world: World, act: OpenAct, { state, client }: Telling): Promise<void> {
  const { budget, period, used } = state;
  const name = await budgetName(world, budget);
  const of = `${amountText(used.figure, used.spent)} of ${amountText(used.figure, used.limit)}`;
  const text = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)} is ${percentUsed(used)} % used: ${of}. At its end work is held until somebody raises it: /aios budget raise ${budget.number} <amount>`;
  const about = { client: budget.clientId, request: null, task: null };
  const body = await world.bodies.put('note', about, text);
  act.change({ insert: 'body', row: body.row });
  act.show({
    key: `budget:${budget.id}:${period}`,
    kind: 'notice',
    place: { at: 'channel', channel: await channelFor(world, client) },
    note: { code: 'text', with: { body: body.ref.id } },
  });
}

async function channelFor(world: World, client: ClientRow | null): Promise<string> {
  const review = client?.reviewChannel ?? null;
  if (review !== null && !(await world.slack.outsidersIn(review))) return review;
  return world.slack.dm(world.facility.ownerUser);
}
