import { randomBytes } from 'node:crypto';
import type { Act, Change, Outcome } from '../flow/ports/store.ts';
import { project } from '../ledger/projection.ts';
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

/** The row of a sealed entry: its bytes, and the columns derived from them. */
export function entryRow({ draft, envelope, bytes }: SealedEntry) {
  return { ...project(draft), entry_id: envelope.id, at: envelope.at, body: bytes };
}

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
