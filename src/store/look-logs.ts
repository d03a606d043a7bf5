import { join } from 'node:path';
import type { ClientId, LogId, PracticeId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type { Clock } from '../flow/ports/world.ts';
import type { Sql } from './connect.ts';
import { readLogKeys, vkeysOf } from './log-keys.ts';
import type { KeyPlace, LogKeys } from './log-keys.ts';
import { signedFiles } from './signed.ts';
import type { SignedFile, SignedFiles } from './signed.ts';

/** What the sequencer works with. */
export type LedgerDeps = {
  /** Logged in as the sequencer, a pool of one connection: between two statements there is more to do than to wait. */
  readonly sql: Sql;
  /** The folder of signing keys, with one folder in it for each practice. */
  readonly folder: string;
  readonly clock: Clock;
};

/** A log as the database has it. */
export type LogRow = {
  readonly id: LogId;
  readonly clientId: ClientId | null;
  readonly epoch: number;
  readonly origin: string;
  readonly begunAt: Moment;
  readonly closed: boolean;
  readonly size: number;
  readonly peaks: Buffer;
  /** The size of its latest checkpoint there; 0 when it has none. */
  readonly checked: number;
};

/** Both sides: the logs in the database, and what was signed of them outside. */
export type Logs = {
  readonly practice: PracticeId;
  readonly place: KeyPlace;
  readonly keys: LogKeys;
  readonly rows: readonly LogRow[];
  readonly files: SignedFiles;
  readonly signed: ReadonlyMap<LogId, SignedFile>;
};

const filesIn = new Map<string, SignedFiles>();

/**
 * Looks at both sides; null before the practice is founded. `sql` may be a transaction, of any role that may read logs.
 * Throws Fault `bad_config` for keys that cannot be used.
 */
export async function lookAtLogs(sql: Sql, folder: string): Promise<Logs | null> {
  const [practice] = await sql<{ id: PracticeId }[]>`select id from practice`;
  if (practice === undefined) return null;
  const place = { folder: join(folder, practice.id), practice: practice.id };
  const files = filesOf(join(place.folder, 'signed'));
  const keys = await readLogKeys(place);
  const signed = await files.read((origin) => vkeysOf(keys, origin));
  return { practice: practice.id, place, keys, files, signed, rows: await rowsOf(sql) };
}

/** One for each folder, so that what was found sound is remembered. */
function filesOf(folder: string): SignedFiles {
  const files = filesIn.get(folder) ?? signedFiles(folder);
  filesIn.set(folder, files);
  return files;
}

async function rowsOf(sql: Sql): Promise<readonly LogRow[]> {
  return sql<LogRow[]>`
    select l.id, l.client_id, l.epoch, l.origin, l.begun_at, l.closed_at is not null as closed,
      coalesce(t.size, 0)::bigint as size, coalesce(t.peaks, ''::bytea) as peaks,
      coalesce((select max(c.size) from checkpoint c where c.log_id = l.id), 0)::bigint as checked
    from log l left join tree t on t.log_id = l.id order by l.begun_at, l.id`;
}
