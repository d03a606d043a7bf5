import { leftOf } from '../core/budget.ts';
import type { BudgetId, TaskId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type {
  BudgetPeriodRow,
  BudgetReads,
  BudgetRow,
  BudgetState,
  Reserving,
  Short,
} from '../flow/ports/rows-budgets.ts';
import type { QuestionRow } from '../flow/ports/rows-cards.ts';
import type { TaskRow } from '../flow/ports/rows-work.ts';
import { asJson } from './columns.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';
import { amountIn, counting, periodAt } from './spend.ts';

/** Reads of budgets, with their sums in one period. */
export function budgetReads(sql: Sql): BudgetReads {
  return {
    budgets: async (at, zone) =>
      (await all(stateRows(sql, { at, zone }, { where: sql`b.removed_at is null` }))).map(stateOf),
    budgetsShort: (call) => budgetsShort(sql, call),
    heldForBudgets: () =>
      all(
        sql<TaskRow[]>`
          select * from task where state = 'held' and waits_for like 'budget:%' order by changed_at, id`,
      ),
    heldWithRoom: (at, zone) => all(heldWithRoom(sql, { at, zone })),
    budgetQuestion: (id) => budgetQuestion(sql, id),
    budgetQuestionsOf: (task) => budgetQuestionsOf(sql, task),
    settleForgotten: async () => (await all(settleForgotten(sql))).length,
  };
}

type Row = {
  readonly budget: BudgetRow;
  readonly now: BudgetPeriodRow | null;
  readonly period: string;
  readonly limit: number;
  readonly spent: number;
  readonly reserved: number;
  readonly uncertain: number;
  readonly needs: number | null;
};
type When = { readonly at: Moment; readonly zone: string };
type Asked = {
  readonly where: ReturnType<typeof counting>;
  readonly needs?: ReturnType<typeof amountIn>;
};

function stateRows(sql: Sql, when: When, { where, needs = sql`null::bigint` }: Asked) {
  const json = (table: string, alias: string) => sql.unsafe(asJson(table, alias));
  return sql<Row[]>`
    select ${json('budget', 'b')} as budget, case when p.period is null then null else ${json('budget_period', 'p')} end as now,
      ${periodAt(sql, when)} as period, b.cap + coalesce(p.raised, 0) as limit, coalesce(p.spent, 0)::bigint as spent,
      coalesce(p.reserved, 0)::bigint as reserved, ${needs} as needs,
      (select coalesce(sum(r.settled), 0)::bigint from reservation r
        where r.budget_id = b.id and r.period = p.period and r.counted in ('lost', 'unpriced')) as uncertain
    from budget b left join budget_period p on p.budget_id = b.id and p.period = ${periodAt(sql, when)}
    where ${where} order by b.number`;
}

function stateOf({ budget, now, period, limit, spent, reserved, uncertain }: Row): BudgetState {
  const { figure } = budget;
  return { budget, now, period, used: { figure, limit, spent, reserved }, uncertain };
}

async function budgetsShort(
  sql: Sql,
  call: Omit<Reserving, 'does' | 'attempt'>,
): Promise<readonly Short[]> {
  const needs = amountIn(sql, call.worst);
  const rows = await all(stateRows(sql, call, { where: counting(sql, call), needs }));
  return rows
    .map((row) => ({ state: stateOf(row), needs: row.needs }))
    .filter(({ state, needs }) => needs === null || (needs > 0 && needs > leftOf(state.used)));
}

/** What the call could come to stands in the entry that held the task, which is its last. */
function heldWithRoom(sql: Sql, when: When) {
  return sql<TaskRow[]>`
    select t.* from task t join entry e on e.entry_id = t.last_entry
      left join budget b on 'budget:' || b.id = t.waits_for and b.removed_at is null
      left join budget_period p on p.budget_id = b.id and p.period = ${periodAt(sql, when)}
      cross join lateral (select (convert_from(e.body, 'UTF8')::jsonb #>> '{data,needs}')::bigint as needs) n
    where t.state = 'held' and t.waits_for like 'budget:%' and (b.id is null or n.needs is null
      or n.needs <= b.cap + coalesce(p.raised - p.spent - p.reserved, 0))
    order by t.changed_at, t.id`;
}

function budgetQuestion(sql: Sql, id: BudgetId): Promise<QuestionRow | null> {
  return one(
    sql<QuestionRow[]>`
      select q.* from question q join task t on t.id = q.task_id
      where q.about = 'budget' and q.answered_at is null and t.state = 'held' and t.waits_for = ${`budget:${id}`}
      order by q.asked_at limit 1`,
  );
}

function budgetQuestionsOf(sql: Sql, task: TaskId): Promise<readonly QuestionRow[]> {
  return all(
    sql<QuestionRow[]>`
      select * from question where task_id = ${task} and about = 'budget' and answered_at is null order by asked_at`,
  );
}

/** Whoever ends an attempt settles it in the same act; this is for an end that came about in any other way. */
function settleForgotten(sql: Sql) {
  return sql<{ attemptId: string }[]>`
    update reservation r set settled = r.amount, counted = 'lost' from attempt a
    where a.id = r.attempt_id and a.ended_at is not null and r.settled is null returning r.attempt_id`;
}
