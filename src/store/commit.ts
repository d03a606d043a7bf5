import { randomBytes } from 'node:crypto';
import type { Act, Change, Outcome } from '../flow/ports/store.ts';
import { seal } from '../ledger/seal.ts';
import type { SealedEntry } from '../ledger/seal.ts';
import { columnsOf } from './columns.ts';
import { isTaken, reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { isUnmet, MET, together } from './together.ts';
import type { Statement } from './together.ts';
import { want } from './want.ts';

/** What every entry of this process has in common. */
export type Stamp = { readonly build: string; readonly origin: string; policy(): string };

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
    await reach(() => together(sql, statementsOf(act, sealed)));
    return 'done';
  } catch (thrown) {
    if (isUnmet(thrown) || isTaken(thrown)) return 'lost';
    throw thrown;
  }
}

function statementsOf(act: Act, sealed: readonly SealedEntry[]): readonly Statement[] {
  return [
    ...(sealed.length === 0 ? [] : [enter(sealed)]),
    ...act.changes.map(write),
    ...act.cards.map((card) => want(card, act.at)),
    ...(act.jobs.length === 0 ? [] : [queue(act.jobs)]),
  ];
}

const enter =
  (sealed: readonly SealedEntry[]): Statement =>
  (tx) =>
    tx`insert into entry ${tx(sealed.map(entryRow))}`;

const queue =
  (jobs: Act['jobs']): Statement =>
  (tx) => {
    const rows = jobs.map(({ jobId, dueAt, ...job }) => ({ job_id: jobId, ...job, due_at: dueAt }));
    return tx`insert into outbox ${tx(rows)} on conflict (job_id) do nothing`;
  };

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

const write =
  (change: Change): Statement =>
  (tx) => {
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
  };
