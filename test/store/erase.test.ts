import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientId, RequestId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { openAct } from '../../src/flow/act.ts';
import type { Outcome } from '../../src/flow/ports/store.ts';
import type { BodyRow } from '../../src/flow/ports/rows.ts';
import { ownerOf } from '../../src/store/key-name.ts';
import { sampleData } from '../helpers/entries.ts';
import { keep, newClient, openWith, someRequest, textOf } from '../helpers/texts.ts';
import { until } from '../helpers/until.ts';
import { makeTestWorld, OWNER } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(() => t.close());

let made = 0;
const someClient = () => newClient(t, `e${(made += 1)}`);
const eraser = () => t.world.eraser;
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23, 9, 5);

/** Drops key and text of bodies, with their entry. */
async function drop(...rows: readonly BodyRow[]): Promise<Outcome> {
  const act = openAct(t.world.clock);
  act.note(
    {
      type: 'content.erased',
      actor: { kind: 'system', id: 'test' },
      data: { ...sampleData('content.erased'), bodies: rows.map((row) => row.id) },
    },
    null,
  );
  for (const { id } of rows)
    act.change({
      update: 'body',
      set: { wrappedKey: null, sealed: null, erasedAt: act.at },
      where: { id, erasedAt: null },
    });
  return eraser().commit(act.close());
}

/** Closes the keys of a client as erasing it does. */
async function close(client: ClientId): Promise<Outcome | 'closed'> {
  const change = await eraser().closing(client);
  if (change === null) return 'closed';
  const act = openAct(t.world.clock);
  const entry = act.note(
    {
      type: 'content.erased',
      actor: { kind: 'system', id: 'test' },
      client,
      data: sampleData('content.erased'),
    },
    null,
  );
  act.change(change(entry, act.at));
  return eraser().commit(act.close());
}

describe('the role that erases', () => {
  test.each([
    ['delete from body', 'permission denied for table body'],
    ['truncate body', 'permission denied for table body'],
    ["update body set digest = ''", 'permission denied for table body'],
    ['update body set client_id = null', 'permission denied for table body'],
    ['update body set request_id = null', 'permission denied for table body'],
    [
      "insert into body (id, kind, key_name, digest, size) values (gen_random_uuid(), 'file', 'practice.1', '', 0)",
      'permission denied for table body',
    ],
    ["update entry set type = 'x'", 'permission denied for table entry'],
    ['delete from entry', 'permission denied for table entry'],
    ["update person set role = 'owner'", 'permission denied for table person'],
    ["update client set cloud = 'allowed'", 'permission denied for table client'],
    ['update request set client_id = null', 'permission denied for table request'],
    ["update task set state = 'delivered'", 'permission denied for table task'],
    ["update draft set sha256 = ''", 'permission denied for table draft'],
    ["update review set outcome = 'pass'", 'permission denied for table review'],
    ["update question set answer = ''", 'permission denied for table question'],
    ['select * from decision', 'permission denied for table decision'],
    ['select * from lore', 'permission denied for table lore'],
    ['insert into outbox (job_id) values (1)', 'permission denied for table outbox'],
    ['alter table body disable trigger all', 'must be owner of table body'],
  ])('%s', async (statement, message) => {
    await expect(t.rotating.sql.unsafe(statement)).rejects.toThrow(message);
  });

  test('writes no entry but the two that are its own', async () => {
    const write = (type: string) => t.rotating.sql`
      insert into entry (entry_id, type, at, actor_kind, actor_id, body)
      values (gen_random_uuid(), ${type}, now(), 'system', 'test', 'x')`;
    for (const type of ['draft.approved', 'log.restored', 'client.set', 'task.cancelled'])
      await expect(write(type)).rejects.toThrow('row-level security');
    await expect(write('content.erased')).resolves.toBeDefined();
    await expect(write('keys.rotated')).resolves.toBeDefined();
  });

  test('changes what names somebody only with its own entry of the same transaction', async () => {
    const client = await someClient();
    for (const change of [
      `update client set name = 'x' where id = '${client}'`,
      "update person set name = 'x'",
      "update channel set channel = 'x'",
    ]) {
      const rows = await t.sql`select 1 from channel`;
      if (change.includes('channel') && rows.length === 0) continue;
      await expect(t.rotating.sql.unsafe(change)).rejects.toThrow('needs a new entry in the same');
    }
  });
});

