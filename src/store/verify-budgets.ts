import { FIGURES, UNIT_NAMES } from '../core/budget.ts';
import { NANO_PER_MICRO_CREDIT, NANO_USD_PER_MICRO_CREDIT } from '../core/credits.ts';
import { mine, ofTask } from './agreement.ts';
import type { Agreement } from './agreement.ts';

/** What budgets say must be what entries say: a limit that nobody set, or a sum that nothing came to, lets calls through. */

const units = FIGURES.map((figure) => `when '${figure}' then '${UNIT_NAMES[figure]}'`).join(' ');

/** An amount with the unit of its figure. */
const inUnit = (figure: string, amount: string): string =>
  `(${amount})::text || ' ' || case ${figure} ${units} end`;

type Terms = {
  readonly cap: string;
  readonly raise: string;
  readonly figure: string;
  readonly client: string;
  readonly removed: string;
  /** The column or the field of this name. */
  readonly of: (name: 'period' | 'lane' | 'request' | 'person') => string;
};

/** Everything that is set of a budget, in one line; what is absent is left out. */
const termsText = ({ cap, raise, figure, client, removed, of }: Terms): string =>
  `concat_ws(', ', 'a cap of ' || ${inUnit(figure, cap)}, ${inUnit(figure, raise)} || ' for approvers', 'period ' || ${of('period')},
    'client ' || ${client}, 'lane ' || ${of('lane')}, 'request ' || ${of('request')}, 'person ' || ${of('person')}, 'removed ' || ${removed})`;

const AS_ENTERED = termsText({
  cap: `x.data #>> '{cap,to}'`,
  raise: `x.data #>> '{approver_raise,to}'`,
  figure: `x.data ->> 'figure'`,
  client: 'x.client_id',
  removed: `(select y.at from said y where y.type = 'budget.removed' and y.data ->> 'budget' = b.id::text)`,
  of: (name) => `(x.data ->> '${name}')`,
});
const COLUMNS = { period: 'period', lane: 'lane', request: 'request_id', person: 'person_id' };
const AS_STORED = termsText({
  cap: 'b.cap',
  raise: 'b.approver_raise',
  figure: 'b.figure',
  client: 'b.client_id',
  removed: 'b.removed_at',
  of: (name) => `b.${COLUMNS[name]}`,
});

/** The data of the entry behind a call; read where they are needed, for most calls are in no budget. */
const dataOf = (entry: string): string =>
  `(select convert_from(n.body, 'UTF8')::jsonb -> 'data' from entry n where n.entry_id = ${entry})`;

/** What the end of a call `a` came to by its entry, in the figure of a budget `b`; as `settledBy` counts it. */
const CAME_TO = `case b.figure
    when 'cash' then case d.ended ->> 'basis' when 'rehearsal' then 0 else (d.ended ->> 'cash')::bigint end
    when 'credits' then case when (d.ended ->> 'rehearsal')::boolean then 0
      when d.ended ? 'credits' then ceil((d.ended ->> 'credits')::numeric / ${NANO_PER_MICRO_CREDIT})::bigint
      when a.lane <> 'seat' then 0 else ceil((d.ended ->> 'list')::numeric / ${NANO_USD_PER_MICRO_CREDIT})::bigint end
    when 'tokens' then (select sum(t.value::bigint)::bigint from jsonb_each_text(d.ended -> 'tokens') t)
    else (d.ended ->> 'latency_ms')::bigint end`;

/** What somebody said of a call whose price nobody knew: of money alone, unless it was nothing. */
const SAID_LATER = `(select case when b.figure = 'cash' or x.cost_nano = 0 then x.cost_nano end from said x
    where x.type = 'cost.adjusted' and x.data ->> 'corrects' = a.ended_entry::text order by x.id limit 1)`;

/** A minute either side of where a budget begins and ends: what happens at once has no order that could be relied upon. */
const WHILE_IN_FORCE = `s.at > (select min(x.at) from said x where x.type = 'budget.set' and x.data ->> 'budget' = b.id::text) + interval '1 minute'
  and (b.removed_at is null or s.at < b.removed_at - interval '1 minute')`;

