import { amountText } from '../../core/budget.ts';
import type { BudgetId, EntryId } from '../../core/id.ts';
import { Fault } from '../../core/fault.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { budgetName, budgetsNow, usedText } from '../budget-words.ts';
import { resumeFunded } from '../funded.ts';
import { aboutBudget, leftToApprovers, raise } from '../raise-budget.ts';
import type { Reply } from '../ports/doors.ts';
import type { BudgetRow, BudgetState } from '../ports/rows-budgets.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { amountIn, readBudget } from './budget-words.ts';
import type { BudgetWords } from './budget-words.ts';
import { byPerson } from './settings.ts';
import { clientsOf, commitSetting, told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `budget`, `budget list`: the budgets of the clients somebody decides for; all of them for the owner. */
export async function listBudgets(world: World, asked: Asked): Promise<Reply> {
  const [word] = asked.words;
  if (word !== undefined && word !== 'list')
    throw unexpected('list, set, raise or remove', word, 'For example: budget list');
  const states = await visibleTo(world, asked.person);
  if (states.length === 0)
    return told('No budget yet. The owner sets one: budget set client acme month 30');
  return told(...(await Promise.all(states.map((state) => lineOf(world, state)))));
}

/** The budgets somebody decides about: of their clients; all of them for the owner. */
export async function visibleTo(world: World, person: PersonRow): Promise<readonly BudgetState[]> {
  const states = await budgetsNow(world);
  if (person.role === 'owner') return states;
  const mine = new Set((await clientsOf(world, person)).map(({ id }) => id));
  return states.filter(({ budget }) => budget.clientId !== null && mine.has(budget.clientId));
}

async function lineOf(world: World, state: BudgetState): Promise<string> {
  const name = (await budgetName(world, state.budget)).replace(/^budget /, '');
  const left = leftToApprovers(state);
  const may =
    left === 0
      ? 'the owner raises it'
      : `approvers may raise it by ${amountText(state.used.figure, left)}`;
  return `${name}: ${usedText(state)}; ${may}`;
}

/** `budget set [client <slug>] [lane <lane>] [request #142] [person <@user>] [month] <amount> [figure] [approver <amount>]` */
export async function setBudget(world: World, asked: Asked): Promise<Reply> {
  const words = await readBudget(world, asked.words);
  const same = (await budgetsNow(world)).find(({ budget }) => isSame(budget, words))?.budget;
  const act = openAct(world.clock);
  const cause = same?.lastEntry ?? (await causeOf(world, words));
  const id = write(act, { words, same: same ?? null, cause, person: asked.person });
  await commitSetting(world, act);
  await resumeFunded(world);
  const was = same === undefined ? [] : [`Before: ${amountText(words.figure, same.cap)}.`];
  return told(`Set. ${await lineNow(world, id)}`, ...was);
}

type Writing = {
  readonly words: BudgetWords;
  /** The budget of the same things, if there is one. */
  readonly same: BudgetRow | null;
  readonly cause: EntryId | null;
  readonly person: PersonRow;
};

/** Adds a new budget to the act, or changes the one there is; what was not said of it stays. */
function write(act: OpenAct, { words, same, cause, person }: Writing): BudgetId {
  const { scope, period, figure } = words;
  const budget = same?.id ?? act.newId<BudgetId>();
  const before = { cap: same?.cap ?? null, approverRaise: same?.approverRaise ?? null };
  const set = { cap: words.cap, approverRaise: words.approverRaise ?? before.approverRaise ?? 0 };
  const lastEntry = act.note(
    {
      type: 'budget.set',
      actor: byPerson(person),
      ...aboutBudget(scope),
      data: {
        budget,
        ...said(words),
        period,
        figure,
        cap: { from: before.cap, to: set.cap },
        approver_raise: { from: before.approverRaise, to: set.approverRaise },
      },
    },
    cause,
  );
  const row = { id: budget, ...scope, period, figure, ...set, removedAt: null, lastEntry };
  act.change(
    same === null
      ? { insert: 'budget', row }
      : {
          update: 'budget',
          set: { ...set, lastEntry },
          where: { id: budget, cap: same.cap, removedAt: null },
        },
  );
  return budget;
}

/** A budget as it stands after a change. */
async function lineNow(world: World, id: BudgetId): Promise<string> {
  const now = (await budgetsNow(world)).find(({ budget }) => budget.id === id);
  return now === undefined ? '' : `${await lineOf(world, now)}.`;
}

function isSame(budget: BudgetRow, { scope, period, figure }: BudgetWords): boolean {
  const { clientId, lane, requestId, personId } = budget;
  return (
    clientId === scope.clientId &&
    lane === scope.lane &&
    requestId === scope.requestId &&
    personId === scope.personId &&
    budget.period === period &&
    budget.figure === figure
  );
}

/** What its entry names beside the client. */
function said({ scope: { lane, requestId, personId } }: BudgetWords) {
  return {
    ...(lane === null ? {} : { lane }),
    ...(requestId === null ? {} : { request: requestId }),
    ...(personId === null ? {} : { person: personId }),
  };
}

/** The entry before the first of a budget, in the same log. */
async function causeOf({ store }: Pick<World, 'store'>, { scope }: BudgetWords) {
  const before =
    scope.clientId === null ? await store.practice() : await store.client(scope.clientId);
  return before?.lastEntry ?? null;
}

/** `budget remove <number>` */
export async function removeBudget(world: World, asked: Asked): Promise<Reply> {
  const { budget, used } = await named(world, asked);
  const act = openAct(world.clock);
  const lastEntry = act.note(
    {
      type: 'budget.removed',
      actor: byPerson(asked.person),
      ...aboutBudget(budget),
      data: { budget: budget.id, figure: used.figure, cap: budget.cap },
    },
    budget.lastEntry,
  );
  const set = { removedAt: act.at, lastEntry };
  act.change({ update: 'budget', set, where: { id: budget.id, removedAt: null } });
  const name = await budgetName(world, budget);
  await commitSetting(world, act);
  await resumeFunded(world);
  return told(`Removed: ${name} caps nothing any more. What was held for it goes on.`);
}

/** `budget raise <number> <amount>`: for the running month, or for good where it has no months. */
export async function raiseByCommand(world: World, asked: Asked): Promise<Reply> {
  const state = await named(world, asked);
  const { figure } = state.used;
  const by = amountIn(figure, asked.words[1]);
  if (by === 0)
    throw unexpected('more than nothing to raise it by', asked.words[1], 'Nothing was changed.');
  const as = asked.person.role === 'owner' ? 'owner' : 'approver';
  const act = openAct(world.clock);
  raise(act, { state, by, person: asked.person, as });
  await commitSetting(world, act);
  await resumeFunded(world);
  return told(`Raised. ${await lineNow(world, state.budget.id)}`);
}

/** The budget of that number. What exists and what may not be seen answer alike. Throws Fault `bad_input` or `not_found`. */
async function named(world: World, asked: Asked): Promise<BudgetState> {
  const word = asked.words[0];
  if (word === undefined || !/^[1-9][0-9]{0,8}$/.test(word))
    throw unexpected('the number of a budget', word, 'They are listed by: budget list');
  const states = await visibleTo(world, asked.person);
  const found = states.find(({ budget }) => budget.number === Number(word));
  if (found !== undefined) return found;
  throw new Fault(
    'not_found',
    `There is no budget ${word} that you may see. They are listed by: budget list`,
  );
}
