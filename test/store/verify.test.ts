import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leafHash } from '../../src/ledger/hash.ts';
import { shortCheckpoint } from '../../src/ledger/checkpoint.ts';
import { growTree, packPeaks } from '../../src/ledger/tree.ts';
import type { Sql } from '../../src/store/connect.ts';
import { makeLogKey, readLogKeys, vkeysOf } from '../../src/store/log-keys.ts';
import type { Verdict } from '../../src/store/verify-types.ts';
import { bodiesOf, forge as forgeAs, makeTemplate, signEverySize } from './verify-scene.ts';
import type { Template, Verifying, VerifyScene } from './verify-scene.ts';

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

const forge = (act: (sql: Sql) => Promise<unknown>) => forgeAs(scene.admin, act);

/** What is wrong, as one text. */
async function faultsNow(how?: Verifying): Promise<string> {
  return faultsIn(await scene.verify(how));
}

function faultsIn({ findings }: Verdict): string {
  return findings
    .filter(({ level }) => level === 'fault')
    .map(({ place, says }) => `${place}: ${says}`)
    .join('\n');
}

type Row = { readonly id: number; readonly entryId: string; readonly idx: number };

/** The first entry of a type in the log of the client. */
async function entryOf(type: string): Promise<Row> {
  const [row] = await scene.admin<Row[]>`
    select e.id, e.entry_id, l.idx from entry e join leaf l on l.entry_id = e.id
    where l.log_id = ${scene.log} and e.type = ${type} order by l.idx limit 1`;
  if (row === undefined) throw new Error(`there is no ${type}`);
  return row;
}

/** Makes tree and peaks what the leaves now say. */
async function regrow(sql: Sql): Promise<void> {
  const tree = growTree();
  for (const body of await bodiesOf(sql, scene.log)) tree.append(leafHash(body));
  await sql`update tree set size = ${tree.size()}, peaks = ${packPeaks(tree.frontier())} where log_id = ${scene.log}`;
}

test('a sound record has nothing wrong with it, in all logs or in one', async () => {
  const all = await scene.verify();
  expect(all.findings).toEqual([]);
  expect(all.logs).toHaveLength(3);
  expect(all.waiting).toBe(0);
  for (const { size, checkpoints, anchors } of all.logs) {
    expect(checkpoints).toBe(size);
    expect(anchors).toBe(1);
  }
  const one = await scene.verify({ whose: { client: scene.client } });
  expect(one.findings).toEqual([]);
  expect(one.logs.map(({ log }) => log.id)).toEqual([scene.log]);
  expect((await scene.verify({ whose: { client: null } })).findings).toEqual([]);
});

