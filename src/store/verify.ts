import { inSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import type { Sql } from './connect.ts';
import type { LogRow } from './look-logs.ts';
import { readLog } from './verify-log.ts';
import type { LogRead } from './verify-log.ts';
import { openCourt } from './verify-thread.ts';
import type { Trust, Verdict, Whose } from './verify-types.ts';

/** Logs that are read at once, each on a connection and with a judge of its own. */
export const LANES = 2;
/** What is told in full; after so many one does not learn more from the next. */
const MOST = 1_000;

export async function verifyLedger(
  sql: Sql,
  { trust, whose }: { readonly trust: Trust; readonly whose: Whose },
): Promise<Verdict> {
  return inSnapshot(sql, async (view) => {
    const logs = (await logsOf(view.tx)).filter(
      (log) => whose === 'all' || whose.client === log.clientId,
    );
    const read = await readAll(view, logs, trust);
    const findings = read.flatMap((one) => one.findings);
    return {
      logs: read.map(({ verdict }) => verdict),
      entries: read.reduce((sum, { verdict, waiting }) => sum + verdict.size + waiting, 0),
      waiting: read.reduce((sum, { waiting }) => sum + waiting, 0),
      rules: new Set(read.flatMap(({ told }) => told.rules)).size,
      findings: findings.slice(0, MOST),
      untold: Math.max(0, findings.length - MOST),
    };
  });
}

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
        for (let log = left.shift(); log !== undefined; log = left.shift())
          read.push(await readLog(tx, log, { trust, judge: court.judge(log.clientId) }));
      });
    } finally {
      await court.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, logs.length) }, lane));
  return read;
}

async function logsOf(tx: Sql): Promise<readonly LogRow[]> {
  return tx<LogRow[]>`
    select l.id, l.client_id, l.epoch, l.origin, l.begun_at, l.closed_at is not null as closed,
      coalesce(t.size, 0)::bigint as size, coalesce(t.peaks, ''::bytea) as peaks, 0::bigint as checked
    from log l left join tree t on t.log_id = l.id order by l.begun_at, l.id`;
}
