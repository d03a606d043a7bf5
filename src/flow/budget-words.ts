import { amountText, leftOf, percentUsed } from '../core/budget.ts';
import { requestNumber } from '../core/id.ts';
import type { TaskId } from '../core/id.ts';
import { isFinal } from '../core/task.ts';
import type { BudgetRow, BudgetState } from './ports/rows-budgets.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { RequestFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** Why money cannot be reserved for a call. */
const WITHOUT_PRICE =
  'nobody knows what a call costs at most: its model has no price in rules/prices.yaml';

type Needs = Pick<World, 'store'>;
type Look = Needs & Pick<World, 'clock' | 'facility'>;

/** All budgets in force, as they stand now. */
export function budgetsNow({ store, clock, facility }: Look): Promise<readonly BudgetState[]> {
  return store.budgets(clock.now(), facility.zone);
}

/** `budget 3 (Acme, senior lane, each month)` */
export async function budgetName({ store }: Needs, budget: BudgetRow): Promise<string> {
  const { clientId, requestId, personId, lane, period, number } = budget;
  const client = clientId === null ? null : await store.client(clientId);
  const request = requestId === null ? null : await store.requestFile(requestId);
  const person = personId === null ? null : await store.person(personId);
  const about = [
    ...(client === null ? [] : [client.name]),
    ...(lane === null ? [] : [`${lane} lane`]),
    ...(request === null ? [] : [requestNumber(request.request.number)]),
    ...(person === null ? [] : [`asked for by ${person.name}`]),
    ...(period === 'month' ? ['each month'] : []),
  ];
  return `budget ${number} (${about.join(', ')})`;
}

/** `$12.40 of $30.00 used (41 %), $0.91 reserved for calls under way, raised by $5.00 in 2026-11` */
export function usedText({ used, now, period, uncertain }: BudgetState): string {
  const { figure, spent, reserved, limit } = used;
  const text = (amount: number): string => amountText(figure, amount);
  const raised = now?.raised ?? 0;
  return [
    `${text(spent)} of ${text(limit)} used (${percentUsed(used)} %)`,
    ...(reserved === 0 ? [] : [`${text(reserved)} reserved for calls under way`]),
    ...(uncertain === 0
      ? []
      : [
          `of it ${text(uncertain)} reserved for answers that were lost or have no price, counted at their worst`,
        ]),
    ...(raised === 0
      ? []
      : [`raised by ${text(raised)}${period === 'ever' ? '' : ` in ${period}`}`]),
  ].join(', ');
}

/** What a budget has left and what a call may come to, as a sentence without its end. */
export async function shortText(
  world: Needs,
  { budget, used }: BudgetState,
  needs: number | null,
): Promise<string> {
  const name = await budgetName(world, budget);
  const text = (amount: number): string => amountText(used.figure, amount);
  if (needs === null) return `${name} is in ${used.figure}, and ${WITHOUT_PRICE}`;
  const left = leftOf(used);
  const has =
    left < 0
      ? `is ${text(-left)} over its ${text(used.limit)}`
      : `has ${text(left)} of ${text(used.limit)} left`;
  return `${name} ${has}, and this may come to ${text(needs)}`;
}

/** What is left of each budget that counts calls for the open pieces of a request: none where no piece is open. */
export async function leftLines(world: Look, file: RequestFile): Promise<readonly string[]> {
  const open = file.tasks.filter(({ state }) => !isFinal(state));
  const states = open.length === 0 ? [] : await budgetsNow(world);
  const counting = states.filter(({ budget }) => open.some((task) => counts(budget, file, task)));
  return Promise.all(
    counting.map(async ({ budget, used }) => {
      const [left, limit] = [Math.max(0, leftOf(used)), used.limit];
      const name = await budgetName(world, budget);
      return `${amountText(used.figure, left)} of ${amountText(used.figure, limit)} left in ${name}`;
    }),
  );
}

function counts(budget: BudgetRow, { request }: RequestFile, { clientId, lane }: TaskRow): boolean {
  const is = (named: string | null, one: string | null): boolean => named === null || named === one;
  return (
    is(budget.clientId, clientId) &&
    is(budget.lane, lane) &&
    is(budget.requestId, request.id) &&
    is(budget.personId, request.personId)
  );
}

/** The budget a held task waits for. */
export const budgetOf = ({ waitsFor }: Pick<TaskRow, 'waitsFor'>): string | null =>
  waitsFor?.startsWith('budget:') === true ? waitsFor.slice('budget:'.length) : null;

/** Why tasks are held that wait for a budget, with the figures as they are now. */
export async function heldWords(
  world: Look,
  tasks: readonly TaskRow[],
): Promise<ReadonlyMap<TaskId, string>> {
  const held = tasks.filter((task) => task.state === 'held' && budgetOf(task) !== null);
  if (held.length === 0) return new Map();
  const states = await budgetsNow(world);
  const words = held.map(async (task) => [task.id, await wordsFor(world, task, states)] as const);
  return new Map(await Promise.all(words));
}

async function wordsFor(
  world: Look,
  task: TaskRow,
  states: readonly BudgetState[],
): Promise<string> {
  const state = states.find(({ budget }) => budget.id === budgetOf(task));
  if (state === undefined) return 'held for a budget that is no more: it goes on within a minute';
  const trail = await world.store.trail({ task: task.id });
  const needs = trail.findLast(({ type }) => type === 'task.held')?.data['needs'];
  const why = await shortText(world, state, typeof needs === 'number' ? needs : null);
  return `held: ${why}. Next step: ${typeof needs === 'number' ? `raise it on its card or with /aios budget raise ${state.budget.number} <amount>` : 're-route it, or see its card'}`;
}