describe('a superuser who switches the triggers off is found out, down to the entry', () => {
  test('a changed body: its leaf is made anew by the database itself, its columns stay', async () => {
    const { id, idx, entryId } = await entryOf('draft.made');
    await forge(
      (sql) => sql`
        update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"minutes":40', '"minutes":4'), 'UTF8')
        where id = ${id}`,
    );
    const faults = await faultsNow();
    expect(faults).toContain(
      `log ${scene.origin}, entry ${idx}, draft.made ${entryId}: expected the column minutes to say 4 as the bytes do, got 40`,
    );
    expect(faults).toContain(`log ${scene.origin}, entry ${idx}: expected the root`);
  });

  test('a changed body and the columns with it: the checkpoints say between which sizes it lies', async () => {
    const { id, idx } = await entryOf('draft.made');
    const change = (sql: Sql) => sql`
      update entry set minutes = 4,
        body = convert_to(replace(convert_from(body, 'UTF8'), '"minutes":40', '"minutes":4'), 'UTF8') where id = ${id}`;
    await forge(change);
    expect(await faultsNow()).toContain(`log ${scene.origin}, entry ${idx}: expected the root`);
    await forge((sql) => sql`delete from checkpoint where size between ${idx - 3} and ${idx + 2}`);
    expect(await faultsNow()).toContain(
      `log ${scene.origin}, entry ${idx - 4} to ${idx + 2}: expected the root`,
    );
  });

  test('a changed column', async () => {
    const { id, idx, entryId } = await entryOf('attempt.ended');
    await forge((sql) => sql`update entry set cost_nano = 1 where id = ${id}`);
    expect(await faultsNow()).toMatch(
      new RegExp(
        `entry ${idx}, attempt.ended ${entryId}: expected the column cost_nano to say \\d+ as the bytes do, got 1`,
      ),
    );
    await forge((sql) => sql`update entry set at = at + interval '1 day' where id = ${id}`);
    expect(await faultsNow()).toContain('expected the column at to say');
  });

  test('a leaf hash that is no longer made by the database', async () => {
    const { id, idx } = await entryOf('draft.made');
    await forge(async (sql) => {
      await sql`alter table entry alter column leaf drop expression`;
      await sql`update entry set leaf = ${Buffer.alloc(32)} where id = ${id}`;
    });
    expect(await faultsNow()).toContain(
      `log ${scene.origin}, entry ${idx}: expected the leaf hash`,
    );
  });

  test('bytes that are no entry', async () => {
    const { id, idx } = await entryOf('draft.made');
    await forge((sql) => sql`update entry set body = body || '\\x20'::bytea where id = ${id}`);
    expect(await faultsNow()).toContain(
      `entry ${idx}: expected the bytes of an entry, got others: the bytes of an entry are not canonical JSON`,
    );
  });

  test('a deleted entry, its leaf left or taken out as well', async () => {
    const { id, idx } = await entryOf('request.split');
    await forge((sql) => sql`delete from entry where id = ${id}`);
    expect(await faultsNow()).toContain(
      `log ${scene.origin}, entry ${idx}: expected an entry in this place, got none: it was deleted`,
    );
    await forge((sql) => sql`delete from leaf where entry_id = ${id}`);
    expect(await faultsNow()).toContain(
      `log ${scene.origin}, entry ${idx}: expected the index ${idx}, got ${idx + 1}: one is missing before it`,
    );
    await forge(async (sql) => {
      await sql`update leaf set idx = -idx where log_id = ${scene.log} and idx > ${idx}`;
      await sql`update leaf set idx = -idx - 1 where log_id = ${scene.log} and idx < 0`;
      await regrow(sql);
    });
    expect(await faultsNow()).toContain(`log ${scene.origin}, entry ${idx}: expected the root`);
  });

  test('leaves in another order', async () => {
    const { idx } = await entryOf('draft.made');
    await forge(async (sql) => {
      await sql`update leaf set idx = -1 where log_id = ${scene.log} and idx = ${idx}`;
      await sql`update leaf set idx = ${idx} where log_id = ${scene.log} and idx = ${idx + 4}`;
      await sql`update leaf set idx = ${idx + 4} where log_id = ${scene.log} and idx = -1`;
      await regrow(sql);
    });
    expect(await faultsNow()).toContain(`log ${scene.origin}, entry ${idx}: expected the root`);
  });

  test('a tail that was cut off, with every row that would tell', async () => {
    const { logs } = await scene.verify();
    const size = logs.find(({ log }) => log.id === scene.log)?.size ?? 0;
    await forge(async (sql) => {
      await sql`delete from checkpoint where log_id = ${scene.log} and size > ${size - 3}`;
      const gone = await sql<{ entryId: number }[]>`
        delete from leaf where log_id = ${scene.log} and idx >= ${size - 3} returning entry_id`;
      await sql`delete from entry where id = any(${gone.map(({ entryId }) => entryId)})`;
      await regrow(sql);
    });
    expect(await faultsNow()).toContain(
      `log ${scene.origin}, entry ${size - 3} to ${size - 1}: expected at least ${size} entries, as the file beside the key says, got ${size - 3}: the end of the log was cut off`,
    );
  });

  test('an entry that was put in', async () => {
    const { id, idx } = await entryOf('draft.approved');
    const forged = randomUUID();
    await forge(async (sql) => {
      await sql`update leaf set idx = -idx - 1 where log_id = ${scene.log} and idx > ${idx}`;
      await sql`update leaf set idx = -idx where log_id = ${scene.log} and idx < 0`;
      const [row] = await sql<{ id: number }[]>`
        insert into entry (entry_id, type, at, client_id, request_id, task_id, actor_kind, actor_id, from_state, to_state, draft_sha256, body)
        select ${forged}, type, at, client_id, request_id, task_id, actor_kind, actor_id, from_state, to_state, draft_sha256,
          convert_to(replace(convert_from(body, 'UTF8'), entry_id::text, ${forged}), 'UTF8') from entry where id = ${id} returning id`;
      await sql`insert into leaf ${sql({ log_id: scene.log, idx: idx + 1, entry_id: row?.id ?? 0 })}`;
      await sql`delete from ledger_pending`;
      await regrow(sql);
    });
    const faults = await faultsNow();
    expect(faults).toContain(`log ${scene.origin}, entry ${idx + 1}: expected the root`);
    expect(faults).toContain(
      `entry ${idx + 1}, draft.approved ${forged}: expected a step from approved, got one from waiting`,
    );
  });

  test('an approval by somebody who was no approver', async () => {
    const { id, idx, entryId } = await entryOf('draft.approved');
    const other = randomUUID();
    await forge(
      (sql) => sql`
        update entry set actor_id = ${other},
          body = convert_to(replace(convert_from(body, 'UTF8'), actor_id, ${other}), 'UTF8') where id = ${id}`,
    );
    expect(await faultsNow()).toContain(
      `entry ${idx}, draft.approved ${entryId}: expected an approver of this client at that time, got the person ${other}`,
    );
  });
});

