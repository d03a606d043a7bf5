import { amountText, leftOf, raiseOffers } from '../../core/budget.ts';
import { taskNumber } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { Fault } from '../../core/fault.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { makeQuestion } from '../answer/question.ts';
import { shortText } from '../budget-words.ts';
import { hold } from '../plan/hold.ts';
import { noteOn } from '../move.ts';
import { showPlan } from '../start.ts';
import type { Reserving, Short } from '../ports/rows-budgets.ts';
import type { QuestionOption } from '../ports/rows-cards.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** The first budget that has no room for a call; null where all have. */
export async function shortOf(
  { store }: Pick<World, 'store'>,
  { scope, worst, at, zone }: Reserving,
): Promise<Short | null> {
  return (await store.budgetsShort({ scope, worst, at, zone }))[0] ?? null;
}

/**
 * Holds a queued task whose call was refused, if it was refused for a budget. Throws Fault `conflict` (retry) where there
 * was no room a moment ago and is some now.
 */
export async function holdShort(world: World, file: TaskFile, reserve: Reserving): Promise<void> {
  if (!(await holdIfShort(world, file, reserve))) await isStill(world, file);
}

/** Holds a queued task if a budget has no room for its call. Whether it did. */
export async function holdIfShort(
  world: World,
  file: TaskFile,
  reserve: Reserving,
): Promise<boolean> {
  const short = await shortOf(world, reserve);
  if (short === null) return false;
  const act = openAct(world.clock);
  const { task, request } = file;
  showPlan(act, await heldFor(world, act, { task, request, short }));
  await world.store.commit(act.close());
  return true;
}

/** Another process took the task, or it would be left queued with nobody to work on it. */
async function isStill({ store }: Pick<World, 'store'>, { task }: TaskFile): Promise<void> {
  const now = await store.taskFile(task.id);
  if (now === null || now.task.version !== task.version) return;
  throw new Fault('conflict', 'A budget had no room and has some now. The work is tried again.', {
    retry: true,
  });
}

type Holding = { readonly task: TaskRow; readonly request: RequestRow; readonly short: Short };

/** Holds a task for a budget, and asks once for all tasks that wait for the same whether it is raised. */
export async function heldFor(
  world: World,
  act: OpenAct,
  { task, request, short }: Holding,
): Promise<TaskRow> {
  const { needs, state } = short;
  const { id, figure } = state.budget;
  const rule = needs === null ? 'HOLD-UNPRICED' : 'HOLD-BUDGET';
  const held = hold(act, task, {
    rule: refOf(world.library.rules, rule),
    waitsFor: `budget:${id}`,
    set: { costNano: task.costNano },
    data: { budget: id, figure, needs },
  });
  if (needs !== null && (await world.store.budgetQuestion(id)) === null)
    await askToRaise(world, act, { task: held, request, short: { state, needs } });
  return held;
}

type Raising = Omit<Holding, 'short'> & { readonly short: Short & { readonly needs: number } };

async function askToRaise(
  world: World,
  act: OpenAct,
  { task, request, short }: Raising,
): Promise<void> {
  const { state, needs } = short;
  const { figure, limit } = state.used;
  const offers = raiseOffers(figure, needs - leftOf(state.used), limit);
  const what = await shortText(world, state, needs);
  const until = state.budget.period === 'month' ? `for ${state.period}` : 'for good';
  const question = await makeQuestion(world, act, {
    about: 'budget',
    request,
    task,
    text: `${taskNumber(request.number, task.ordinal)} is held: ${what}. Nothing is spent before somebody raises it ${until}; the most is reserved, and what is not used comes back.`,
    options: offers.map((by): QuestionOption => ({
      value: `raise_${by}`,
      label: `Raise by ${amountText(figure, by)}`,
    })),
    place: { at: 'review' },
  });
  if (question === null) return;
  const rule = refOf(world.library.rules, 'HOLD-BUDGET');
  // The answers offered would tell what is left of a budget that is not this client's.
  const { question: id, text } = question.data;
  const entry = noteOn(act, task, {
    type: 'person.asked',
    actor: { kind: 'rule', id: rule },
    rule,
    data: { about: 'budget', question: id ?? null, text: text ?? null },
  });
  question.write(entry);
}
