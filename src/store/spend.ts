import type { Amounts } from '../core/budget.ts';
import type { Reconciling, Reserving, Settling, Spending } from '../flow/ports/rows-budgets.ts';
import type { Sql } from './connect.ts';
import { sameAs } from './connect.ts';
import type { Statement } from './together.ts';

/** The statements of one taking, settling or reconciling. */
export function spend(spending: Spending): readonly Statement[] {
  if (spending.does === 'settle') return [settle(spending)];
  if (spending.does === 'reconcile') return [reconcile(spending)];
  return [openPeriods(spending), reserve(spending)];
}

type Call = Omit<Reserving, 'does' | 'attempt'>;

/** The budgets `b` that count this call. */
export const counting = (tx: Sql, { scope }: Pick<Call, 'scope'>) => tx`
  b.removed_at is null
  and (b.client_id is null or b.client_id ${sameAs(tx, scope.clientId)})
  and (b.lane is null or b.lane ${sameAs(tx, scope.lane)})
  and (b.request_id is null or b.request_id ${sameAs(tx, scope.requestId)})
  and (b.person_id is null or b.person_id ${sameAs(tx, scope.personId)})`;

/** The period of a budget `b` that holds a moment: months begin where the practice is. */
export const periodAt = (tx: Sql, { at, zone }: Pick<Call, 'at' | 'zone'>) =>
  tx`case b.period when 'month' then to_char(${at}::timestamptz at time zone ${zone}, 'YYYY-MM') else 'ever' end`;

/** What a call comes to in the figure of a budget `b`. */
export const amountIn = (tx: Sql, { cash, credits, tokens, minutes }: Amounts) => tx`
  case b.figure when 'cash' then ${cash}::bigint when 'credits' then ${credits}::bigint
    when 'tokens' then ${tokens}::bigint else ${minutes}::bigint end`;

/** Begins the period of each budget that counts the call, where nothing was spent in it before. */
const openPeriods =
  (call: Call): Statement =>
  (tx) => tx`
    insert into budget_period (budget_id, period)
    select b.id, ${periodAt(tx, call)} from budget b where ${counting(tx, call)} order by b.id
    on conflict do nothing`;

/**
 * Takes the worst case from every budget that counts the call, or from none: one without room, or one for which nobody
 * knows what the call comes to, fails the transaction as MET does. The rows are locked in the order of their budgets and
 * read as they are then, so that no other call can take the same room. What takes nothing is let through by a budget that
 * is used up.
 */
const reserve =
  ({ attempt, worst, ...call }: Reserving): Statement =>
  (tx) => tx`
    with counting as (
      select b.id, p.period, ${amountIn(tx, worst)} as amount, b.cap + p.raised - p.spent - p.reserved as room
      from budget b join budget_period p on p.budget_id = b.id and p.period = ${periodAt(tx, call)}
      where ${counting(tx, call)}
      order by b.id for share of b for no key update of p
    ), taking as (
      select * from counting where amount is null or amount > 0
    ), done as (
      insert into reservation (attempt_id, budget_id, period, amount)
      select ${attempt}::uuid, id, period, amount from taking
      where not exists (select from taking where amount is null or amount > room)
      returning 1
    )
    select 1 / (case when (select count(*) from done) = (select count(*) from taking) then 1 else 0 end)`;

/**
 * Puts what a call came to in the place of what was reserved for it. What is not known stays as it was reserved: `lost`
 * where there was no answer, `unpriced` where there was one.
 */
const settle =
  ({ attempt, spent, counted }: Settling): Statement =>
  (tx) => tx`
    with mine as (
      select b.id, ${amountIn(tx, spent)} as came_to
      from reservation r join budget b on b.id = r.budget_id
        join budget_period p on p.budget_id = r.budget_id and p.period = r.period
      where r.attempt_id = ${attempt} and r.settled is null
      order by b.id for no key update of p
    )
    update reservation r set settled = coalesce(m.came_to, r.amount),
      counted = case when m.came_to is not null then ${counted}::text when ${counted}::text = 'lost' then 'lost' else 'unpriced' end
    from mine m where r.attempt_id = ${attempt} and r.budget_id = m.id and r.settled is null`;

/** Fails nothing where there is nothing to reconcile: a call may be in no budget. */
const reconcile =
  ({ attempt, spent }: Reconciling): Statement =>
  (tx) => tx`
    with mine as (
      select b.id, ${amountIn(tx, spent)} as came_to
      from reservation r join budget b on b.id = r.budget_id
        join budget_period p on p.budget_id = r.budget_id and p.period = r.period
      where r.attempt_id = ${attempt} and r.counted in ('lost', 'unpriced')
      order by b.id for no key update of p
    )
    update reservation r set settled = m.came_to, counted = 'reconciled'
    from mine m where r.attempt_id = ${attempt} and r.budget_id = m.id and r.counted in ('lost', 'unpriced')
      and m.came_to is not null`;
