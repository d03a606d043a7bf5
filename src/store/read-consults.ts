import { plainFacts } from '../core/facts.ts';
import { planOf } from '../core/fault-plan.ts';
import type { ClientId } from '../core/id.ts';
import { hasDearer } from '../core/lane.ts';
import type { Lane } from '../core/lane.ts';
import type { PastStuck } from '../core/replay/consult-tally.ts';
import { readConsult, rebuiltFrom } from '../core/replay/recorded-consult.ts';
import type { PastConsult } from '../core/replay/replay-consult.ts';
import { readRecorded } from '../core/replay/recorded.ts';
import type { Recorded } from '../core/replay/recorded.ts';
import { textIn } from '../ledger/data.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';
import { isCounted, isRouted, isWithin, numberOf, PAGE, routeIn, spentIn, sumsOf } from './past.ts';
import type { Sums, Which } from './past.ts';

type Row = {
  readonly body: Uint8Array;
  readonly clientId: ClientId | null;
  readonly number: number;
  readonly ordinal: number;
  /** The entry of the route before it. */
  readonly route: Uint8Array | null;
  /** Calls, checks and drafts of the task up to this entry, in order. */
  readonly before: readonly Uint8Array[];
  /** What the system did to the task in the same act. */
  readonly after: readonly string[];
  readonly spent: readonly (Sums & { readonly lane: Lane })[] | null;
};

/** Every consulting of the cascade rules in the record, oldest first, read page by page as fast as it is taken. */
export async function* consultsIn(sql: Sql, which: Which): AsyncGenerator<PastStuck> {
  for await (const rows of rowsOf(sql, which).cursor(PAGE))
    for (const row of rows) {
      const stuck = stuckOf(row);
      if (stuck !== null) yield stuck;
    }
}

/** Escalations, calls that came to nothing and checks that found errors: after these the rules may have been consulted. */
function isCandidate(sql: Sql) {
  return sql`(type = 'task.escalated'
    or type = 'attempt.ended' and position('"outcome":"ok"'::bytea in body) = 0
    or type = 'gate.reviewed' and position('"errors":0,'::bytea in body) = 0)`;
}

function rowsOf(sql: Sql, which: Which) {
  return sql<Row[]>`
    with found as (
      select id, body, client_id, task_id, request_id, at from entry
      where ${isCandidate(sql)} and ${isWithin(sql, which)}
      order by id desc limit ${which.newest ?? null})
    select f.body, f.client_id, r.number, t.ordinal, w.body as route, b.before, n.after, s.spent
    from found f join request r on r.id = f.request_id join task t on t.id = f.task_id
    left join lateral (
      select body from entry where task_id = f.task_id and id < f.id and ${isRouted(sql)}
      order by id desc limit 1) w on true
    left join lateral (
      select array_agg(body order by id) as before from entry where task_id = f.task_id and id <= f.id
        and type in ('attempt.ended', 'gate.reviewed', 'draft.made', 'draft.edited')) b on true
    left join lateral (
      select coalesce(array_agg(type order by id), '{}') as after from entry
      where task_id = f.task_id and id > f.id and at = f.at and actor_kind <> 'person') n on true
    left join lateral (${spentAfter(sql)}) s on true
    order by f.id`;
}

/** Tokens of the calls after an entry `f`, lane by lane, up to the next decision of a route. */
function spentAfter(sql: Sql) {
  return sql`select json_agg(l) as spent from (
    select a.lane, ${sumsOf(sql)} from attempt a join entry b on b.entry_id = a.started_entry
    where a.task_id = f.task_id and ${isCounted(sql)} and b.id > f.id
      and b.id < coalesce((select min(id) from entry
        where task_id = f.task_id and id > f.id and ${isRouted(sql)}), ${Number.MAX_SAFE_INTEGER})
    group by a.lane) l`;
}

function stuckOf(row: Row): PastStuck | null {
  const entry = readEntry(row.body);
  const before = (row.before ?? []).map(readEntry);
  if (readConsult(entry) === null && !wasConsulted(entry, { before, after: row.after }))
    return null;
  const route = row.route === null ? null : readEntry(row.route);
  const spent = (row.spent ?? []).flatMap((sums) => {
    const one = spentIn(sums);
    return one === null ? [] : [[sums.lane, one]];
  });
  return {
    number: numberOf(row.number, row.ordinal),
    at: entry.at,
    client: row.clientId,
    routedAt: route?.at ?? null,
    spent: Object.fromEntries(spent) as PastStuck['spent'],
    past: pastOf(entry, { before, recorded: recordedIn(route) }),
  };
}

function recordedIn(route: Entry | null): Recorded | null {
  const data = route === null ? null : routeIn(route);
  return data === null ? null : readRecorded(data);
}

type Known = { readonly before: readonly Entry[]; readonly recorded: Recorded | null };

function pastOf(entry: Entry, { before, recorded: routed }: Known): PastConsult | null {
  const recorded = readConsult(entry);
  if (recorded === null || routed === null) return null;
  return {
    recorded,
    facts: plainFacts(routed.facts),
    offers: routed.offers ?? [],
    rebuilt: rebuiltFrom(before),
    ruleSet: entry.policy.slice(0, SHORT),
  };
}

/** As decisions name a rule set. */
const SHORT = 16;

type Around = { readonly before: readonly Entry[]; readonly after: readonly string[] };

/**
 * Whether the rules were consulted although the entry does not say so: it is older than that, or what it said is gone. An
 * escalation says it for the call or check before it; from the dearest lane nothing can go on.
 */
function wasConsulted(entry: Entry, around: Around): boolean {
  const { type, client } = entry;
  if (type === 'task.escalated') return true;
  if (client === null) return false;
  return type === 'attempt.ended' ? endedStuck(entry, around) : foundErrors(entry, around);
}

/** Steps that follow on a call that failed. A call that is closed late, or asked once more at once, has none. */
const FOLLOWING = ['task.retried', 'task.held', 'person.asked', 'task.failed'];

function endedStuck({ lane, data }: Entry, { after: [next = '', then] }: Around): boolean {
  const outcome = textIn(data, 'outcome') ?? '';
  // A model that refuses is no fault of a lane; a service that does is one, with its failure.
  const failed = planOf(outcome) !== undefined && (outcome !== 'refused' || 'failure' in data);
  const goes = then === 'task.escalated' || !FOLLOWING.includes(next);
  return failed && !goes && lane !== null && hasDearer(lane as Lane);
}

function foundErrors({ data }: Entry, { before, after }: Around): boolean {
  const draft = before.findLast(({ type }) => type.startsWith('draft.'));
  const call = before.findLast(({ type }) => type === 'attempt.ended');
  const lane = call?.lane as Lane | null | undefined;
  const isOurs = draft?.type === 'draft.made' && lane != null && hasDearer(lane);
  return isOurs && data['outcome'] !== 'hold' && after[0] !== 'task.escalated';
}
