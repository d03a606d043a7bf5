import { keysFolder } from '../main/base.ts';
import { rehearses } from '../main/lanes.ts';
import { logFolder } from '../main/ledger.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { contradictions, mustAgree } from '../store/contradiction.ts';
import { lookAtLogs } from '../store/look-logs.ts';
import { lookAtNewest } from '../store/look-newest.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** How long an entry may wait for its log before somebody should look, ms. */
const PATIENCE_MS = 60_000;

/** Whether the record can be signed, and whether its newest entries are what was signed. */
export const LEDGER: readonly Check[] = [
  { id: 'ledger', test: (look) => onLogs(look, compared) },
  { id: 'record', test: (look) => onLogs(look, newest) },
];

/** Looks at the logs in the database and at those beside the keys, which lie in `folder`. */
async function onLogs(
  look: Look,
  test: (sql: Sql, folder: string) => Promise<Finding>,
): Promise<Finding> {
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
    return await test(sql, logFolder(keysFolder(config, rehearses(config))));
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

/** How many findings are told here; the whole check tells all of them. */
const TOLD = 3;

/** The newest entries of every log that goes on; what is older, and all else, is the business of `aios ledger verify`. */
async function newest(sql: Sql, folder: string): Promise<Finding> {
  const logs = await lookAtLogs(sql, folder);
  if (logs === null) return ok('Nothing is recorded yet.');
  if (contradictions(logs).length > 0)
    return warn('Not looked at, for what was signed is not what the database says.', 'See ledger.');
  const { entries, signed, findings } = await lookAtNewest(sql, logs);
  if (findings.length === 0)
    return ok(
      `The newest ${entries} entries are sound, and ${signed} of them are what was signed. \`aios ledger verify\` reads the whole record.`,
    );
  const told = findings.slice(0, TOLD).map(({ place, says }) => `${place}: ${says}.`);
  const more = findings.length > TOLD ? [`So it is in ${findings.length - TOLD} more places.`] : [];
  return missing(
    [...told, ...more].join('\n'),
    'Somebody changed the record by hand, or this disk is failing. aios ledger verify reads all of it and names every place; keep a copy of this database as it is, and restore the newest backup that verifies.',
  );
}
