import { randomUUID } from 'node:crypto';
import type { Amounts, Figure, Period } from '../../src/core/budget.ts';
import { NOTHING_SPENT } from '../../src/core/budget.ts';
import type { EntryDraft } from '../../src/core/entry.ts';
import type { AttemptId, BudgetId, EntryId, TaskId } from '../../src/core/id.ts';
import type { Counted } from '../../src/core/lost-answer.ts';
import type { Moment } from '../../src/core/moment.ts';
import type { Scope, Spending } from '../../src/flow/ports/rows-budgets.ts';
import type { Act, Change, Outcome } from '../../src/flow/ports/store.ts';
import { commit } from '../../src/store/commit.ts';
import type { Sql } from '../../src/store/connect.ts';
import { sampleData } from '../helpers/entries.ts';
import { NOW } from './scene.ts';
import type { Scene } from './scene.ts';

export const ZONE = 'Europe/Berlin';
const STAMP = { build: 'b', origin: 'test', policy: () => 'ab'.repeat(32) };
const id = <T extends string>(): T => randomUUID() as string as T;

/** So many nano-USD, and nothing else. */
export const cash = (nano: number | null): Amounts => ({ ...NOTHING_SPENT, cash: nano });

type Part = {
  readonly entry?: Partial<EntryDraft>;
  readonly changes?: (entry: EntryId) => readonly Change[];
  readonly spending?: readonly Spending[];
  readonly at?: Moment;
};

/** Writes an act with one entry as the program does. */
function write(sql: Sql, { entry, changes, spending = [], at = NOW }: Part): Promise<Outcome> {
  const last = id<EntryId>();
  const type = entry?.type ?? 'client.set';
  const draft: EntryDraft = {
    type,
    actor: { kind: 'system', id: 'test' },
    ...entry,
    data: { ...sampleData(type), ...entry?.data },
  };
  const act: Act = {
    entries: [{ id: last, cause: null, draft }],
    changes: changes?.(last) ?? [],
    cards: [],
    jobs: [],
    spending,
    at,
  };
  return commit(sql, act, STAMP);
}

export const NOBODY: Scope = { clientId: null, lane: null, requestId: null, personId: null };

type Set = {
  readonly scope?: Partial<Scope>;
  readonly figure?: Figure;
  readonly period?: Period;
  readonly cap: number;
  readonly approverRaise?: number;
};

/** Sets a budget; of the client of the scene unless said otherwise. */
export async function setBudget(sql: Sql, scene: Scene, set: Set): Promise<BudgetId> {
  const budget = id<BudgetId>();
  await write(sql, {
    entry: { type: 'budget.set', actor: { kind: 'person', id: scene.approver }, data: { budget } },
    changes: (lastEntry) => [
      {
        insert: 'budget',
        row: {
          id: budget,
          ...NOBODY,
          ...(set.scope ?? { clientId: scene.client }),
          period: set.period ?? 'ever',
          figure: set.figure ?? 'cash',
          cap: set.cap,
          approverRaise: set.approverRaise ?? 0,
          removedAt: null,
          lastEntry,
        },
      },
    ],
  });
  return budget;
}

/** Changes a budget: its cap, or whether it is in force. */
export function changeBudget(
  sql: Sql,
  scene: Scene,
  {
    budget,
    ...set
  }: { readonly budget: BudgetId; readonly cap?: number; readonly removedAt?: Moment },
): Promise<Outcome> {
  const type = set.removedAt === undefined ? 'budget.set' : 'budget.removed';
  return write(sql, {
    entry: { type, actor: { kind: 'person', id: scene.approver }, data: { budget } },
    changes: (lastEntry) => [
      { update: 'budget', set: { ...set, lastEntry }, where: { id: budget } },
    ],
  });
}

