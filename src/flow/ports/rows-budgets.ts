import type { Amounts, Figure, Period, Used } from '../../core/budget.ts';
import type { AttemptId, BudgetId, ClientId, PersonId, RequestId, TaskId } from '../../core/id.ts';
import type { Lane } from '../../core/lane.ts';
import type { Counted } from '../../core/lost-answer.ts';
import type { Moment } from '../../core/moment.ts';
import type { QuestionRow } from './rows-cards.ts';
import type { LastEntry } from './rows-settings.ts';
import type { TaskRow } from './rows-work.ts';

/** Rows of budgets, and what is asked of the store about them. */

/** Which calls a budget counts: those that fit everything that is not null. */
export type Scope = {
  readonly clientId: ClientId | null;
  readonly lane: Lane | null;
  readonly requestId: RequestId | null;
  /** Who asked for the work. */
  readonly personId: PersonId | null;
};

export type BudgetRow = LastEntry &
  Scope & {
    readonly id: BudgetId;
    readonly number: number;
    readonly period: Period;
    readonly figure: Figure;
    readonly cap: number;
    /** How much approvers may raise it by in a period, all together. */
    readonly approverRaise: number;
    readonly removedAt: Moment | null;
  };

/** What was done to a budget in one period; its sums are the database's to keep. */
export type BudgetPeriodRow = {
  readonly budgetId: BudgetId;
  /** `2026-11`, or `ever`. */
  readonly period: string;
  readonly raised: number;
  readonly raisedByApprovers: number;
  readonly warnedAt: Moment | null;
  readonly lastEntry: LastEntry['lastEntry'] | null;
};

/** A budget as it stands in one period. */
export type BudgetState = {
  readonly budget: BudgetRow;
  /** What was done to it in the period; null where nothing was, and nothing was spent. */
  readonly now: BudgetPeriodRow | null;
  readonly period: string;
  readonly used: Used;
  /** Of what was spent: the worst case of calls whose answer was lost or has no price, until somebody puts it right. */
  readonly uncertain: number;
};

/** A call about to be made, as far as budgets are concerned. */
export type Reserving = {
  readonly does: 'reserve';
  readonly attempt: AttemptId;
  readonly scope: Scope;
  /** The most it can come to. */
  readonly worst: Amounts;
  readonly at: Moment;
  /** IANA name of where the practice is: there a month begins. */
  readonly zone: string;
};

/** A call that ended. What is null in it stays counted as it was reserved. */
export type Settling = {
  readonly does: 'settle';
  readonly attempt: AttemptId;
  readonly spent: Amounts;
  readonly counted: Counted;
};

/** What somebody says that a call came to whose price nobody knew. What is null in it stays at its worst case. */
export type Reconciling = {
  readonly does: 'reconcile';
  readonly attempt: AttemptId;
  readonly spent: Amounts;
};

/**
 * Reserving takes from every budget that applies, or the act is lost; settling puts what a call came to in the place of
 * what was reserved for it;
 * reconciling puts what an invoice says in the place of a worst case, once.
 */
export type Spending = Reserving | Settling | Reconciling;

/** A budget without room for a call, and what the call can come to in its figure; null where nobody knows. */
export type Short = { readonly state: BudgetState; readonly needs: number | null };

export type BudgetReads = {
  /** All that are in force, as they stand in the period that holds this moment, by number. */
  budgets(at: Moment, zone: string): Promise<readonly BudgetState[]>;
  /** Those that would refuse this call now, by number. */
  budgetsShort(call: Omit<Reserving, 'does' | 'attempt'>): Promise<readonly Short[]>;
  /** Tasks that are held for a budget, longest first. */
  heldForBudgets(): Promise<readonly TaskRow[]>;
  /**
   * Those of them whose budget has room in that period for what the call could come to when it was held, or is no more, or of whose
   * call nobody knew that.
   */
  heldWithRoom(at: Moment, zone: string): Promise<readonly TaskRow[]>;
  /** The open question about raising a budget, of a task that is still held for it. */
  budgetQuestion(budget: BudgetId): Promise<QuestionRow | null>;
  /** Open questions about budgets that a task was asked. */
  budgetQuestionsOf(task: TaskId): Promise<readonly QuestionRow[]>;
  /** Settles, at their worst case, reservations whose attempt ended without. Gives how many there were. */
  settleForgotten(): Promise<number>;
};
