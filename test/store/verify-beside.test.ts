import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Sql } from '../../src/store/connect.ts';
import { readLogKeys, vkeysOf } from '../../src/store/log-keys.ts';
import { newSigner } from '../helpers/bundle.ts';
import { forge, makeTemplate } from './verify-scene.ts';
import type { Template, Verifying, VerifyScene } from './verify-scene.ts';

/** What lies beside the entries and their hashes: tables that rest on them, texts they name, places, what waits. */
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

async function faultsAfter(act: (sql: Sql) => Promise<unknown>, how?: Verifying): Promise<string> {
  await forge(scene.admin, act);
  const { findings } = await scene.verify(how);
  return findings
    .filter(({ level }) => level === 'fault')
    .map(({ place, says }) => `${place}: ${says}`)
    .join('\n');
}

describe('rows that rest on entries', () => {
  const task = `(select id from task where state = 'delivered' order by id limit 1)`;

  test.each([
    [
      'the state of a task',
      `update task set state = 'rejected' where id = ${task}`,
      /^task \S+: expected the state delivered/m,
    ],
    [
      'its version',
      `update task set version = version + 1 where id = ${task}`,
      /^task \S+: expected version \d+, as many/m,
    ],
    [
      'its last entry',
      `update task set last_entry = (select last_entry from client limit 1) where id = ${task}`,
      /^task \S+: expected its last entry/m,
    ],
    [
      'who decided',
      `update decision set person_id = gen_random_uuid() where task_id = ${task}`,
      /^decision \S+: expected an entry draft\.approved of this task/m,
    ],
    [
      'a decision that is gone',
      `delete from decision where task_id = ${task}`,
      /^entry draft\.approved \S+: expected a decision/m,
    ],
    [
      'a delivery that is gone',
      `delete from delivery where task_id = ${task}`,
      /^entry draft\.delivered \S+: expected a delivery/m,
    ],
    [
      'what was delivered',
      `update delivery set draft_sha256 = repeat('0', 64) where task_id = ${task}`,
      /^delivery of task \S+: expected its entry/m,
    ],
    [
      'since when somebody approves',
      `update approver set since = since - interval '1 day'`,
      /^approver \S+: expected an entry role\.set/m,
    ],
    [
      'what an attempt cost',
      `update attempt set cost_nano = 1 where task_id = ${task}`,
      /^attempt \S+: expected its entries/m,
    ],
    [
      'an attempt that is gone',
      `delete from attempt where task_id = ${task}`,
      /^entry attempt\.\w+ \S+: expected an attempt/m,
    ],
    [
      'the hash of a draft',
      `update draft set sha256 = repeat('0', 64) where task_id = ${task}`,
      /^draft \S+: expected an entry draft\.made/m,
    ],
    [
      'where a client may be sent',
      `update client set cloud = 'never'`,
      /^client \S+: expected cloud/m,
    ],
  ])('%s', async (_, statement, says) => {
    expect(await faultsAfter((sql) => sql.unsafe(statement))).toMatch(says);
  });

  test('a task that is gone, and one that no entry led to', async () => {
    const faults = await faultsAfter(async (sql) => {
      const [row] = await sql<{ id: string }[]>`select id from task order by id limit 1`;
      await sql`update task set id = ${randomUUID()} where id = ${row?.id ?? ''}`;
    });
    expect(faults).toMatch(/^task \S+: expected entries that led to it, got none/m);
    expect(faults).toMatch(/^task \S+: expected its row, got none/m);
  });
});

