import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import { isDue, sequence } from '../../src/store/sequence.ts';
import type { LedgerDeps } from '../../src/store/look-logs.ts';
import { checkAll, makeLedgerScene, newClient, signedFile, signedPath } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';
import { line } from './scene.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await makeLedgerScene();
});
afterAll(() => scene.close());

const logOf = async (client: string | null) =>
  (await checkAll(scene)).find((log) => log.client === client && !log.closed);

test('nothing is done, and no key made, before the practice is founded', async () => {
  const bare = await makeLedgerScene();
  await bare.admin`alter table practice disable trigger user`;
  await bare.admin`delete from practice`;
  expect(await sequence(bare.deps)).toBe('done');
  expect(await checkAll(bare)).toEqual([]);
  await bare.close();
});

test('each client gets a log, the practice one of its own; each is signed and filed', async () => {
  const [acme, borealis] = [newClient(), newClient()];
  await scene.write(acme, 3);
  await scene.write(borealis, 2);
  expect(await isDue(scene.deps.sql)).toBe(true);
  expect(await sequence(scene.deps)).toBe('done');
  expect(await isDue(scene.deps.sql)).toBe(false);
  const logs = await checkAll(scene);
  const sizes = new Map(logs.map((log) => [log.client, log.sizes]));
  expect(sizes).toEqual(
    new Map([
      [null, [1]],
      [acme, [3]],
      [borealis, [2]],
    ]),
  );
  for (const log of logs) {
    expect(log.origin).toBe(`aios/${scene.practice}/log/${log.id}`);
    const file = signedFile(scene, log.id);
    expect(file).toMatchObject({ origin: log.origin, client: log.client, epoch: 1, next: null });
    expect(file['note']).toBe(log.notes.at(-1));
    expect(statSync(signedPath(scene, log.id)).mode & 0o777).toBe(0o600);
  }
  await scene.write(acme, 2);
  await sequence(scene.deps);
  expect((await logOf(acme))?.sizes).toEqual([3, 5]);
});

test('a round with nothing to do writes nothing', async () => {
  const before = await checkAll(scene);
  expect(await sequence(scene.deps)).toBe('done');
  expect(await checkAll(scene)).toEqual(before);
});

describe('writers that take their time', () => {
  test('are waited for by nobody, and what they write comes later, never not at all', async () => {
    const client = newClient();
    const slow = await scene.writer.reserve();
    await slow`begin`;
    await line(slow as never, { client });
    await scene.write(client, 2);
    await sequence(scene.deps);
    expect((await logOf(client))?.sizes).toEqual([2]);
    await slow`commit`;
    slow.release();
    await sequence(scene.deps);
    const log = await logOf(client);
    expect(log?.sizes).toEqual([2, 3]);
    const [first = 0, , late = 0] = log?.entries ?? [];
    expect(late).toBeLessThan(first);
  });

  test('and roll back leave nothing', async () => {
    const client = newClient();
    await expect(
      scene.writer.begin(async (tx) => {
        await line(tx, { client });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await scene.write(client);
    await sequence(scene.deps);
    expect((await logOf(client))?.entries).toHaveLength(1);
  });

  test('in any number, under two sequencers: each entry is one leaf, and every checkpoint follows', async () => {
    const clients = [newClient(), newClient(), null];
    const other: LedgerDeps = { ...scene.deps, sql: connect(scene.urls.sequencer, 2) };
    let writing = true;
    const sequencing = [scene.deps, other].map(async (deps) => {
      while (writing) await sequence(deps);
    });
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let n = 0; n < 25; n += 1)
        await scene.writer
          .begin(async (tx) => {
            const client = clients[(w + n) % clients.length];
            await line(tx, client == null ? {} : { client });
            if (n % 3 === 0) await tx`select pg_sleep(${0.001 * (w % 4)})`;
            if (n % 10 === 9) throw new Error('rolled back');
          })
          .catch((thrown: Error) => expect(thrown.message).toBe('rolled back'));
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sequencing);
    await sequence(scene.deps);
    await other.sql.end();
    const logs = await checkAll(scene);
    const placed = logs.flatMap((log) => log.entries);
    const rows = await scene.admin<{ id: number }[]>`select id from entry order by id`;
    expect(placed.toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
    const [left] = await scene.admin`select count(*)::int as n from ledger_pending`;
    expect(left).toEqual({ n: 0 });
    for (const { sizes, bodies } of logs) expect(sizes.at(-1)).toBe(bodies.length);
  });
});

test('while another process is at it there is nothing to do', async () => {
  const holder = await scene.admin.reserve();
  await holder`begin`;
  await holder`select pg_advisory_xact_lock(4120260102)`;
  await scene.write(null);
  expect(await sequence(scene.deps)).toBe('busy');
  await holder`rollback`;
  holder.release();
  expect(await sequence(scene.deps)).toBe('done');
});

test('a clock that goes back changes nothing about what is signed', async () => {
  const client = newClient();
  await scene.write(client);
  await sequence(scene.deps);
  scene.setNow(Date.UTC(2001, 0, 1));
  await scene.write(client);
  await sequence(scene.deps);
  expect((await logOf(client))?.sizes).toEqual([1, 2]);
  const rows = await scene.admin<{ at: number }[]>`
    select c.at from checkpoint c join log l on l.id = c.log_id
    where l.client_id = ${client} order by c.size`;
  expect(rows.map(({ at }) => at > Date.UTC(2002, 0, 1))).toEqual([true, false]);
});

test('more than one batch goes in one round', async () => {
  const client = newClient();
  await scene.admin`
    insert into entry (entry_id, type, at, client_id, actor_kind, actor_id, body)
    select gen_random_uuid(), 'client.set', now(), ${client}, 'system', 'test', convert_to('entry ' || n, 'UTF8')
    from generate_series(1, 41000) n`;
  expect(await sequence(scene.deps)).toBe('done');
  expect((await logOf(client))?.sizes).toEqual([20_000, 40_000, 41_000]);
}, 60_000);