/** Raises a limit that was spent from before, seen at what it was raised by until now. */
export function raiseBudget(
  sql: Sql,
  scene: Scene,
  {
    budget,
    from,
    by,
    approvers = 0,
  }: { budget: BudgetId; from: number; by: number; approvers?: number },
): Promise<Outcome> {
  return write(sql, {
    entry: {
      type: 'budget.raised',
      actor: { kind: 'person', id: scene.approver },
      data: { budget },
    },
    changes: (lastEntry) => [
      {
        update: 'budget_period',
        set: { raised: from + by, raisedByApprovers: approvers, lastEntry },
        where: { budgetId: budget, period: 'ever', raised: from },
      },
    ],
  });
}

export type Starting = {
  readonly scene: Scene;
  readonly task: TaskId;
  readonly worst: Amounts;
  readonly scope?: Partial<Scope>;
  readonly at?: Moment;
};

/** Starts an attempt with what it may come to reserved; null where it was refused. */
export async function startAttempt(sql: Sql, how: Starting): Promise<AttemptId | null> {
  const attempt = id<AttemptId>();
  const { scene, task, worst, at = NOW } = how;
  const scope = { ...NOBODY, clientId: scene.client, ...how.scope };
  const outcome = await write(sql, {
    entry: { type: 'attempt.started', task, attempt },
    changes: (startedEntry) => [{ insert: 'attempt', row: row(attempt, task, startedEntry) }],
    spending: [{ does: 'reserve', attempt, scope, worst, at, zone: ZONE }],
    at,
  });
  return outcome === 'done' ? attempt : null;
}

function row(attempt: AttemptId, taskId: TaskId, startedEntry: EntryId) {
  return {
    id: attempt,
    taskId,
    purpose: 'work',
    lane: 'senior',
    persona: 'p',
    personaHash: 'h',
    startedAt: NOW,
    endedAt: null,
    outcome: null,
    model: null,
    usage: null,
    costNano: null,
    costBasis: null,
    allocatedNano: null,
    listNano: null,
    playedNano: null,
    credits: null,
    notBefore: null,
    promptBody: null,
    answerBody: null,
    rehearsal: false,
    startedEntry,
    endedEntry: null,
  } as const;
}

type Ending = {
  readonly task: TaskId;
  readonly attempt: AttemptId;
  /** Absent where the attempt ends and nobody settles it. */
  readonly spent?: Amounts;
  readonly counted?: Counted;
};

/** Ends an attempt and settles what was reserved for it. */
export function endAttempt(sql: Sql, { task, attempt, spent, counted }: Ending): Promise<Outcome> {
  return write(sql, {
    entry: { type: 'attempt.ended', task, attempt },
    changes: (endedEntry) => [
      {
        update: 'attempt',
        set: { endedAt: NOW, outcome: 'ok', endedEntry, costBasis: 'unpriced' },
        where: { id: attempt, endedAt: null },
      },
    ],
    spending:
      spent === undefined ? [] : [{ does: 'settle', attempt, spent, counted: counted ?? 'booked' }],
  });
}

/** Says what a call came to whose price nobody knew. */
export function reconcileAttempt(
  sql: Sql,
  { task, attempt, spent }: { task: TaskId; attempt: AttemptId; spent: Amounts },
): Promise<Outcome> {
  return write(sql, {
    entry: { type: 'cost.adjusted', task, attempt },
    spending: [{ does: 'reconcile', attempt, spent }],
  });
}

export type Sums = { readonly spent: number; readonly reserved: number };

/** What the database counts for a budget in all periods, and what its reservations come to. */
export async function sumsOf(sql: Sql, budget: BudgetId): Promise<{ counted: Sums; rows: Sums }> {
  const [counted] = await sql<Sums[]>`
    select coalesce(sum(spent), 0)::bigint as spent, coalesce(sum(reserved), 0)::bigint as reserved
    from budget_period where budget_id = ${budget}`;
  const [rows] = await sql<Sums[]>`
    select coalesce(sum(settled), 0)::bigint as spent,
      coalesce(sum(amount) filter (where settled is null), 0)::bigint as reserved
    from reservation where budget_id = ${budget}`;
  if (counted === undefined || rows === undefined) throw new Error('sums are expected');
  return { counted, rows };
}
