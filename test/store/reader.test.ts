import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { forge, makeTemplate } from './verify-scene.ts';
import type { Template, VerifyScene } from './verify-scene.ts';

/** Two clients with finished work and signed logs. */
let template: Template;
let scene: VerifyScene;
let reader: Sql;
let eraser: Sql;
beforeAll(async () => {
  template = await makeTemplate();
  scene = await template.copy();
  const urls = await migrateStore(scene.url, rolePasswords());
  reader = connect(urls.reader, 1);
  eraser = connect(urls.eraser, 1);
}, 60_000);
afterAll(async () => {
  await Promise.all([reader.end(), eraser.end()]);
  await scene.close();
  await template.close();
});

/** Which rows of a table are of a client, for the owner of the database; each by a column that tells it from others. */
const OF_CLIENT: Readonly<Record<string, readonly [column: string, whose: string]>> = {
  entry: ['entry_id', 'client_id = $1'],
  log: ['id', 'client_id = $1'],
  leaf: ['entry_id', 'log_id in (select id from log where client_id = $1)'],
  tree: ['log_id', 'log_id in (select id from log where client_id = $1)'],
  checkpoint: ['note', 'log_id in (select id from log where client_id = $1)'],
  client: ['id', 'id = $1'],
  request: ['id', 'client_id = $1'],
  task: ['id', 'client_id = $1'],
  draft: ['id', 'task_id in (select id from task where client_id = $1)'],
  approver: ['id', 'client_id = $1'],
};

const valuesIn = (rows: readonly { value: string }[]): readonly string[] =>
  rows.map(({ value }) => value).toSorted((a, b) => (a < b ? -1 : 1));

const seenBy = (sql: Sql, client: string, table: string, column: string) =>
  inTransaction(sql, async (tx) => {
    await tx`select set_config('aios.client_id', ${client}, true)`;
    return valuesIn(await tx.unsafe(`select ${column}::text as value from ${table}`));
  });

test.each(Object.entries(OF_CLIENT))(
  'of %s a reader sees the rows of the client it names, all of them and no others',
  async (table, [column, whose]) => {
    const rows = await scene.admin.unsafe<{ value: string }[]>(
      `select ${column}::text as value from ${table} where ${whose}`,
      [scene.client],
    );
    const [all] = await scene.admin.unsafe<{ n: number }[]>(
      `select count(*)::int as n from ${table}`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(all?.n).toBeGreaterThan(rows.length);
    expect(await seenBy(reader, scene.client, table, column)).toEqual(valuesIn(rows));
  },
);

test('of people it sees those who had a hand in the work of that client', async () => {
  const [one, stranger] = [randomUUID(), randomUUID()];
  await forge(scene.admin, async (sql) => {
    for (const id of [one, stranger])
      await sql`insert into person (id, team, slack_user, name, role, last_entry)
        select ${id}, 'T', ${id}, 'somebody', 'colleague', last_entry from practice`;
    await sql`update request set person_id = ${one} where id =
      (select id from request where client_id = ${scene.client} limit 1)`;
  });
  const seen = await seenBy(reader, scene.client, 'person', 'id');
  expect(seen).toContain(one);
  expect(seen).not.toContain(stranger);
});

test('what is no client, or none that is there, shows nothing', async () => {
  for (const client of ['', '00000000-0000-4000-8000-000000000000'])
    expect(await seenBy(reader, client, 'entry', 'entry_id')).toEqual([]);
});

test('the eraser writes that something was erased, and no entry of another type', async () => {
  for (const type of ['draft.approved', 'log.restored', 'cost.adjusted'])
    await expect(
      eraser`insert into entry (entry_id, type, at, actor_kind, actor_id, body)
        values (gen_random_uuid(), ${type}, ${0}, 'system', 'x', '{}')`,
    ).rejects.toThrow(/row-level security/);
});

test.each([
  ['shrinks a tree', 'update tree set size = size - 1'],
  ['forgets a tree', 'delete from tree'],
  ['renames a log', "update log set origin = origin || 'x'"],
  ['gives a log to another', 'update log set client_id = null'],
  ['forgets a log', 'delete from log'],
])('not even a superuser %s while the triggers are on', async (_, statement) => {
  await expect(scene.admin.unsafe(statement)).rejects.toThrow(/only grows|closed once|refused/);
});