describe('a whole record that was written anew and signed with a key of the forger', () => {
  let kept: { readonly size: number; readonly note: string }[];
  let vkey: string;
  let changed: number;

  beforeEach(async () => {
    const { id, idx } = await entryOf('draft.made');
    changed = idx;
    kept = [
      ...(await scene.admin<{ size: number; note: string }[]>`
        select size, note from checkpoint where log_id = ${scene.log} order by size`),
    ];
    const [key] = await readLogKeys({ folder: scene.own, practice: practiceOf(scene) });
    [vkey = ''] = vkeysOf(key === undefined ? [] : [key], scene.origin);
    await forge(async (sql) => {
      await sql`update entry set minutes = 4,
        body = convert_to(replace(convert_from(body, 'UTF8'), '"minutes":40', '"minutes":4'), 'UTF8') where id = ${id}`;
      await regrow(sql);
      await sql`delete from checkpoint`;
      rmSync(scene.own, { recursive: true });
      await makeLogKey({ folder: scene.own, practice: practiceOf(scene) }, 1);
      await signEverySize(sql, scene.own);
    });
  });

  const practiceOf = ({ own }: VerifyScene) => path.basename(own) as never;
  const keptAt = (size: number) => ({
    name: `kept-${size}`,
    text: kept.find((one) => one.size === size)?.note ?? '',
  });

  test('agrees with itself: nothing on this machine shows it', async () => {
    expect(await faultsNow()).toBe('');
  });

  test('does not agree with the key somebody has from elsewhere', async () => {
    rmSync(scene.own, { recursive: true });
    expect(await faultsNow({ given: [vkey] })).toMatch(/expected a signature of a known key/);
  });

  test('does not agree with a checkpoint that was kept: whole, or the line of a receipt', async () => {
    const at = keptAt(changed + 5);
    const given = [vkey];
    expect(await faultsNow({ kept: [at], given })).toContain(
      `log ${scene.origin}, entry 0 to ${changed + 4}: expected the root`,
    );
    expect(await faultsNow({ kept: [keptAt(changed)], given })).toBe('');
    expect(await faultsNow({ kept: [keptAt(changed), keptAt(changed + 1)], given })).toContain(
      `log ${scene.origin}, entry ${changed}: expected the root`,
    );
    const { size, root } = rootIn(at.text);
    const text = shortCheckpoint({ size, root: Buffer.from(root, 'base64') });
    const whose = { client: scene.client };
    expect(await faultsNow({ kept: [{ name: 'a receipt', text }], whose })).toContain(
      `log ${scene.origin}, entry 0 to ${changed + 4}: expected the root ${text.slice(-8)} over the first`,
    );
  });

  const rootIn = (note: string) => {
    const [, size, root] = note.split('\n');
    return { size: Number(size), root: root ?? '' };
  };
});
