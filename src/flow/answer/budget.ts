import { amountText } from '../../core/budget.ts';
import { Fault } from '../../core/fault.ts';
import type { OpenAct } from '../act.ts';
import { budgetName, budgetOf, budgetsNow } from '../budget-words.ts';
import { move } from '../move.ts';
import { raise } from '../raise-budget.ts';
import { showPlan, workJob } from '../start.ts';
import type { World } from '../ports/world.ts';
import { answerData, subject } from './given.ts';
import type { Followed, Given } from './given.ts';

const OFFER = /^raise_([1-9][0-9]{0,15})$/;

/** By how much an answer raises, in the unit of the figure; null for anything else. */
export function raiseIn(value: string | undefined): number | null {
  const by = Number(OFFER.exec(value ?? '')?.[1]);
  return Number.isSafeInteger(by) ? by : null;
}

/** A budget is raised by what was offered, and the task that was held for it goes on; the others follow by themselves. */
export async function raiseAnswered(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { task } = subject(given).file;
  const id = budgetOf(task);
  const states = await budgetsNow(world);
  const state = states.find(({ budget }) => budget.id === id);
  if (task.state !== 'held' || state === undefined)
    throw new Fault(
      'conflict',
      'This task waits for no budget any more. Nothing was changed; what there is to raise is listed by: budget list',
    );
  const by = raiseIn(given.value);
  if (by === null)
    throw new Fault('bad_input', 'Expected one of the amounts offered. Use a button of the card.');
  const as = given.person.role === 'owner' ? 'owner' : 'approver';
  raise(act, { state, by, person: given.person, as });
  const back = move(act, task, {
    event: 'raise_budget',
    mover: { by: 'person', person: given.person, roles: given.roles },
    // By how much is told where the budget is kept: it may be another's than this client's.
    say: { data: { budget: state.budget.id, ...answerData(act, { ...given, value: 'raised' }) } },
  });
  if (back.state === 'queued') workJob(act, back);
  showPlan(act, back);
  const limit = amountText(state.used.figure, state.used.limit + by);
  const name = await budgetName(world, state.budget);
  return { entry: back.lastEntry, says: `Raised: ${name} is ${limit} now. What was held goes on.` };
}
