import { randomBytes } from 'node:crypto';
import type { Act, Change, Outcome, WantedCard } from '../flow/ports/store.ts';
import type { Moment } from '../core/moment.ts';
import { seal } from '../ledger/seal.ts';
import type { SealedEntry } from '../ledger/seal.ts';
import { columnOf } from './columns.ts';
import { isTaken, reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { isUnmet, MET, together } from './together.ts';
import type { Statement } from './together.ts';

/** What every entry of this process has in common. */
export type Stamp = { readonly build: string; readonly origin: string; policy(): string };

type Row = Record<string, never>;

/**
 * Writes one act in one transaction: entries first, then the rows that name them, then the cards and jobs they
 * make necessary. `lost` when an expected row was no longer so or something unique was already there.
 */
export async function commit(sql: Sql, act: Act, stamp: Stamp): Promise<Outcome> {
  const sealed = act.entries.map((e) =>
    seal(e.draft, {
      id: e.id,
      nonce: randomBytes(16).toString('hex'),
      at: act.at,
      cause: e.cause,
      build: stamp.build,
      policy: stamp.policy(),
      origin: stamp.origin,
    }),
  );
  try {
    await reach(() => together(sql, (tx) => statementsOf(tx, act, sealed)));
    return 'done';
  } catch (thrown) {
    if (isUnmet(thrown) || isTaken(thrown)) return 'lost';
    throw thrown;
  }
}

function statementsOf(tx: Sql, act: Act, sealed: readonly SealedEntry[]): readonly Statement[] {
  const jobs = act.jobs.map(({ jobId, queue, name, subject, dueAt }) => ({
    job_id: jobId,
    queue,
    name,
    subject,
    due_at: dueAt,
  }));
  return [
    ...(sealed.length === 0 ? [] : [tx`insert into entry ${tx(sealed.map(entryRow))}`]),
    ...act.changes.map((change) => write(tx, change)),
    ...act.cards.map((card) => want(tx, card, act.at)),
    ...(jobs.length === 0
      ? []
      : [tx`insert into outbox ${tx(jobs)} on conflict (job_id) do nothing`]),
  ];
}

/** Typed columns of an entry: a projection of its bytes, absent where the entry says nothing. */
function entryRow({ draft, envelope, bytes }: SealedEntry) {
  const {
    type,
    actor,
    client,
    request,
    task,
    attempt,
    from,
    to,
    costNano,
    draft: hash,
    data: _,
    ...same
  } = draft;
  const given = {
    ...same,
    client_id: client,
    request_id: request,
    task_id: task,
    attempt_id: attempt,
    from_state: from,
    to_state: to,
    cost_nano: costNano,
    draft_sha256: hash,
  };
  return {
    ...ABSENT,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    entry_id: envelope.id,
    type,
    at: envelope.at,
    actor_kind: actor.kind,
    actor_id: actor.id,
    body: bytes,
  };
}

/** Every optional column, so that entries of one statement have the same columns. */
const ABSENT = {
  client_id: null,
  request_id: null,
  task_id: null,
  attempt_id: null,
  lane: null,
  model: null,
  persona: null,
  rule: null,
  from_state: null,
  to_state: null,
  draft_sha256: null,
  cost_nano: null,
  minutes: null,
};

/** Fields to columns; JSON is marked so that a list is not taken for a Postgres array. */
function columnsOf(tx: Sql, table: string, row: object): Row {
  const pairs = Object.entries(row).map(([field, value]) => {
    const column = columnOf(table, field);
    const marked = column.is === 'json' && value !== null ? tx.json(value as never) : value;
    return [column.name, marked] as const;
  });
  return Object.fromEntries(pairs) as Row;
}

function write(tx: Sql, change: Change): Statement {
  if ('insert' in change)
    return tx`insert into ${tx(change.insert)} ${tx(columnsOf(tx, change.insert, change.row))}`;
  const where = Object.entries(columnsOf(tx, change.update, change.where)).map(
    ([name, value]) => tx`and ${tx(name)} is not distinct from ${value}`,
  );
  return tx`
    with done as (
      update ${tx(change.update)} set ${tx(columnsOf(tx, change.update, change.set))}
      where true ${where} returning 1
    ) ${MET(tx)}`;
}

/** Asks for a card to be shown (again) and for the job that shows it; the job id holds the count, so each asking is one job. */
function want(tx: Sql, card: WantedCard, at: Moment): Statement {
  const row = columnsOf(tx, 'card', {
    requestId: null,
    taskId: null,
    questionId: null,
    draftId: null,
    note: null,
    ...card,
    wanted: 1,
    shown: 0,
  });
  return tx`
    with wanted as (
      insert into card ${tx(row)}
      on conflict (key) do update set wanted = card.wanted + 1
      returning id, wanted
    )
    insert into outbox (job_id, queue, name, subject, due_at)
    select 'post_' || id || '_' || wanted, 'aios', 'post', id, ${at} from wanted`;
}
