import { createPrivateKey } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ClientId, LogId, PracticeId } from '../../src/core/id.ts';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { makeSigner } from '../../src/ledger/note.ts';
import { growTree } from '../../src/ledger/tree.ts';
import { CLOCK } from '../../src/main/clock.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { lookAtLogs } from '../../src/store/look-logs.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import { sequence } from '../../src/store/sequence.ts';
import { verifyLedger } from '../../src/store/verify.ts';
import type { Kept, Verdict, Whose } from '../../src/store/verify-types.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { newClient } from './ledger-scene.ts';

/** A practice with some finished work for two clients, all of it in signed logs, and a superuser who may do anything. */
export type VerifyScene = {
  readonly admin: Sql;
  /** The owner of the database. */
  readonly url: string;
  /** The folder with the signing key of this practice, and what was signed. */
  readonly own: string;
  /** The log of one client, and that client. */
  readonly log: LogId;
  readonly origin: string;
  readonly client: ClientId;
  verify(how?: Verifying): Promise<Verdict>;
  close(): Promise<void>;
};

export type Verifying = {
  readonly whose?: Whose;
  readonly kept?: readonly Kept[];
  readonly given?: readonly string[];
};

type Filled = { readonly practice: PracticeId; readonly clients: readonly { client: ClientId }[] };
type Fill = (how: {
  owner: string;
  entries: number;
  clients: number;
  lot: number;
  afterLot: () => Promise<unknown>;
}) => Promise<Filled>;

export type Template = {
  /** A scene with a database and keys of its own. */
  copy(): Promise<VerifyScene>;
  close(): Promise<void>;
};

/** Fills a database as the bench does, and has it sequenced; a checkpoint is signed for every size. */
export async function makeTemplate(): Promise<Template> {
  const database = await freshDatabase();
  const urls = await migrateStore(database.url, rolePasswords());
  const folder = newFolder();
  const [sequencer, admin] = [connect(urls.sequencer, 2), connect(database.url, 2)];
  const script: string = '../../bench/ledger/fill.mjs';
  const { fill } = (await import(script)) as { fill: Fill };
  const { practice, clients } = await fill({
    owner: database.url,
    entries: 150,
    clients: 2,
    lot: 4,
    afterLot: () => sequence({ sql: sequencer, folder, clock: CLOCK }),
  });
  await signEverySize(admin, path.join(folder, practice));
  await Promise.all([sequencer.end(), admin.end()]);
  const client = clients[0]?.client ?? newClient();
  return {
    copy: () => copied({ name: database.name, folder, practice, client }),
    close: async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const newFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'aios-verify-'));

type Source = {
  readonly name: string;
  readonly folder: string;
  readonly practice: PracticeId;
  readonly client: ClientId;
};

async function copied({ name, folder, practice, client }: Source): Promise<VerifyScene> {
  const database = await freshDatabase(name);
  const mine = newFolder();
  cpSync(folder, mine, { recursive: true });
  const admin = connect(database.url, 1);
  const [row] = await admin<{ id: LogId; origin: string }[]>`
    select id, origin from log where client_id = ${client}`;
  if (row === undefined) throw new Error('the client has no log');
  return {
    admin,
    url: database.url,
    own: path.join(mine, practice),
    log: row.id,
    origin: row.origin,
    client,
    verify: (how = {}) => verify(admin, mine, how),
    close: async () => {
      await admin.end();
      await database.drop();
      rmSync(mine, { recursive: true, force: true });
    },
  };
}

async function verify(sql: Sql, folder: string, how: Verifying): Promise<Verdict> {
  const logs = await lookAtLogs(sql, folder);
  if (logs === null) throw new Error('the practice is founded');
  return verifyLedger(sql, {
    whose: how.whose ?? 'all',
    trust: {
      vkeys: (origin) => vkeysOf(logs.keys, origin),
      signed: [...logs.signed.values()],
      given: how.given ?? [],
      kept: how.kept ?? [],
    },
  });
}

/** As a superuser, with every guard switched off. */
export async function forge(admin: Sql, act: (sql: Sql) => Promise<unknown>): Promise<void> {
  const guarded = await admin<{ table: string }[]>`
    select distinct c.relname as table from pg_trigger g join pg_class c on c.oid = g.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'`;
  const all = (what: string) =>
    admin.unsafe(guarded.map(({ table }) => `alter table ${table} ${what} trigger all;`).join(''));
  await all('disable');
  await act(admin);
  await all('enable');
}

/** Bytes of a log in their order. */
export async function bodiesOf(sql: Sql, log: LogId): Promise<readonly Buffer[]> {
  const rows = await sql<{ body: Buffer }[]>`
    select e.body from leaf l join entry e on e.id = l.entry_id where l.log_id = ${log} order by l.idx`;
  return rows.map(({ body }) => body);
}

/** Whoever has the key of a folder can sign anything: here, what every log is at every size. */
export async function signEverySize(sql: Sql, own: string): Promise<void> {
  const key = createPrivateKey(readFileSync(path.join(own, '1.pem')));
  const logs = await sql<{ id: LogId; origin: string }[]>`select id, origin from log`;
  for (const { id, origin } of logs) {
    const tree = growTree();
    for (const body of await bodiesOf(sql, id)) {
      tree.append(leafHash(body));
      const checkpoint = { origin, size: tree.size(), root: tree.root() };
      const note = signCheckpoint(checkpoint, [makeSigner(origin, key)]);
      await sql`insert into checkpoint ${sql({ log_id: id, size: tree.size(), note, at: 0 })} on conflict do nothing`;
    }
  }
}
