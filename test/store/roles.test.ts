import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import { STORE_ROLES } from '../../src/store/roles.ts';
import type { StoreRole } from '../../src/store/roles.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';

/** The tables of the record, and what each role may do with them beside reading. */
const MAY: Readonly<Record<string, Readonly<Partial<Record<StoreRole, readonly string[]>>>>> = {
  entry: { writer: ['insert'], sequencer: ['insert'], eraser: ['insert'] },
  ledger_pending: { sequencer: ['delete'] },
  log: { sequencer: ['insert', 'update'] },
  leaf: { sequencer: ['insert'] },
  tree: { sequencer: ['insert', 'update'] },
  checkpoint: { sequencer: ['insert'] },
  attribution: { writer: ['insert'] },
  lore: { writer: ['insert'] },
  body: { writer: ['insert', 'update'], eraser: ['update'] },
  delivery: { writer: ['insert'] },
  keyring: { eraser: ['insert', 'update'] },
  example: { writer: ['insert', 'update'], eraser: ['update'] },
  budget: { writer: ['insert', 'update'] },
  budget_period: { writer: ['insert', 'update'] },
  reservation: { writer: ['insert', 'update'] },
};
const ROLES = Object.keys(STORE_ROLES) as StoreRole[];

/** A statement of each kind against a table; what it would do does not matter, for it must not be allowed to. */
const STATEMENTS: Readonly<Record<string, (table: string) => string>> = {
  insert: (table) =>
    `insert into ${table} (${columnOf(table)}) select ${columnOf(table)} from ${table}`,
  update: (table) => `update ${table} set ${columnOf(table)} = ${columnOf(table)}`,
  delete: (table) => `delete from ${table}`,
  truncate: (table) => `truncate ${table} cascade`,
  'disable triggers': (table) => `alter table ${table} disable trigger all`,
  'open rows': (table) => `alter table ${table} disable row level security`,
  drop: (table) => `drop table ${table} cascade`,
  'add a column': (table) => `alter table ${table} add column extra text`,
  'take over': (table) => `alter table ${table} owner to current_user`,
  'hang a trigger on it': (table) =>
    `create trigger mine before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
};

/** A column that could be written, where that is not `id`. */
const FIRST: Readonly<Record<string, string>> = {
  entry: 'type',
  leaf: 'log_id',
  tree: 'log_id',
  checkpoint: 'log_id',
  attribution: 'draft_id',
  lore: 'sha256',
  delivery: 'task_id',
  keyring: 'owner',
  budget_period: 'budget_id',
  reservation: 'attempt_id',
};

const columnOf = (table: string): string => FIRST[table] ?? 'id';

let database: FreshDatabase;
const by = new Map<StoreRole | 'admin', Sql>();

beforeAll(async () => {
  database = await freshDatabase();
  const urls = await migrateStore(database.url, rolePasswords());
  for (const role of ROLES) by.set(role, connect(urls[role], 1));
  by.set('admin', connect(database.url, 1));
});
afterAll(async () => {
  await Promise.all([...by.values()].map((sql) => sql.end()));
  await database.drop();
});

const as = (role: StoreRole | 'admin'): Sql => {
  const sql = by.get(role);
  if (sql === undefined) throw new Error(`nobody is logged in as ${role}`);
  return sql;
};

/** Refused by rights or ownership, or by a guard that says so. */
const REFUSED = expect.stringMatching(
  /permission denied|must be owner|append only|only grows|closed once|stays/,
);

describe.each(Object.keys(MAY))('of %s', (table) => {
  test.each(ROLES)('%s does nothing but what it is for', async (role) => {
    const allowed = MAY[table]?.[role] ?? [];
    for (const [verb, statement] of Object.entries(STATEMENTS)) {
      if (allowed.includes(verb)) continue;
      await expect([verb, as(role).unsafe(statement(table))][1]).rejects.toMatchObject({
        message: REFUSED,
      });
    }
  });

  test('the rows are closed to a superuser too while the triggers are on', async () => {
    await expect(as('admin').unsafe(`truncate ${table} cascade`)).rejects.toThrow(
      /append only|TRUNCATE refused/,
    );
  });
});

describe('no guard stands alone', () => {
  const VERBS = ['insert', 'update', 'delete', 'truncate'] as const;

  test.each(ROLES)(
    '%s has no right that it is not for, whatever a trigger would say',
    async (role) => {
      for (const [table, may] of Object.entries(MAY)) {
        const held = await as('admin')<{ verb: string }[]>`
        select verb from unnest(${[...VERBS]}::text[]) verb
        where has_table_privilege(${STORE_ROLES[role]}, ${table}, verb)
          or verb in ('insert', 'update') and has_any_column_privilege(${STORE_ROLES[role]}, ${table}, verb)`;
        expect([table, held.map(({ verb }) => verb)]).toEqual([table, may[role] ?? []]);
      }
    },
  );

  test('each table refuses by itself to be emptied, and each log to be changed', async () => {
    // Bits of tgtype: 8 deleted, 16 updated, 32 truncated.
    const guarded = async (bit: number) =>
      (
        await as('admin')<{ name: string }[]>`
          select distinct c.relname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
          where not g.tgisinternal and g.tgtype & 2 = 2 and g.tgtype & ${bit} = ${bit}`
      ).map(({ name }) => name);
    const tables = Object.keys(MAY);
    expect(await guarded(32)).toEqual(expect.arrayContaining(tables));
    expect(await guarded(16)).toEqual(expect.arrayContaining(tables));
    const deletable = ['ledger_pending'];
    expect(await guarded(8)).toEqual(
      expect.arrayContaining(tables.filter((table) => !deletable.includes(table))),
    );
  });
});

describe('nobody', () => {
  test.each(ROLES)('who is %s becomes somebody else or plays replica', async (role) => {
    for (const other of [...Object.values(STORE_ROLES), 'aios_owner'])
      if (other !== STORE_ROLES[role])
        await expect(as(role).unsafe(`set role ${other}`)).rejects.toThrow(/permission denied/);
    await expect(as(role).unsafe(`set session_replication_role = replica`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(as(role).unsafe(`create table public.entry_too (id int)`)).rejects.toThrow(
      /permission denied/,
    );
  });

  test.each(['writer', 'sequencer', 'eraser'] as const)(
    'who is %s chooses the place or the leaf of an entry',
    async (role) => {
      for (const column of ['id', 'leaf'])
        await expect(
          as(role).unsafe(`insert into entry (${column}) values (default)`),
        ).rejects.toThrow(/permission denied/);
    },
  );

  test('logs in as the owner of the record', async () => {
    const [row] = await as('admin')<{ login: boolean; super: boolean }[]>`
      select rolcanlogin as login, rolsuper as super from pg_roles where rolname = 'aios_owner'`;
    expect(row).toEqual({ login: false, super: false });
  });
});

test('every table of the record belongs to the owner, and its rows are secured for the owner too', async () => {
  const rows = await as('admin')<{ name: string; owner: string; forced: boolean }[]>`
    select c.relname as name, r.rolname as owner, c.relforcerowsecurity as forced
    from pg_class c join pg_roles r on r.oid = c.relowner
    where c.relname = any(${Object.keys(MAY).filter((table) => table !== 'delivery')})`;
  expect(rows.filter(({ owner }) => owner !== 'aios_owner')).toEqual([]);
  const open = rows.filter(({ forced }) => !forced).map(({ name }) => name);
  expect(open.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'keyring',
    'ledger_pending',
    'lore',
  ]);
});

test('every guard holds for a session that plays replica as well', async () => {
  const rows = await as('admin')<{ name: string }[]>`
    select c.relname || '.' || g.tgname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
    where not g.tgisinternal and c.relname = any(${Object.keys(MAY)}) and g.tgenabled <> 'A'`;
  expect(rows).toEqual([]);
});

test('a reader sees nothing without a client', async () => {
  await as('admin').unsafe(`insert into lore (sha256, kind, text) values
    (encode(sha256('x'::bytea), 'hex'), 'rule', 'x')`);
  for (const table of ['entry', 'log', 'leaf', 'tree', 'checkpoint', 'client', 'request', 'task'])
    expect(await as('reader').unsafe(`select * from ${table}`)).toHaveLength(0);
  await expect(as('reader').unsafe('select * from body')).rejects.toThrow(/permission denied/);
  await expect(as('reader').unsafe('select slack_user from person')).rejects.toThrow(
    /permission denied/,
  );
});
