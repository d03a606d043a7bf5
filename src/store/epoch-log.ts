import { Fault } from '../core/fault.ts';
import type { ClientId, LogId } from '../core/id.ts';
import type { EpochReason } from '../core/record-words.ts';
import { readCheckpoint } from '../ledger/checkpoint.ts';
import { EMPTY_ROOT } from '../ledger/hash.ts';
import { growTree } from '../ledger/tree.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import type { LogRow, Logs } from './look-logs.ts';
import { writeOwn } from './own-entry.ts';
import type { Keeper, Written } from './own-entry.ts';
import { insertLog, originOf, writeTrees } from './place-entries.ts';
import type { SignedFile } from './signed.ts';

/** An epoch that was begun. */
export type Begun = {
  readonly client: ClientId | null;
  readonly epoch: number;
  readonly origin: string;
  /** The log it follows, at the size that was signed. */
  readonly before: { readonly origin: string; readonly size: number; readonly root: string };
  /** How many of its entries were found and go on. */
  readonly found: number;
};

type Beginning = {
  readonly keeper: Keeper;
  readonly client: ClientId | null;
  readonly because: EpochReason;
};

/** All that both sides know of the logs of one client. */
type Past = {
  readonly rows: readonly LogRow[];
  /** The log of that client that the database goes on with, or went on with last. */
  readonly last: LogRow | undefined;
  readonly files: readonly (SignedFile & { readonly is: 'sound' })[];
};

/**
 * Ends whatever log of a client is in force on either side and begins the next, in this transaction. The files first say
 * which log follows; that counts only once the log is there, so a crash in between leaves everything as it was.
 */
export async function nextEpoch(tx: Sql, logs: Logs, beginning: Beginning): Promise<Begun> {
  const { keeper, client, because } = beginning;
  const past = pastOf(logs, client);
  const before = await lastSigned(tx, past);
  const id = keeper.clock.newId<LogId>();
  const epoch =
    1 +
    Math.max(...[...past.rows, ...past.files.map(({ signed }) => signed)].map((log) => log.epoch));
  for (const file of inForce(past)) await logs.files.write({ ...file.signed, next: id }, file);
  await closePast(tx, { ...past, all: logs.rows }, keeper);
  const origin = originOf(logs.practice, id);
  const { clock } = keeper;
  await insertLog(tx, { id, clientId: client, epoch, origin, begunAt: clock.now() });
  const found = await foundTree(tx, past.last);
  const first = await writeOwn(tx, keeper, {
    type: 'log.restored',
    ...(client === null ? {} : { client }),
    data: {
      because,
      epoch,
      origin: before.origin,
      signed_size: before.size,
      signed_root: before.root,
      found_size: found.size(),
      found_root: found.root().toString('hex'),
    },
  });
  await carryOver(tx, { id, first, from: past.last });
  return { client, epoch, origin, before, found: found.size() };
}

function pastOf({ rows, signed }: Logs, client: ClientId | null): Past {
  const own = rows.filter((row) => row.clientId === client);
  const files = [...signed.values()].filter((file) => file.is === 'sound');
  return {
    rows: own,
    last: own.find((row) => !row.closed) ?? own.toSorted((a, b) => a.epoch - b.epoch).at(-1),
    files: files.filter((file) => file.signed.client === client),
  };
}

/** The files whose log nothing follows yet in the database. */
function inForce({ rows, files }: Past): Past['files'] {
  const there = new Set(rows.map((row) => row.id));
  return files.filter(({ signed }) => signed.next === null || !there.has(signed.next));
}

/** What was signed last, as the file says; where no file does, as the database does. */
async function lastSigned(tx: Sql, { last, files }: Past): Promise<Begun['before']> {
  const newest = files.toSorted((a, b) => a.signed.epoch - b.signed.epoch).at(-1)?.signed;
  if (newest !== undefined && newest.epoch >= (last?.epoch ?? 0)) {
    const { origin, frontier, root } = newest;
    return { origin, size: frontier.size, root: root.toString('hex') };
  }
  if (last === undefined)
    throw new Fault('not_found', 'Neither side knows a log of that client: there is none to end.');
  const [row] = await tx<{ note: string }[]>`
    select note from checkpoint where log_id = ${last.id} order by size desc limit 1`;
  if (row === undefined) return { origin: last.origin, size: 0, root: EMPTY_ROOT.toString('hex') };
  // Its signature may be of a key that is lost: it is quoted, and vouched for by nobody.
  const { size, root } = readCheckpoint(row.note.slice(0, row.note.lastIndexOf('\n\n') + 1));
  return { origin: last.origin, size, root: root.toString('hex') };
}

type Closing = Past & { readonly all: readonly LogRow[] };

async function closePast(tx: Sql, past: Closing, { clock }: Keeper): Promise<void> {
  const known = new Set(past.all.map((row) => row.id));
  for (const { signed } of past.files.filter((file) => !known.has(file.signed.log))) {
    const { log: id, client: clientId, epoch, origin, begunAt } = signed;
    await insertLog(tx, { id, clientId, epoch, origin, begunAt }, clock.now());
  }
  if (past.last?.closed === false)
    await tx`update log set closed_at = ${clock.now()} where id = ${past.last.id}`;
}

const PAGE = 50_000;

/** Leaf hashes of what is there, in its old order, whatever gaps there are. */
async function* survivors(tx: Sql, log: LogId): AsyncGenerator<Buffer> {
  for (let after = -1; ;) {
    const rows = await tx<{ idx: number; leaf: Buffer }[]>`
      select l.idx, sha256('\\x00'::bytea || e.body) as leaf
      from leaf l join entry e on e.id = l.entry_id
      where l.log_id = ${log} and l.idx > ${after} order by l.idx limit ${PAGE}`;
    for (const { leaf } of rows) yield leaf;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.idx;
  }
}

async function foundTree(tx: Sql, last: LogRow | undefined): Promise<Tree> {
  const tree = growTree();
  if (last !== undefined) for await (const leaf of survivors(tx, last.id)) tree.append(leaf);
  return tree;
}

type Carrying = {
  readonly id: LogId;
  readonly first: Written;
  readonly from: LogRow | undefined;
};

/** Leaf 0 is the entry that says what happened; behind it stands what survived. */
async function carryOver(tx: Sql, { id, first, from }: Carrying): Promise<void> {
  const tree = growTree();
  tree.append(first.leaf);
  await tx`insert into leaf (log_id, idx, entry_id) values (${id}, 0, ${first.id})`;
  if (from !== undefined) {
    for await (const leaf of survivors(tx, from.id)) tree.append(leaf);
    await tx`
      insert into leaf (log_id, idx, entry_id)
      select ${id}, row_number() over (order by l.idx), l.entry_id
      from leaf l join entry e on e.id = l.entry_id where l.log_id = ${from.id}`;
  }
  await writeTrees(tx, new Map([[id, tree]]));
  await tx`delete from ledger_pending where id = ${first.id}`;
}
