import { amountText } from '../core/budget.ts';
import type { EntryDraft } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { EntryId } from '../core/id.ts';
import type { OpenAct } from './act.ts';
import type { BudgetRow, BudgetState } from './ports/rows-budgets.ts';
import type { PersonRow } from './ports/rows-settings.ts';

/** In what right somebody raises a budget. */
export type RaisesAs = 'owner' | 'approver';

/** The log in which a budget is kept: that of its client, else the practice's own. */
export function aboutBudget({ clientId }: Pick<BudgetRow, 'clientId'>): Pick<EntryDraft, 'client'> {
  return clientId === null ? {} : { client: clientId };
}

/** By how much approvers may still raise a budget in this period, all together. */
export function leftToApprovers({ budget, now }: Pick<BudgetState, 'budget' | 'now'>): number {
  return Math.max(0, budget.approverRaise - (now?.raisedByApprovers ?? 0));
}

/** Throws Fault `not_allowed` where the amount is the owner's to give. */
export function refuseAbove(state: BudgetState, as: RaisesAs, by: number): void {
  const left = leftToApprovers(state);
  if (as === 'owner' || by <= left) return;
  const { figure } = state.used;
  const may = left === 0 ? 'no more' : `${amountText(figure, left)} more`;
  throw new Fault(
    'not_allowed',
    `Approvers may raise this budget by ${may}${state.budget.period === 'month' ? ' this month' : ''}, and this is ${amountText(figure, by)}. The owner can. Nothing was changed.`,
  );
}

type Raise = {
  readonly state: BudgetState;
  readonly by: number;
  readonly person: PersonRow;
  readonly as: RaisesAs;
};

/**
 * Raises a budget for the period it stands in, in the act. The act is lost when somebody raised it meanwhile. Throws Fault
 * `not_allowed` for more than that person may.
 */
export function raise(act: OpenAct, { state, by, person, as }: Raise): EntryId {
  refuseAbove(state, as, by);
  const { budget, now, period, used } = state;
  const lastEntry = act.note(
    {
      type: 'budget.raised',
      actor: { kind: 'person', id: person.id },
      ...aboutBudget(budget),
      data: {
        budget: budget.id,
        period,
        figure: used.figure,
        limit: { from: used.limit, to: used.limit + by },
        as,
      },
    },
    budget.lastEntry,
  );
  const before = now?.raised ?? 0;
  const set = {
    raised: before + by,
    raisedByApprovers: (now?.raisedByApprovers ?? 0) + (as === 'approver' ? by : 0),
    lastEntry,
  };
  const where = { budgetId: budget.id, period };
  act.change(
    now === null
      ? { insert: 'budget_period', row: { ...where, ...set, warnedAt: null } }
      : { update: 'budget_period', set, where: { ...where, raised: before } },
  );
  return lastEntry;
}
