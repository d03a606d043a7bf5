import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Sql } from '../../src/store/connect.ts';
import { lookAtLogs } from '../../src/store/look-logs.ts';
import { lookAtNewest } from '../../src/store/look-newest.ts';
import type { Reach } from '../../src/store/look-newest.ts';
import { forge, makeTemplate } from './verify-scene.ts';
import type { Template, VerifyScene } from './verify-scene.ts';

let template: Template;
let scene: VerifyScene;
beforeAll(async () => {
  template = await makeTemplate();
}, 60_000);
afterAll(() => template.close());
beforeEach(async () => {
  scene = await template.copy();
});
afterEach(() => scene.close());

async function newest(far?: Reach) {
  const logs = await lookAtLogs(scene.admin, path.dirname(scene.own));
  if (logs === null) throw new Error('the practice is founded');
  return lookAtNewest(scene.admin, logs, far);
}

async function faultsNow(far?: Reach): Promise<readonly string[]> {
  return (await newest(far)).findings.map(({ place, says }) => `${place}: ${says}`);
}

const sizeOfLog = async (): Promise<number> => {
  const [row] = await scene.admin<{ size: number }[]>`
    select size from tree where log_id = ${scene.log}`;
  return row?.size ?? 0;
};

type Row = { readonly id: number; readonly entryId: string; readonly type: string };

async function entryAt(idx: number): Promise<Row> {
  const [row] = await scene.admin<Row[]>`
    select e.id, e.entry_id, e.type from entry e join leaf l on l.entry_id = e.id
    where l.log_id = ${scene.log} and l.idx = ${idx}`;
  if (row === undefined) throw new Error(`there is no entry ${idx}`);
  return row;
}

/** Another build in the bytes: sound by itself, and no column says so. */
const rebuild = (sql: Sql, { id }: Row) => sql`
  update entry set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"build":"[^"]*"', '"build":"9.9.9"'), 'UTF8')
  where id = ${id}`;

test('a sound record has nothing wrong with it, and all of a short one is held against what was signed', async () => {
  const { logs } = await scene.verify();
  const entries = logs.reduce((sum, { size }) => sum + size, 0);
  expect(await newest()).toEqual({ entries, signed: entries, findings: [] });
});

test('of a long one the end is looked at, and held against what was signed as far as its trees go', async () => {
  const size = await sizeOfLog();
  const far = { least: 9, most: 4 };
  const { entries, signed, findings } = await newest(far);
  expect(findings).toEqual([]);
  expect(entries).toBeLessThan(size);
  expect(signed).toBeLessThanOrEqual(entries);
  const row = await entryAt(1);
  await forge(scene.admin, (sql) => sql`update entry set minutes = 77 where id = ${row.id}`);
  expect(await faultsNow(far)).toEqual([]);
  expect(await faultsNow()).toHaveLength(1);
});

describe('who changed something by hand is found out', () => {
  test('bytes that are sound by themselves: the tree over them is another, wherever they stand', async () => {
    const size = await sizeOfLog();
    for (const idx of [0, Math.floor(size / 2), size - 1]) {
      const row = await entryAt(idx);
      await forge(scene.admin, (sql) => rebuild(sql, row));
      const spans = (await newest()).findings.map(({ place }) =>
        /entry (\d+)(?: to (\d+))?$/.exec(place)?.slice(1).map(Number),
      );
      const covers = ([from = -1, to = from]: number[] = []) =>
        from <= idx && idx <= (Number.isNaN(to) ? from : to);
      expect(spans.some(covers)).toBe(true);
    }
  });

  test('a column that no longer says what the bytes say', async () => {
    const size = await sizeOfLog();
    const row = await entryAt(size - 2);
    await forge(scene.admin, (sql) => sql`update entry set minutes = 77 where id = ${row.id}`);
    expect(await faultsNow({ least: 5, most: 1 })).toEqual([
      `log ${scene.origin}, entry ${size - 2}, ${row.type} ${row.entryId}: expected the column minutes to say 45 as the bytes do, got 77`,
    ]);
  });

  test('a time that is another', async () => {
    const row = await entryAt(3);
    await forge(
      scene.admin,
      (sql) => sql`update entry set at = at + interval '1 day' where id = ${row.id}`,
    );
    expect((await faultsNow()).join()).toContain('expected the column at to say what the bytes');
  });

  test('bytes that are no entry', async () => {
    const row = await entryAt(4);
    await forge(
      scene.admin,
      (sql) => sql`update entry set body = body || '\\x20'::bytea where id = ${row.id}`,
    );
    expect((await faultsNow()).join('\n')).toMatch(/entry 4: expected the bytes of an entry, got/);
  });

  test('an entry that is gone, with its leaf and without', async () => {
    const size = await sizeOfLog();
    const [one, other] = [await entryAt(size - 1), await entryAt(size - 3)];
    await forge(scene.admin, async (sql) => {
      await sql`delete from entry where id = ${one.id}`;
      await sql`delete from leaf where log_id = ${scene.log} and entry_id = ${other.id}`;
    });
    const faults = await faultsNow();
    for (const idx of [size - 1, size - 3])
      expect(faults).toContain(
        `log ${scene.origin}, entry ${idx}: expected an entry in this place, got none`,
      );
  });

  test('an approval by somebody who was no approver, in a log that is seen whole', async () => {
    const [row] = await scene.admin<{ id: number; idx: number }[]>`
      select e.id, l.idx from entry e join leaf l on l.entry_id = e.id
      where l.log_id = ${scene.log} and e.type = 'draft.approved' limit 1`;
    const other = '00000000-0000-4000-8000-000000000001';
    await forge(
      scene.admin,
      (sql) => sql`
        update entry set actor_id = ${other},
          body = convert_to(replace(convert_from(body, 'UTF8'), actor_id, ${other}), 'UTF8') where id = ${row?.id ?? 0}`,
    );
    expect((await faultsNow()).join('\n')).toMatch(
      new RegExp(`entry ${row?.idx}, draft.approved .*: expected an approver of this client`),
    );
  });
});