describe('texts that entries name', () => {
  test('one that is gone', async () => {
    const faults = await faultsAfter((sql) => sql`delete from lore where kind = 'rule'`);
    expect(faults).toMatch(/^rule \S+#\S+@[0-9a-f]{16}: expected the text of this rule, got none/m);
  });

  test('one that says something else now', async () => {
    const faults = await faultsAfter(async (sql) => {
      await sql`alter table lore drop constraint lore_by_its_hash`;
      await sql`update lore set text = text || ' and more'`;
    });
    expect(faults).toMatch(/^text [0-9a-f]{64}: expected a text of this hash, got one of/m);
  });
});

describe('places', () => {
  test('an entry that stands in no log and waits for none', async () => {
    const faults = await faultsAfter(
      (sql) => sql`delete from leaf where log_id = ${scene.log} and idx = 3`,
    );
    expect(faults).toMatch(
      /^entry \S+ \S+: expected a place in the log of its client, or that it waits for one, got neither/m,
    );
  });

  test('one that stands in a log and waits for one as well', async () => {
    const faults = await faultsAfter(
      (sql) =>
        sql`insert into ledger_pending (id) select entry_id from leaf where log_id = ${scene.log} and idx = 3`,
    );
    expect(faults).toMatch(/^entry \S+ \S+: expected one place, got one in a log and one among/m);
  });

  test('a number that waits for an entry that is gone', async () => {
    const faults = await faultsAfter(
      (sql) => sql`insert into ledger_pending (id) select max(id) + 7 from entry`,
    );
    expect(faults).toMatch(/^what waits, number \d+: expected an entry that waits for its log/m);
  });

  test('a whole log that is gone', async () => {
    const faults = await faultsAfter(async (sql) => {
      for (const table of ['leaf', 'checkpoint', 'tree'])
        await sql`delete from ${sql(table)} where log_id = ${scene.log}`;
      await sql`delete from log where id = ${scene.log}`;
    });
    expect(faults).toContain(
      `log ${scene.origin}: expected this log, of which the file beside the key says something, got none`,
    );
  });
});

describe('what the database says of a tree', () => {
  test('its size, and its peaks', async () => {
    expect(
      await faultsAfter((sql) => sql`update tree set size = size + 1 where log_id = ${scene.log}`),
    ).toContain(`log ${scene.origin}, its tree: expected the size`);
    expect(
      await faultsAfter(
        (sql) => sql`
          update tree set size = size - 1, peaks = set_byte(peaks, 0, get_byte(peaks, 0) # 1)
          where log_id = ${scene.log}`,
      ),
    ).toContain(`log ${scene.origin}, its tree: expected the peaks`);
  });

  test('a checkpoint that lies under another size than was signed', async () => {
    const faults = await faultsAfter(async (sql) => {
      await sql`delete from checkpoint where log_id = ${scene.log} and size = 5`;
      await sql`update checkpoint set size = 5 where log_id = ${scene.log} and size = 4`;
    });
    expect(faults).toContain(
      `log ${scene.origin}, the checkpoint at 5: expected the size 5, got one signed at 4`,
    );
  });
});

test('an entry that waits for its log is judged as well', async () => {
  const faults = await faultsAfter(async (sql) => {
    const id = randomUUID();
    const [row] = await sql<{ id: number }[]>`
      insert into entry (entry_id, type, at, client_id, actor_kind, actor_id, minutes, body)
      select ${id}, type, at, client_id, actor_kind, actor_id, 77,
        convert_to(replace(convert_from(body, 'UTF8'), entry_id::text, ${id}), 'UTF8')
      from entry where client_id = ${scene.client} and type = 'client.created' returning id`;
    await sql`insert into ledger_pending (id) values (${row?.id ?? 0}) on conflict do nothing`;
  });
  expect(faults).toMatch(
    /an entry that waits for its log, client\.created \S+: expected the column minutes to say nothing as the bytes do, got 77/,
  );
});

test('where a key was brought along, what was kept is taken under no other', async () => {
  const [note] = await scene.admin<{ note: string }[]>`
    select note from checkpoint where log_id = ${scene.log} and size = 5`;
  const kept = [{ name: 'kept', text: note?.note ?? '' }];
  const practice = path.basename(scene.own) as never;
  const own = vkeysOf(await readLogKeys({ folder: scene.own, practice }), scene.origin);
  const nothing = async (): Promise<void> => undefined;
  expect(await faultsAfter(nothing, { kept, given: own })).toBe('');
  expect(await faultsAfter(nothing, { kept, given: [newSigner(scene.origin).vkey] })).toContain(
    `log ${scene.origin}, kept: expected a signature of a known key`,
  );
});
