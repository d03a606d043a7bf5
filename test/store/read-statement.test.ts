import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import type { ClientId } from '../../src/core/id.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { growTree } from '../../src/ledger/tree.ts';
import { connect, connectionsLost } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { beginEpochs } from '../../src/store/epoch.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { newestEntry, readStatement, ruleTextsOf } from '../../src/store/read-statement.ts';
import { sequence } from '../../src/store/sequence.ts';
import { fillRecord } from '../helpers/bulk.ts';
import { until } from '../helpers/until.ts';
import {
  findLogs,
  keeperOf,
  keysOf,
  makeLedgerScene,
  newClient,
  signedPath,
} from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';
import { line } from './scene.ts';

let scene: LedgerScene;
let reader: Sql;
const [acme, borealis, silent] = [newClient(), newClient(), newClient()];
const people = { asked: randomUUID(), stranger: randomUUID(), owner: randomUUID() };

beforeAll(async () => {
  scene = await makeLedgerScene();
  reader = connect(scene.urls.reader, 1);
  await scene.writer.begin(async (tx) => {
    const last = await line(tx, { type: 'client.created', client: acme });
    for (const [id, slug] of [
      [acme, 'acme'],
      [borealis, 'borealis'],
      [silent, 'silent'],
    ] as const)
      await tx`insert into client ${tx({ id, slug, name: `Name of ${slug}`, cloud: 'unset', last_entry: last })}`;
    for (const [name, id] of Object.entries(people)) {
      const role = name === 'owner' ? 'owner' : 'colleague';
      await tx`insert into person ${tx({ id, team: 'T', slack_user: id, name, role, last_entry: last })}`;
    }
  });
  await scene.write(acme, 3, { actor: { kind: 'person', id: people.asked } });
  await scene.write(borealis, 2, { actor: { kind: 'person', id: people.stranger } });
  await sequence(scene.deps);
}, 60_000);
afterAll(async () => {
  await reader.end();
  await scene.close();
});

const linesIn = (entries: Uint8Array): readonly string[] =>
  Buffer.from(entries).toString('utf8').split('\n').slice(0, -1);

async function read(client: ClientId) {
  return readStatement(reader, client, await newestEntry(reader, client));
}

/** The root over lines as they came. */
function rootOver(lines: readonly string[]): Buffer {
  const tree = growTree();
  for (const one of lines) tree.append(leafHash(Buffer.from(one)));
  return tree.root();
}

test('a log comes whole: the bytes of its entries in their order, under its newest signed checkpoint', async () => {
  const told = await read(acme);
  const lines = linesIn(told.entries);
  const signed = openCheckpoint(told.checkpoint, vkeysOf(await keysOf(scene), told.log.origin));
  expect([told.practice, told.size, lines.length]).toEqual([scene.practice, signed.size, 4]);
  expect(rootOver(lines).equals(signed.root)).toBe(true);
  const [log] = (await findLogs(scene.admin)).filter(({ client }) => client === acme);
  expect([told.log.id, told.log.origin]).toEqual([log?.id, log?.origin]);
  expect(lines).toEqual(log?.bodies.map(String));
});

test('nothing of another client comes with it: no entry, and no name of who had no hand in it', async () => {
  const told = await read(acme);
  for (const one of linesIn(told.entries)) expect(readEntry(Buffer.from(one)).client).toBe(acme);
  expect([...told.people.values()]).toContain('asked');
  expect([...told.people.values()]).not.toContain('stranger');
  expect(told.owner).toBeNull();
  expect(JSON.stringify([...told.people, told.log, told.checkpoint])).not.toContain('orealis');
});

test('more entries than come over at once come in order and none twice', async () => {
  const many = newClient();
  const count = 5_003;
  await fillRecord(scene.admin, { count, client: many, from: Date.UTC(2026, 9, 1) });
  await sequence(scene.deps);
  const told = await read(many);
  const ids = linesIn(told.entries).map((one) => readEntry(Buffer.from(one)).id);
  expect([told.size, new Set(ids).size]).toEqual([count, count]);
}, 60_000);

describe('what is not signed yet is not left out in silence', () => {
  const waits = (says: RegExp) => ({
    code: 'unavailable',
    retry: true,
    message: expect.stringMatching(says),
  });

  test('a client without a log, or without an entry', async () => {
    expect(await newestEntry(reader, silent)).toBe(0);
    await expect(read(silent)).rejects.toMatchObject(
      waits(/it has no log yet.*Nothing was written/),
    );
  });

  test('entries that wait, as many as there are; what came later is not asked for', async () => {
    const before = await newestEntry(reader, acme);
    await scene.write(acme, 2);
    await expect(read(acme)).rejects.toMatchObject(waits(/2 of its entries wait for that/));
    expect((await readStatement(reader, acme, before)).size).toBe(4);
    await sequence(scene.deps);
    expect((await read(acme)).size).toBe(6);
  });

  test('a log in which nothing is signed', async () => {
    const [log] = (await findLogs(scene.admin)).filter(({ client }) => client === borealis);
    await scene.admin`alter table checkpoint disable trigger all`;
    await scene.admin`delete from checkpoint where log_id = ${log?.id ?? ''}`;
    await scene.admin`alter table checkpoint enable trigger all`;
    await expect(read(borealis)).rejects.toMatchObject(waits(/nothing of its log is signed yet/));
  });
});

test('of a log that was ended the one that goes on is read', async () => {
  const [log] = (await findLogs(scene.admin)).filter(({ client }) => client === acme);
  const before = await read(acme);
  if (log === undefined) throw new Error('acme has a log');
  rmSync(signedPath(scene, log.id));
  await beginEpochs(keeperOf(scene), { of: acme, because: 'lost' });
  await sequence(scene.deps);
  const told = await read(acme);
  expect(told.log.id).not.toBe(log.id);
  const [first = '', ...survived] = linesIn(told.entries);
  expect(readEntry(Buffer.from(first)).type).toBe('log.restored');
  expect(survived).toEqual(linesIn(before.entries));
});

test('a connection that ends meanwhile is said, and the next statement is read', async () => {
  await reader`select 1`;
  const holder = await scene.admin.reserve();
  await holder`begin`;
  await holder`lock table log in access exclusive mode`;
  const lost = connectionsLost(reader);
  const reading = readStatement(reader, acme, 0);
  const [waiting] = await until('it waits', async () => {
    const rows = await holder<{ pid: number }[]>`
      select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    return rows.length > 0 ? rows : undefined;
  });
  await Promise.all([
    expect(reading).rejects.toMatchObject({ code: 'database_gone', retry: true }),
    holder`select pg_terminate_backend(${waiting?.pid ?? 0})`,
  ]);
  await holder`rollback`;
  holder.release();
  await until('the driver knows', () => connectionsLost(reader) > lost);
  expect((await read(acme)).size).toBeGreaterThan(0);
});

test('texts of rules come by the references that name them, and no others', async () => {
  const [one, other] = ['id: ONE', 'id: OTHER'].map((text) => ({ sha256: sha256(text), text }));
  if (one === undefined || other === undefined) throw new Error('there are two');
  for (const row of [one, other])
    await scene.writer`insert into lore ${scene.writer({ ...row, kind: 'rule' })}`;
  const refs = new Set([`life.yaml#ONE@${one.sha256.slice(0, 16)}`]);
  expect([...(await ruleTextsOf(reader, refs))]).toEqual([[one.sha256, one.text]]);
  expect((await ruleTextsOf(reader, new Set())).size).toBe(0);
});
