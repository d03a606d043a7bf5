import { availableParallelism } from 'node:os';
import type { Finding } from '../ledger/history.ts';
import type { Sql } from './connect.ts';
import type { LogRow } from './look-logs.ts';
import { inSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { judgeEnded } from './verify-epochs.ts';
import { missingLogs, strayShort } from './verify-kept.ts';
import { readLog } from './verify-log.ts';
import type { LogRead } from './verify-log.ts';
import { compareLore } from './verify-lore.ts';
import { comparePlaces } from './verify-places.ts';
import { compareTables } from './verify-tables.ts';
import { compareTasks } from './verify-tasks.ts';
import { compareRuleSets } from './verify-rule-sets.ts';
import type { RuleSets } from './verify-rule-sets.ts';
import { openCourt } from './verify-thread.ts';
import type { Trust, Verdict, Whose } from './verify-types.ts';

/** Logs that are read at once, each on a connection and with a judge of its own. */
const LANES = Math.min(4, Math.max(2, availableParallelism()));
/** What is told in full; after so many one does not learn more from the next. */
const MOST = 1_000;

/** Leaves come in the order of their index, each with its entry beside it, and need not be sorted first. */
const READS_ALL = 'set local random_page_cost = 1.1';

type Asked = { readonly trust: Trust; readonly whose: Whose };

/**
 * Holds the live record against itself and against all that was signed of it: every log entry by entry, every checkpoint,
 * every text and every row that rests on an entry, in one view of the database while others go on writing. `sql` may read
 * every table. Keeps of each entry some 40 bytes, so that a million fit.
 */
export async function verifyLedger(sql: Sql, { trust, whose }: Asked): Promise<Verdict> {
  return inSnapshot(sql, async (view) => {
    const all = await logsOf(view.tx);
    const logs = all.filter((log) => whose === 'all' || whose.client === log.clientId);
    // The tables are compared on the connection of the view while the logs are read on others.
    const [read, tables] = await Promise.all([
      readAll(view, logs, trust),
      compareTables(view.tx, whose),
    ]);
    const asked = { trust: narrowed(trust, all, logs), whose };
    const findings = [...(await findingsOf(view.tx, read, asked)), ...tables];
    const waiting = read.reduce((sum, one) => sum + one.waiting, 0);
    return {
      logs: read.map(({ verdict }) => verdict),
      entries: read.reduce((sum, { verdict }) => sum + verdict.size, waiting),
      waiting,
      rules: namedIn(read).rules.length,
      findings: findings.slice(0, MOST),
      untold: Math.max(0, findings.length - MOST),
    };
  });
}

/** The logs with what the database says of their trees. */
async function logsOf(tx: Sql): Promise<readonly LogRow[]> {
  return tx<LogRow[]>`
    select l.id, l.client_id, l.epoch, l.origin, l.begun_at, l.closed_at is not null as closed,
      coalesce(t.size, 0)::bigint as size, coalesce(t.peaks, ''::bytea) as peaks, 0::bigint as checked
    from log l left join tree t on t.log_id = l.id order by l.begun_at, l.id`;
}

/** What was signed of logs that are there and were not asked for is left out. */
function narrowed(trust: Trust, all: readonly LogRow[], logs: readonly LogRow[]): Trust {
  const others = new Set(all.filter((log) => !logs.includes(log)).map(({ origin }) => origin));
  const signed = trust.signed.filter(
    (file) => file.is === 'damaged' || !others.has(file.signed.origin),
  );
  return { ...trust, signed };
}

/** The largest first, so that the last to end is a small one. Each lane reads one log after another. */
async function readAll(
  view: Snapshot,
  logs: readonly LogRow[],
  trust: Trust,
): Promise<readonly LogRead[]> {
  const left = logs.toSorted((a, b) => b.size - a.size);
  const read: LogRead[] = [];
  const lane = async (): Promise<void> => {
    const court = openCourt();
    try {
      await view.beside(async (tx) => {
        await tx.unsafe(READS_ALL);
        for (let log = left.shift(); log !== undefined; log = left.shift())
          read.push(await readLog(tx, log, { trust, judge: court.judge(log.clientId) }));
      });
    } finally {
      await court.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, logs.length) }, lane));
  return logs.flatMap((log) => read.find(({ verdict }) => verdict.log === log) ?? []);
}

async function findingsOf(
  tx: Sql,
  read: readonly LogRead[],
  { trust, whose }: Asked,
): Promise<readonly Finding[]> {
  const open = read.filter(({ verdict }) => !verdict.log.closed);
  const ends = open.flatMap(({ told }) => told.tasks);
  return [
    ...missingLogs(read, trust),
    ...judgeEnded(read),
    ...strayShort(read, trust),
    ...(await comparePlaces(tx, read, whose)),
    ...(await compareTasks(tx, ends, whose)),
    ...(await compareLore(tx, namedIn(read))),
    ...(await compareRuleSets(tx, setsIn(read))),
  ];
}

function setsIn(read: readonly LogRead[]): RuleSets {
  const all = (of: keyof RuleSets) => [...new Set(read.flatMap(({ told }) => told.ruleSets[of]))];
  return { named: all('named'), accepted: all('accepted'), kept: all('kept') };
}

function namedIn(read: readonly LogRead[]) {
  return {
    rules: [...new Set(read.flatMap(({ told }) => told.rules))],
    texts: [...new Set(read.flatMap(({ told }) => told.texts))],
  };
}
