import { keysFolder } from '../main/base.ts';
import { rehearses } from '../main/lanes.ts';
import { logFolder } from '../main/ledger.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { mustAgree } from '../store/contradiction.ts';
import { lookAtLogs } from '../store/look-logs.ts';
import { ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** How long an entry may wait for its log before somebody should look, ms. */
const PATIENCE_MS = 60_000;

/** Whether the record can be signed. */
export const LEDGER: readonly Check[] = [{ id: 'ledger', test: ledger }];

async function ledger(look: Look): Promise<Finding> {
  const { config } = look;
  const found = await look.server();
  if (found.is !== 'up')
    return warn('Not looked at, for the database is not running.', 'See database.');
  const sql = connect(found.url, 1);
  try {
    const [there] = await sql<
      { is: boolean }[]
    >`select to_regclass('public.log') is not null as is`;
    if (there?.is !== true) return ok('Nothing is recorded yet.');
    return await compared(sql, logFolder(keysFolder(config, rehearses(config))));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Both sides held against each other, as the sequencer does; a contradiction is thrown and says what to do. */
async function compared(sql: Sql, folder: string): Promise<Finding> {
  const logs = await lookAtLogs(sql, folder);
  if (logs === null) return ok('Nothing is recorded yet.');
  mustAgree(logs);
  const [row] = await sql<{ waiting: number; oldest: number | null }[]>`
    select count(*)::int as waiting, min(e.at) as oldest
    from ledger_pending p join entry e on e.id = p.id`;
  const { waiting = 0, oldest = null } = row ?? {};
  const open = logs.rows.filter(({ closed }) => !closed).length;
  const says = `${open} logs continue what was signed of them; ${waiting} entries wait for their place.`;
  if (oldest === null || Date.now() - oldest < PATIENCE_MS) return ok(says);
  return warn(
    `${says} The oldest has waited for more than a minute.`,
    'npm start signs them, or: aios ledger sequence',
  );
}
