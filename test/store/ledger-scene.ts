import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EntryDraft } from '../../src/core/entry.ts';
import type { ClientId, LogId, PracticeId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { growTree } from '../../src/ledger/tree.ts';
import { CLOCK } from '../../src/main/clock.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { readLogKeys, vkeysOf } from '../../src/store/log-keys.ts';
import type { LedgerDeps } from '../../src/store/look-logs.ts';
import type { Keeper } from '../../src/store/own-entry.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import type { ByRole } from '../../src/store/roles.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { adminUrl, freshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';
import { line, NOW } from './scene.ts';

/** A practice with a database and a folder of keys, and nothing in its logs yet. */
export type LedgerScene = {
  readonly name: string;
  /** The owner of the database. */
  readonly adminUrl: string;
  readonly practice: PracticeId;
  readonly urls: ByRole;
  readonly writer: Sql;
  readonly admin: Sql;
  /** The folder that holds one for each practice. */
  readonly folder: string;
  /** The folder of this practice. */
  readonly own: string;
  readonly deps: LedgerDeps;
  /** Sets the clock of the sequencer, epoch ms. */
  setNow(ms: number): void;
  /** Writes entries, each its own transaction; null for the practice itself. */
  write(client: ClientId | null, count?: number, draft?: Partial<EntryDraft>): Promise<void>;
  close(): Promise<void>;
};

export const newClient = (): ClientId => randomUUID() as string as ClientId;

type From = {
  /** The database to copy; else a fresh one with a practice of its own. */
  readonly template?: LedgerScene;
  /** Where the keys go, if not into a folder of their own. */
  readonly folder?: string;
};

export async function makeLedgerScene({ template, ...from }: From = {}): Promise<LedgerScene> {
  if (template !== undefined) await disconnect(template);
  const database = await freshDatabase(template?.name);
  const urls = await migrateStore(database.url, rolePasswords());
  const writer = connect(urls.writer, 4);
  const admin = connect(database.url, 2);
  const sequencer = connect(urls.sequencer, 2);
  const folder =
    template?.folder ?? from.folder ?? mkdtempSync(path.join(os.tmpdir(), 'aios-log-'));
  const practice = template?.practice ?? (randomUUID() as string as PracticeId);
  if (template === undefined) await foundPractice(writer, practice);
  let now = Number(NOW);
  return {
    name: database.name,
    adminUrl: database.url,
    practice,
    urls,
    writer,
    admin,
    folder,
    own: path.join(folder, practice),
    deps: {
      sql: sequencer,
      folder,
      clock: { now: () => moment(now), newId: () => CLOCK.newId() },
    },
    setNow: (ms) => {
      now = ms;
    },
    write: async (client, count = 1, draft = {}) => {
      const about = client === null ? draft : { ...draft, client };
      for (let n = 0; n < count; n += 1) await writer.begin((tx) => line(tx, about));
    },
    close: async () => {
      await Promise.all([writer.end(), admin.end(), sequencer.end()]);
      await database.drop();
      const made = from.folder === undefined ? folder : path.join(folder, practice);
      if (template === undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** A database can be copied only while nobody is connected; the pools connect again by themselves. */
async function disconnect({ name }: LedgerScene): Promise<void> {
  const sql = connect(adminUrl(), 1);
  await until('nobody is connected', async () => {
    const ended = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    return ended.length === 0;
  });
  await sql.end();
}

async function foundPractice(writer: Sql, practice: PracticeId): Promise<void> {
  await writer.begin(async (tx) => {
    const last = await line(tx, { type: 'practice.founded' });
    await tx`insert into practice ${tx({
      id: practice,
      origin: 'practice',
      rehearsal: false,
      policy_sha256: 'ab'.repeat(32),
      last_entry: last,
    })}`;
  });
}

/** A log as somebody finds it who has the raw bytes, the checkpoints and the keys, and nothing else of ours. */
export type FoundLog = {
  readonly id: LogId;
  readonly client: ClientId | null;
  readonly epoch: number;
  readonly origin: string;
  readonly closed: boolean;
  /** Ids of its entries in their order. */
  readonly entries: readonly number[];
  readonly bodies: readonly Buffer[];
  readonly notes: readonly string[];
};

export async function findLogs(sql: Sql): Promise<readonly FoundLog[]> {
  const logs = await sql<Omit<FoundLog, 'entries' | 'bodies' | 'notes'>[]>`
    select id, client_id as client, epoch, origin, closed_at is not null as closed
    from log order by begun_at, id`;
  return Promise.all(
    logs.map(async (log) => {
      const leaves = await sql<{ id: number; idx: number; body: Buffer }[]>`
        select e.id, l.idx, e.body from leaf l join entry e on e.id = l.entry_id
        where l.log_id = ${log.id} order by l.idx`;
      leaves.forEach(({ idx }, at) => {
        if (idx !== at) throw new Error(`${log.origin} has a gap: ${idx} stands at ${at}`);
      });
      const notes = await sql<{ note: string }[]>`
        select note from checkpoint where log_id = ${log.id} order by size`;
      return {
        ...log,
        entries: leaves.map(({ id }) => id),
        bodies: leaves.map(({ body }) => body),
        notes: notes.map(({ note }) => note),
      };
    }),
  );
}

/** Checks every checkpoint of a log against its raw bytes; gives their sizes. Throws for one that does not follow. */
export function checkedSizes(log: FoundLog, vkeys: readonly string[]): readonly number[] {
  const tree = growTree();
  return log.notes.map((note) => {
    const opened = openCheckpoint(note, vkeys);
    for (const body of log.bodies.slice(tree.size(), opened.size)) tree.append(leafHash(body));
    if (opened.origin !== log.origin) throw new Error(`it is of ${opened.origin}`);
    if (tree.size() !== opened.size || !tree.root().equals(opened.root))
      throw new Error(`the checkpoint at ${opened.size} of ${log.origin} does not follow`);
    return opened.size;
  });
}

/** The same with what every entry says of the program. */
export function keeperOf({ deps }: LedgerScene): Keeper {
  const stamp = { build: 'test', origin: 'practice', policy: () => 'ab'.repeat(32) };
  return { ...deps, stamp };
}

export async function keysOf({ own, practice }: LedgerScene) {
  return readLogKeys({ folder: own, practice });
}

/** Every log with every checkpoint checked; the verifier keys are those in the folder. */
export async function checkAll(
  scene: LedgerScene,
): Promise<readonly (FoundLog & { readonly sizes: readonly number[] })[]> {
  const keys = await keysOf(scene);
  const logs = await findLogs(scene.admin);
  return logs.map((log) => ({ ...log, sizes: checkedSizes(log, vkeysOf(keys, log.origin)) }));
}

/** What the signed file of a log says. */
export function signedFile(scene: LedgerScene, log: LogId): Record<string, unknown> {
  return JSON.parse(readFileSync(signedPath(scene, log), 'utf8')) as Record<string, unknown>;
}

export function signedPath({ own }: LedgerScene, log: LogId): string {
  return path.join(own, 'signed', `${log}.json`);
}
