import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fault } from '../../../src/core/fault.ts';
import type { BodyId, ClientId, RequestId } from '../../../src/core/id.ts';
import { openAct } from '../../../src/flow/act.ts';
import { eraseClient } from '../../../src/flow/erase/client.ts';
import { eraseTexts } from '../../../src/flow/erase/erase.ts';
import type { Order } from '../../../src/flow/erase/erase.ts';
import { endingOf, subjectOf } from '../../../src/flow/erase/subject.ts';
import type { BodyRow } from '../../../src/flow/ports/rows.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { rotateKeys } from '../../../src/store/rotate-keys.ts';
import {
  clientId,
  entryBytes,
  keep,
  newClient,
  openWith,
  someRequest,
  textOf,
} from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

const inOrder = (a?: string | null, b?: string | null): number => (a ?? '').localeCompare(b ?? '');

let t: TestWorld;
let order: Order;
beforeAll(async () => {
  t = await makeTestWorld();
  const owner = await t.world.store.personBySlack(TEAM, OWNER);
  if (owner === null) throw new Error('the practice has no owner');
  order = { ground: 'mistake', by: owner.id, actor: { kind: 'person', id: owner.id } };
}, 60_000);
afterAll(() => t.close());

const actor = { kind: 'system', id: 'test' } as const;
let made = 0;
const someClient = () => newClient(t, `f${(made += 1)}`);
const eraseRequest = async (id: RequestId) => {
  const subject = await subjectOf(t.world, { is: 'request', id });
  return eraseTexts(t.world, { order, subject }, await endingOf(t.world, subject));
};
const lastEntry = async () => {
  const bytes = [...(await entryBytes(t)).values()].at(-1) ?? '';
  return readEntry(Buffer.from(bytes, 'hex'));
};

/** One client with two ended requests, and what was kept so far: its first row and its words, and whether it was erased. */
type Kept = {
  readonly row: BodyRow;
  readonly words: Uint8Array;
  gone: boolean;
  client: ClientId | null;
};

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('keep' as const),
      whose: fc.nat(2),
      at: fc.nat(1),
      words: fc.uint8Array({ maxLength: 300 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('give' as const), nth: fc.nat(20), whose: fc.nat(1) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('erase_body' as const), nth: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('erase_request' as const),
      whose: fc.nat(1),
      at: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('erase_client' as const), whose: fc.nat(1) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const), whose: fc.nat(2) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('in whatever order texts are kept, given, erased and keys turned: survivors read back byte for byte, the erased do not, entries stand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const clients: (ClientId | null)[] = [await someClient(), await someClient(), null];
      const requests = await Promise.all(
        clients.map((client) => Promise.all([someRequest(t, client), someRequest(t, client)])),
      );
      const kept: Kept[] = [];
      const closed = new Set<ClientId>();
      const before = await entryBytes(t);
      const take: { [D in Step['do']]: (s: Extract<Step, { do: D }>) => Promise<void> } = {
        keep: async ({ whose, at, words }) => {
          const client = clients[whose] ?? null;
          if (client !== null && closed.has(client)) return;
          const request = requests[whose]?.[at] ?? null;
          kept.push({ row: await keep(t, { client, request }, words), words, gone: false, client });
        },
        give: async ({ nth, whose }) => {
          const one = kept[nth];
          const client = clients[whose] as ClientId;
          if (one === undefined || one.gone || one.client !== null || closed.has(client)) return;
          const change = await t.world.bodies.give(one.row.id, client);
          if (change === null) throw new Error('it was nobody’s');
          const act = openAct(t.world.clock);
          act.change(change);
          expect(await t.world.store.commit(act.close())).toBe('done');
          one.client = client;
        },
        erase_body: async ({ nth }) => {
          const one = kept[nth];
          if (one === undefined) return;
          const subject = await subjectOf(t.world, { is: 'body', id: one.row.id });
          expect((await eraseTexts(t.world, { order, subject })).bodies).toBe(one.gone ? 0 : 1);
          one.gone = true;
        },
        erase_request: async ({ whose, at }) => {
          const request = requests[whose]?.[at] as RequestId;
          await eraseRequest(request);
          for (const one of kept) if (one.row.requestId === request) one.gone = true;
        },
        erase_client: async ({ whose }) => {
          const client = clients[whose] as ClientId;
          const row = await t.world.store.client(client);
          if (row === null) throw new Error('the client is gone');
          await eraseClient(t.world, row, order);
          closed.add(client);
          const own: readonly (RequestId | null)[] = requests[whose] ?? [];
          for (const one of kept)
            if (one.client === client || (one.client === null && own.includes(one.row.requestId)))
              one.gone = true;
        },
        turn: async ({ whose }) => {
          const client = clients[whose] ?? null;
          const turning = rotateKeys(t.rotating, { client, actor });
          if (client !== null && closed.has(client))
            await expect(turning).rejects.toMatchObject({ code: 'conflict' });
          else await turning;
        },
      };
      for (const one of steps) await (take[one.do] as (s: Step) => Promise<void>)(one);

      for (const { row, words, gone } of kept)
        if (gone)
          await expect(t.world.bodies.get(row.id)).rejects.toMatchObject({ code: 'erased' });
        else
          expect(Buffer.from(await t.world.bodies.get(row.id)).equals(Buffer.from(words))).toBe(
            true,
          );
      const after = await entryBytes(t);
      for (const [id, bytes] of before) expect(after.get(id)).toBe(bytes);

      // Once every key is turned, no copy of any row opens what is gone.
      for (const client of clients)
        if (client === null || !closed.has(client)) await rotateKeys(t.rotating, { client, actor });
      for (const { row, gone } of kept) if (gone) expect(openWith(t.keysAt, row)).toBeNull();
    }),
    { numRuns: 15 },
  );
}, 180_000);