describe('a body', () => {
  test('loses key and text as a whole, once and for good; its row and what entries commit to stay', async () => {
    const client = await someClient();
    const row = await keep(t, { client }, 'words');
    expect(await drop(row)).toBe('done');
    expect(await drop(row)).toBe('lost');
    const after = await t.world.store.body(row.id);
    expect(after).toMatchObject({
      id: row.id,
      clientId: client,
      kind: row.kind,
      digest: row.digest,
      size: row.size,
      keyName: row.keyName,
      wrappedKey: null,
      sealed: null,
    });
    const { sql } = t.rotating;
    for (const again of [
      sql`update body set wrapped_key = ${row.wrappedKey}, sealed = ${row.sealed}, erased_at = null where id = ${row.id}`,
      sql`update body set key_name = 'practice.1' where id = ${row.id}`,
      sql`update body set erased_at = now() where id = ${row.id}`,
    ])
      await expect(again).rejects.toThrow('stays what it is');
  });

  test('is not erased by halves, nor its text swapped', async () => {
    const row = await keep(t, { client: await someClient() }, 'words');
    const { sql } = t.rotating;
    for (const half of [
      sql`update body set sealed = null where id = ${row.id}`,
      sql`update body set wrapped_key = null where id = ${row.id}`,
      sql`update body set erased_at = now() where id = ${row.id}`,
      sql`update body set sealed = 'x' where id = ${row.id}`,
    ])
      await expect(half).rejects.toThrow('stays what it is');
    expect(await textOf(t, row.id)).toBe('words');
  });

  test('is given to its client by the program, and to nobody after that', async () => {
    const [client, other] = [await someClient(), await someClient()];
    const row = await keep(t, {}, 'heard');
    const give = await t.world.bodies.give(row.id, client);
    if (give === null) throw new Error('nothing was given');
    const act = openAct(t.world.clock);
    act.change(give);
    expect(await t.world.store.commit(act.close())).toBe('done');
    expect(await textOf(t, row.id)).toBe('heard');
    expect(await t.world.bodies.give(row.id, other)).toBeNull();
    await expect(
      t.sql`update body set client_id = ${other}, key_name = ${ownerOf(other)} where id = ${row.id}`,
    ).rejects.toThrow('stays what it is');
    await expect(t.sql`update body set client_id = null where id = ${row.id}`).rejects.toThrow(
      'stays what it is',
    );
    const ours = await keep(t, {}, 'ours');
    await expect(
      t.sql`update body set client_id = ${client} where id = ${ours.id}`,
    ).rejects.toThrow('cannot lie under the key practice');
  });
});

describe('what a scope holds', () => {
  test('a body belongs to its task, its request and its client, and to what was heard for the client', async () => {
    const client = await someClient();
    const request = await someRequest(t, client);
    const other = await someRequest(t, client);
    // Heard before there were generations and never given: still the client's.
    const heard = await keep(t, { request }, 'heard', 'reason');
    const file = await keep(t, { client, request }, 'file');
    const elsewhere = await keep(t, { client, request: other }, 'elsewhere');
    const loose = await keep(t, { client }, 'loose');
    const ids = async (...scope: Parameters<ReturnType<typeof eraser>['living']>) =>
      (await eraser().living(...scope)).map((body) => body.id).toSorted();
    const words = (await t.world.store.requestFile(request))?.request.bodyId ?? '';
    const others = (await t.world.store.requestFile(other))?.request.bodyId ?? '';
    expect(await ids({ is: 'request', id: request }, 9)).toEqual(
      [heard.id, file.id, words].toSorted(),
    );
    expect(await ids({ is: 'client', id: client }, 9)).toEqual(
      [heard.id, file.id, elsewhere.id, loose.id, words, others].toSorted(),
    );
    expect(await ids({ is: 'client', id: client }, 2)).toHaveLength(2);
    await drop(file, loose);
    expect(await eraser().held({ is: 'client', id: client })).toEqual([
      { kind: 'file', bodies: 1, bytes: 9 },
      { kind: 'reason', bodies: 1, bytes: 5 },
      { kind: 'request', bodies: 2, bytes: 4 },
    ]);
    expect(await eraser().held({ is: 'body', id: file.id })).toEqual([]);
  });
});

