import type { ClientId } from '../core/id.ts';
import type { Finding } from '../ledger/history.ts';
import { sameAs } from './connect.ts';
import type { Sql } from './connect.ts';
import type { LogRead } from './verify-log.ts';
import type { Whose } from './verify-types.ts';

type Count = { readonly clientId: ClientId | null; readonly entries: number };
type Entry = { readonly entryId: string; readonly type: string };

const MOST = 20;

/**
 * Whether every entry stands in the open log of its client, or waits for it, and none does both. Counting is enough where
 * the counts agree, because a log holds an entry once.
 */
export async function comparePlaces(
  tx: Sql,
  read: readonly LogRead[],
  whose: Whose,
): Promise<readonly Finding[]> {
  const counts = await tx<Count[]>`
    select client_id, count(*) as entries from entry where ${mine(tx, whose)} group by client_id`;
  const findings: Finding[] = [];
  for (const { clientId, entries } of counts) {
    const open = read.filter(({ verdict: { log } }) => !log.closed && log.clientId === clientId);
    const placed = open.reduce((sum, { verdict, waiting }) => sum + verdict.size + waiting, 0);
    if (placed !== entries) findings.push(...(await lost(tx, clientId)));
  }
  return [...findings, ...(await doubled(tx, whose)), ...(await hollow(tx))];
}

function mine(tx: Sql, whose: Whose) {
  return whose === 'all' ? tx`true` : tx`client_id ${sameAs(tx, whose.client)}`;
}

async function lost(tx: Sql, client: ClientId | null): Promise<readonly Finding[]> {
  const rows = await tx<Entry[]>`
    select e.entry_id, e.type from entry e where e.client_id ${sameAs(tx, client)}
      and not exists (select from ledger_pending p where p.id = e.id)
      and not exists (select from leaf f join log l on l.id = f.log_id
        where f.entry_id = e.id and l.closed_at is null and l.client_id ${sameAs(tx, client)})
    order by e.id limit ${MOST}`;
  return rows.map((row) =>
    fault(row, 'expected a place in the log of its client, or that it waits for one, got neither'),
  );
}

async function doubled(tx: Sql, whose: Whose): Promise<readonly Finding[]> {
  const rows = await tx<Entry[]>`
    select e.entry_id, e.type from ledger_pending p join entry e on e.id = p.id
    where ${mine(tx, whose)} and exists (select from leaf f join log l on l.id = f.log_id
      where f.entry_id = p.id and l.closed_at is null) order by e.id limit ${MOST}`;
  return rows.map((row) =>
    fault(row, 'expected one place, got one in a log and one among those that wait'),
  );
}

async function hollow(tx: Sql): Promise<readonly Finding[]> {
  const rows = await tx<{ id: number }[]>`
    select p.id from ledger_pending p left join entry e on e.id = p.id where e.id is null
    order by p.id limit ${MOST}`;
  return rows.map(({ id }) => ({
    place: `what waits, number ${id}`,
    level: 'fault',
    says: 'expected an entry that waits for its log, got none: it was deleted',
  }));
}

function fault({ entryId, type }: Entry, says: string): Finding {
  return { place: `entry ${type} ${entryId}`, level: 'fault', says };
}