export const BUDGET_AGREEMENTS: readonly Agreement[] = [
  {
    holds: 'Every budget is what the last entry that set it says, until one removes it.',
    rows: `
      select 'budget ' || b.number as place, coalesce(e.text, 'an entry that set it') as expected, ${AS_STORED} as got
      from budget b left join lateral (select ${AS_ENTERED} as text from said x
        where x.type = 'budget.set' and x.data ->> 'budget' = b.id::text order by x.id desc limit 1) e on true
      where ${mine('b.client_id')} and e.text is distinct from ${AS_STORED}`,
  },
  {
    holds: 'Every entry that sets a budget has its row.',
    rows: `
      select 'entry budget.set ' || e.entry_id as place, 'the budget that it set' as expected, 'none' as got
      from said e where e.type = 'budget.set' and ${mine('e.client_id')}
        and not exists (select from budget b where b.id::text = e.data ->> 'budget')`,
  },
  {
    holds:
      'A budget is raised in a period by as much as entries say, by the owner and by approvers.',
    rows: `
      select 'budget ' || coalesce(p.number::text, n.budget) || ' in ' || coalesce(p.period, n.period) as place,
        'raised by ' || coalesce(n.raised, 0) || ', of it ' || coalesce(n.by_approvers, 0) || ' by approvers, as entries say' as expected,
        coalesce(p.raised, 0) || ', of it ' || coalesce(p.raised_by_approvers, 0) as got
      from (select b.id::text as budget, b.number, p.period, p.raised, p.raised_by_approvers
          from budget_period p join budget b on b.id = p.budget_id where ${mine('b.client_id')}) p
        full join (select budget, period, sum(by) as raised, coalesce(sum(by) filter (where role = 'approver'), 0) as by_approvers
          from (select x.data ->> 'budget' as budget, x.data ->> 'period' as period, x.data ->> 'as' as role,
              (x.data #>> '{limit,to}')::bigint - (x.data #>> '{limit,from}')::bigint as by
            from said x where x.type = 'budget.raised' and x.data ? 'limit' and ${mine('x.client_id')}) r group by 1, 2) n
        using (budget, period)
      where (coalesce(p.raised, 0), coalesce(p.raised_by_approvers, 0)) is distinct from (coalesce(n.raised, 0), coalesce(n.by_approvers, 0))`,
  },
  {
    holds: 'That a budget is nearly used up was said when an entry says so.',
    rows: `
      select 'budget ' || b.number || ' in ' || p.period as place, 'an entry budget.warned of that time' as expected, 'none' as got
      from budget_period p join budget b on b.id = p.budget_id
      where ${mine('b.client_id')} and p.warned_at is not null and not exists (select from said e where e.type = 'budget.warned'
        and e.at = p.warned_at and e.data ->> 'budget' = b.id::text and e.data ->> 'period' = p.period)`,
  },
  {
    holds: 'What a budget has spent and reserved is what its calls come to together.',
    rows: `
      select 'budget ' || b.number || ' in ' || p.period as place,
        ${inUnit('b.figure', 'n.spent')} || ' spent and ' || n.reserved || ' reserved by its calls' as expected,
        p.spent || ' and ' || p.reserved as got
      from budget_period p join budget b on b.id = p.budget_id cross join lateral (select coalesce(sum(r.settled), 0)::bigint as spent,
          coalesce(sum(r.amount) filter (where r.settled is null), 0)::bigint as reserved
        from reservation r where (r.budget_id, r.period) = (p.budget_id, p.period)) n
      where ${mine('b.client_id')} and (p.spent, p.reserved) <> (n.spent, n.reserved)`,
  },
  {
    holds:
      'What a call took of a budget is what its entries say that it might come to, and came to.',
    rows: `
      select 'budget ' || b.number || ', attempt ' || a.id as place, case when w.worst <> r.amount then
          ${inUnit('b.figure', 'w.worst')} || ' reserved' else coalesce(${inUnit('b.figure', 'w.settled')}, 'nothing') || ' counted' end
          || ', as its entries say' as expected,
        case when w.worst <> r.amount then r.amount::text else coalesce(r.settled || ' as ' || r.counted, 'nothing') end as got
      from reservation r join budget b on b.id = r.budget_id join attempt a on a.id = r.attempt_id
        cross join lateral (select ${dataOf('a.started_entry')} as started, ${dataOf('a.ended_entry')} as ended) d
        cross join lateral (select (d.started -> 'worst' ->> b.figure)::bigint as worst,
          case when a.ended_at is null or d.ended is null then null when r.counted = 'booked' then ${CAME_TO}
            when r.counted = 'reconciled' then ${SAID_LATER} when r.counted = 'free' and not d.ended ? 'counting' then 0
            else r.amount end as settled) w
      where ${mine('b.client_id')} and (w.worst <> r.amount or r.settled is not null and r.settled is distinct from w.settled)`,
  },
  {
    holds: 'Every call that a budget counts was reserved for.',
    rows: `
      select 'budget ' || b.number || ', attempt ' || a.id as place, 'what was reserved for it' as expected, 'none' as got
      from budget b join (attempt a ${ofTask('a')} join request q on q.id = t.request_id
          join said s on s.entry_id = a.started_entry)
        on (b.client_id is null or b.client_id = s.client_id) and (b.lane is null or b.lane = a.lane)
          and (b.request_id is null or b.request_id = q.id) and (b.person_id is null or b.person_id = q.person_id)
      where ${mine('b.client_id')} and ${WHILE_IN_FORCE} and case when exists (select from reservation r
          where (r.attempt_id, r.budget_id) = (a.id, b.id)) then false
        else coalesce((${dataOf('a.started_entry')} -> 'worst' ->> b.figure)::bigint, 0) > 0 end`,
  },
];
