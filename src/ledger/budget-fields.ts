import { FIGURES, PERIODS } from '../core/budget.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { Fields } from './field.ts';
import { each, ID, NAME, oneOf, orNull, recordOf, WHOLE } from './field.ts';
import { LANE } from './route-fields.ts';
import { ANSWER } from './work-fields.ts';

/** Which calls count; the client is that of the entry. */
const SCOPE: Fields = each({ lane: LANE, request: ID, person: ID });
const FIGURE = oneOf(FIGURES);
/** What it was before and is from now on, in the unit of the figure; null before it was set. */
const FROM_TO = recordOf({ from: orNull(WHOLE), to: WHOLE });

/** What the `data` of an entry about a budget holds. */
export const BUDGET_FIELDS = {
  'budget.set': {
    budget: ID,
    ...SCOPE,
    period: oneOf(PERIODS),
    figure: FIGURE,
    cap: FROM_TO,
    approver_raise: FROM_TO,
  },
  /** For one period. A task that went on by it says so with the budget alone, and with the answer that raised it. */
  'budget.raised': {
    budget: ID,
    ...each({
      period: NAME,
      figure: FIGURE,
      limit: FROM_TO,
      as: oneOf(['owner', 'approver']),
      ...ANSWER,
    }),
  },
  'budget.removed': { budget: ID, figure: FIGURE, cap: WHOLE },
  'budget.warned': { budget: ID, period: NAME, figure: FIGURE, spent: WHOLE, limit: WHOLE },
} as const satisfies Partial<Record<EntryType, Fields>>;
