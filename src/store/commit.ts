import { randomBytes } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { Act, Change, Outcome } from '../flow/ports/store.ts';
import { project } from '../ledger/projection.ts';
import { seal } from '../ledger/seal.ts';
import type { SealedEntry } from '../ledger/seal.ts';
import { columnsOf } from './columns.ts';
import { isDeadlock, isTaken, keyRuleOf, reach, sameAs } from './connect.ts';
import type { Sql } from './connect.ts';
import { isUnmet, MET, together } from './together.ts';
import type { Statement } from './together.ts';
import { spend } from './spend.ts';
import { want } from './want.ts';

/** What every entry of this process has in common. */
export type Stamp = { readonly build: string; readonly origin: string; policy(): string };

/**
 * Writes one act in one transaction: entries first, then the rows that name them, then the cards and jobs they
 * make necessary. `lost` when an expected row was no longer so or something unique was already there. Throws Fault
 * `conflict` for a body whose key was turned or closed since it was wrapped.
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
    await reach(() => throughDeadlocks(() => together(sql, statementsOf(act, sealed))));
    return 'done';
  } catch (thrown) {
    if (isUnmet(thrown) || isTaken(thrown) || keyRuleOf(thrown) === 'in_use') return 'lost';
    throw keyFault(thrown) ?? thrown;
  }
}

const TRIES = 5;

/** Two acts that took budgets in different orders waited for each other, and Postgres gave up on this one: all of it is tried again. */
async function throughDeadlocks(write: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1)
    try {
      return await write();
    } catch (thrown) {
      if (tried === TRIES || !isDeadlock(thrown)) throw thrown;
    }
}

/** A body that came too late for its key. Said as a Fault, for the same act with the body wrapped anew goes through. */
function keyFault(thrown: unknown): Fault | undefined {
  const rule = keyRuleOf(thrown);
  if (rule === 'retired')
    return new Fault(
      'conflict',
      'The key was turned at this moment. Nothing was written; it is tried again under the new one. If this stays, AIOS_KEYS here is not the folder in which the key was turned.',
      { cause: thrown, retry: true },
    );
  if (rule === 'closed')
    return new Fault(
      'conflict',
      'This client is erased, or being erased: nothing more is kept for it. `aios erase --client` finishes it.',
      { cause: thrown },
    );
  return undefined;
}

function statementsOf(act: Act, sealed: readonly SealedEntry[]): readonly Statement[] {
  return [
    ...(sealed.length === 0 ? [] : [enter(sealed)]),
    ...inTurn(act.changes).map((change) => ('rows' in change ? insert(change) : update(change))),
    ...(act.spending ?? []).flatMap(spend),
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

type Insert = { readonly into: string; readonly rows: object[] };
type Update = Extract<Change, { update: string }>;

/** Changes in their order; rows of one table that follow one another are one statement. */
function inTurn(changes: readonly Change[]): readonly (Insert | Update)[] {
  const turns: (Insert | Update)[] = [];
  for (const change of changes) {
    const last = turns.at(-1);
    if (!('insert' in change)) turns.push(change);
    else if (last !== undefined && 'rows' in last && fits(last, change)) last.rows.push(change.row);
    else turns.push({ into: change.insert, rows: [change.row] });
  }
  return turns;
}

/** Whether a row can join: of the same table, with the same columns. */
function fits({ into, rows }: Insert, change: Extract<Change, { insert: string }>): boolean {
  return into === change.insert && columnsIn(rows[0] ?? {}) === columnsIn(change.row);
}

function columnsIn(row: object): string {
  return Object.keys(row).sort().join();
}

const insert =
  ({ into, rows }: Insert): Statement =>
  (tx) =>
    tx`insert into ${tx(into)} ${tx(rows.map((row) => columnsOf(tx, into, row)))}`;

const update =
  (change: Update): Statement =>
  (tx) => {
    const where = Object.entries(columnsOf(tx, change.update, change.where)).map(
      ([name, value]) => tx`and ${tx(name)} ${sameAs(tx, value)}`,
    );
    return tx`
      with done as (
        update ${tx(change.update)} set ${tx(columnsOf(tx, change.update, change.set))}
        where true ${where} returning 1
      ) ${MET(tx)}`;
  };