describe('the keys of a client', () => {
  test('are not closed while its work is open, and take nothing once they are', async () => {
    const client = await someClient();
    const waiting = await someRequest(t, client, 'received');
    const scope = { is: 'client', id: client } as const;
    expect(await eraser().open(scope)).toEqual([
      { request: expect.any(Number), ordinal: null, state: 'received' },
    ]);
    expect(await close(client)).toBe('lost');
    const act = openAct(t.world.clock);
    const lastEntry = act.note(
      {
        type: 'request.nothing_to_do',
        actor: { kind: 'system', id: 'test' },
        data: sampleData('request.nothing_to_do'),
      },
      null,
    );
    act.change({ update: 'request', set: { step: 'empty', lastEntry }, where: { id: waiting } });
    expect(await t.world.store.commit(act.close())).toBe('done');
    expect(await eraser().open(scope)).toEqual([]);

    await keep(t, { client }, 'one more');
    expect(await close(client)).toBe('done');
    expect(await close(client)).toBe('closed');
    await expect(keep(t, { client }, 'too late')).rejects.toMatchObject({
      code: 'conflict',
      retry: false,
    });
    await expect(eraser().destroyKeys(client)).rejects.toMatchObject({ code: 'conflict' });
    for (const body of await eraser().living(scope, 9)) await drop(body as BodyRow);
    expect(await eraser().destroyKeys(client)).toBe(1);
    expect(readdirSync(t.keysAt).filter((name) => name.includes(client))).toEqual([]);
    expect(await eraser().destroyKeys(client)).toBe(0);
  });

  test('wait with their closing for what is just being written under them', async () => {
    const client = await someClient();
    const row = await keep(t, { client }, 'words');
    let written: (() => void) | undefined;
    const slow = t.sql.begin(async (tx) => {
      await tx`insert into body (id, client_id, kind, key_name, wrapped_key, sealed, digest, size)
        values (gen_random_uuid(), ${client}, 'file', ${row.keyName}, 'x', 'x', '', 0)`;
      await new Promise<void>((resolve) => (written = resolve));
    });
    await until('the text is on its way', () => written !== undefined);
    let closed: Outcome | 'closed' | undefined;
    const closing = close(client).then((outcome) => (closed = outcome));
    await until('the closing waits', async () => {
      const waits = await t.sql`select 1 from pg_locks where locktype = 'advisory' and not granted`;
      return waits.length > 0;
    });
    expect(closed).toBeUndefined();
    written?.();
    await Promise.all([slow, closing]);
    expect(closed).toBe('done');
    expect(await eraser().living({ is: 'client', id: client }, 9)).toHaveLength(2);
  });
});

describe('what is due', () => {
  test('is what ended longer ago than its client wants, and still holds a text', async () => {
    const names = ['keeps', 'short', 'usual'] as const;
    const [keeps, short, usual] = await Promise.all(names.map((name) => newClient(t, name)));
    await t.say(OWNER, 'client set keeps retention keep');
    await t.say(OWNER, 'client set short retention 7');
    const requests: Readonly<Record<string, RequestId>> = {
      keeps: await someRequest(t, keeps ?? null),
      short: await someRequest(t, short ?? null),
      usual: await someRequest(t, usual ?? null),
      open: await someRequest(t, short ?? null, 'received'),
      nobodys: await someRequest(t, null, 'asked'),
    };
    const due = async (days: number): Promise<readonly string[]> => {
      const ids = await eraser().due(moment(MONDAY + days * DAY), 1_000);
      return Object.keys(requests).filter((name) => ids.includes(requests[name] as RequestId));
    };
    expect(await due(6)).toEqual([]);
    expect(await due(8)).toEqual(['short']);
    expect(await due(89)).toEqual(['short']);
    expect(await due(91)).toEqual(['short', 'usual']);
    const file = await t.world.store.requestFile(requests['short'] as RequestId);
    const words = file === null ? null : await t.world.store.body(file.request.bodyId);
    if (words === null) throw new Error('the request has no words');
    await drop(words);
    expect(await due(3_650)).toEqual(['usual']);
  });
});

test('an old copy of an erased row opens as long as its key is left', async () => {
  const row = await keep(t, { client: await someClient() }, 'words of old');
  await drop(row);
  expect(openWith(t.keysAt, row)).toBe('words of old');
  await t.rotating.keys.rotate(row.keyName.replace(/\.1$/, ''), 2);
  await t.rotating.keys.destroy(row.keyName);
  expect(openWith(t.keysAt, row)).toBeNull();
});