test('an erased request leaves one entry: which texts, on which ground, by whose order, and no words', async () => {
  const client = await someClient();
  const request = await someRequest(t, client);
  const rows = [
    await keep(t, { client, request }, 'a secret'),
    await keep(t, { client, request }, 'b'),
  ];
  const words = (await t.world.store.requestFile(request))?.request.bodyId;
  const done = await eraseRequest(request);
  expect(done).toEqual({ bodies: 3, requests: new Set([request]) });
  const entry = await lastEntry();
  expect(entry).toMatchObject({
    type: 'content.erased',
    actor: order.actor,
    client,
    request,
    task: null,
    data: { scope: 'request', ground: 'mistake', ordered_by: order.by, besides: [] },
  });
  expect([...(entry.data['bodies'] as BodyId[])].toSorted(inOrder)).toEqual(
    [...rows.map((row) => row.id), words].toSorted(inOrder),
  );
  const count = (await entryBytes(t)).size;
  expect((await eraseRequest(request)).bodies).toBe(0);
  expect((await entryBytes(t)).size).toBe(count);
});

test('more texts than one entry can name are erased batch by batch', async () => {
  const client = await someClient();
  const request = await someRequest(t, client);
  const act = openAct(t.world.clock);
  for (let n = 0; n < 90; n += 1) {
    const { row } = await t.world.bodies.put('file', { client, request, task: null }, `text ${n}`);
    act.change({ insert: 'body', row });
  }
  await t.world.store.commit(act.close());
  const before = (await entryBytes(t)).size;
  expect((await eraseRequest(request)).bodies).toBe(91);
  const after = [...(await entryBytes(t)).values()].slice(before);
  expect(after).toHaveLength(2);
  const named = after.flatMap(
    (hex) => readEntry(Buffer.from(hex, 'hex')).data['bodies'] as string[],
  );
  expect(new Set(named).size).toBe(91);
});

test('a request nobody said for whom it is ends with its words: it asks no more and is never planned', async () => {
  const request = await someRequest(t, null, 'asked');
  await eraseRequest(request);
  const file = await t.world.store.requestFile(request);
  expect(file?.request.step).toBe('empty');
  expect(await lastEntry()).toMatchObject({ type: 'content.erased', client: null, request });
  await expect(textOf(t, file?.request.bodyId as BodyId)).rejects.toThrow(Fault);
});

test('struck between any two of its writes, erasing a client is finished by doing it again', async () => {
  for (let at = 1; ; at += 1) {
    const client = await someClient();
    const slug = `f${made}`;
    const row = await keep(t, { client, request: await someRequest(t, client) }, 'secret');
    let writes = 0;
    const { eraser } = t.world;
    const counted =
      <A extends readonly unknown[], R>(act: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        const done = await act(...args);
        if ((writes += 1) === at) throw new Error('struck');
        return done;
      };
    const struck = {
      ...t.world,
      eraser: {
        ...eraser,
        commit: counted(eraser.commit.bind(eraser)),
        destroyKeys: counted(eraser.destroyKeys.bind(eraser)),
      },
    };
    const whole = async (world: TestWorld['world'], name: string) => {
      const now = await world.store.client(await clientId(t, name));
      return now === null ? null : eraseClient(world, now, order);
    };
    const failed = await whole(struck, slug).then(
      () => false,
      (thrown: Error) => thrown.message === 'struck',
    );
    if (!failed) break;
    const name = (await t.world.store.client(client))?.slug ?? '';
    await whole(t.world, name);
    expect(openWith(t.keysAt, row)).toBeNull();
    expect(readdirSync(t.keysAt).filter((file) => file.includes(client))).toEqual([]);
    expect(await t.world.store.client(client)).toMatchObject({ name: 'Erased client' });
    expect(at).toBeLessThan(9);
  }
});
