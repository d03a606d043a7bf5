import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';

const AT_ONCE = 2_000;

/** Every entry that books money of a call or of a month of the seat, in the order they were written, a few at a time. */
export async function* moneyEntries(sql: Sql): AsyncGenerator<Entry> {
  for (let last = 0; ;) {
    const rows = await sql<{ id: number; body: Uint8Array }[]>`
      select id, body from entry
      where id > ${last} and type in ('attempt.ended', 'seat.closed', 'seat.allocated')
      order by id limit ${AT_ONCE}`;
    for (const { body } of rows) yield readEntry(body);
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

/** Every kept price, read, by the SHA-256 of its text. */
export async function keptPrices(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ sha256: string; text: string }[]>`
    select sha256, text from lore where kind = 'price'`;
  return new Map(rows.map(({ sha256, text }) => [sha256, text]));
}
