import { Fault } from '../core/fault.ts';
import type { ClientId, LogId, PracticeId } from '../core/id.ts';
import { refParts } from '../ledger/rule-words.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { inTransaction } from './transaction.ts';

/** What a statement is made of, as one moment saw it: the whole log of one client, and names of those who had a hand in it. */
export type StatementRead = {
  readonly practice: PracticeId;
  readonly log: { readonly id: LogId; readonly origin: string };
  /** The newest signed checkpoint, and the exact bytes of every entry under it, one a line. */
  readonly checkpoint: string;
  readonly size: number;
  readonly entries: Uint8Array;
  /** Names by id. */
  readonly people: ReadonlyMap<string, string>;
  /** Name of the owner, where they had a hand in it. */
  readonly owner: string | null;
};

/** How many entries come over at once. */
const PAGE = 5_000;

/**
 * The newest entry of a client by its place in the table; 0 for none. `sql` logs in as the reader, here and below: a pool
 * of one connection.
 */
export async function newestEntry(sql: Sql, client: ClientId): Promise<number> {
  return asClient(sql, client, async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      select coalesce(max(id), 0)::bigint as id from entry where client_id = ${client}`;
    return row?.id ?? 0;
  });
}

/**
 * Reads the log of a client in one snapshot, as a role that sees nothing of any other. Throws Fault `unavailable` (retry)
 * while an entry up to `newest` waits for its place in the log or for its signature.
 */
export async function readStatement(
  sql: Sql,
  client: ClientId,
  newest: number,
): Promise<StatementRead> {
  return asClient(sql, client, async (tx) => {
    const [log] = await tx<{ id: LogId; origin: string }[]>`
      select id, origin from log where closed_at is null`;
    if (log === undefined) throw notSigned('it has no log yet');
    const [signed] = await tx<{ size: number; note: string }[]>`
      select size, note from checkpoint where log_id = ${log.id} order by size desc limit 1`;
    if (signed === undefined) throw notSigned('nothing of its log is signed yet');
    await refuseLeftOut(tx, { log: log.id, size: signed.size, client, newest });
    const [practice] = await tx<{ id: PracticeId }[]>`select id from practice`;
    const people = await tx<{ id: string; name: string; role: string }[]>`
      select id, name, role from person`;
    return {
      practice: practice?.id ?? ('' as PracticeId),
      log,
      checkpoint: signed.note,
      size: signed.size,
      entries: await linesOf(tx, log.id, signed.size),
      people: new Map(people.map(({ id, name }) => [id, name])),
      owner: people.find(({ role }) => role === 'owner')?.name ?? null,
    };
  });
}

/** The kept texts of rules, by the SHA-256 of their bytes: those that these references name, and no other. */
export async function ruleTextsOf(
  sql: Sql,
  refs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const hashes = [...refs].map((ref) => `${refParts(ref).hash}%`);
  if (hashes.length === 0) return new Map();
  const rows = await reach(
    async () => sql<{ sha256: string; text: string }[]>`
      select sha256, text from lore where sha256 like any(${hashes})`,
  );
  return new Map(rows.map(({ sha256, text }) => [sha256, text]));
}

type Bounds = {
  readonly log: LogId;
  readonly size: number;
  readonly client: ClientId;
  readonly newest: number;
};

async function refuseLeftOut(tx: Sql, { log, size, client, newest }: Bounds): Promise<void> {
  const [row] = await tx<{ n: number }[]>`
    select count(*)::int as n from entry e where e.client_id = ${client} and e.id <= ${newest}
      and not exists (select from leaf l where l.entry_id = e.id and l.log_id = ${log} and l.idx < ${size})`;
  const left = row?.n ?? 0;
  if (left > 0) throw notSigned(`${left} of its entries wait for that`);
}

function notSigned(why: string): Fault {
  return new Fault(
    'unavailable',
    `Not everything recorded for this client is in its log and signed: ${why}. Nothing was written. Try again in a moment; \`aios doctor\` says what holds it up.`,
    { retry: true },
  );
}

/** The bytes of entries in the order of the log, a page at a time. */
async function linesOf(tx: Sql, log: LogId, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const end = Buffer.from('\n');
  for (let from = 0; from < size; from += PAGE) {
    const rows = await tx<{ body: Uint8Array }[]>`
      select e.body from leaf l join entry e on e.id = l.entry_id
      where l.log_id = ${log} and l.idx >= ${from} and l.idx < ${Math.min(from + PAGE, size)} order by l.idx`;
    for (const { body } of rows) parts.push(body, end);
  }
  return Buffer.concat(parts);
}

/** In one read-only snapshot, under row level security for this client alone. */
async function asClient<T>(sql: Sql, client: ClientId, read: (tx: Sql) => Promise<T>): Promise<T> {
  const alone = async (tx: Sql): Promise<T> => {
    await tx`select set_config('aios.client_id', ${client}, true)`;
    return read(tx);
  };
  return reach(() => inTransaction(sql, alone, 'isolation level repeatable read read only'));
}
