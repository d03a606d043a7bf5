import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import type { StoredMessage } from '../../src/workspace/records.ts';
import { postgresState } from '../../src/workspace/postgres-state.ts';
import { memoryState, type WorkspaceState } from '../../src/workspace/state.ts';
import { freshDatabase, type FreshDatabase } from '../helpers/postgres.ts';
import { closeAll, connect, workspace } from './bolt.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
afterEach(closeAll);

const open: readonly [string, () => Promise<WorkspaceState>][] = [
  ['memory', () => Promise.resolve(memoryState())],
  ['Postgres', () => postgresState(database.url)],
];

const message = (ts: string, text: string): StoredMessage => ({
  channel: 'C1',
  ts,
  user: 'U1',
  text,
});
const kept = (ts: string, text: string) =>
  ({ kind: 'message', key: `C1/${ts}`, body: message(ts, text) }) as const;

describe.each(open)('state in %s', (_name, make) => {
  test('the last change of a record wins, in the order of first storing', async () => {
    const state = await make();
    await state.save([
      kept('1', 'a'),
      kept('2', 'b'),
      kept('1', 'a2 "quoted" ünïcode \u2028 \u0000'),
    ]);
    await state.save([kept('3', 'c'), { kind: 'message', key: 'C1/2', body: undefined }]);
    await state.save([]);
    expect(await state.load()).toEqual([
      kept('1', 'a2 "quoted" ünïcode \u2028 \u0000'),
      kept('3', 'c'),
    ]);
    await state.save(
      [kept('1', ''), kept('3', '')].map(({ kind, key }) => ({ kind, key, body: undefined })),
    );
    expect(await state.load()).toEqual([]);
    await state.close();
  });

  test('bytes come back as they were', async () => {
    const state = await make();
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    await state.putBytes('F1', bytes);
    expect([...((await state.bytes('F1')) ?? [])]).toEqual([...bytes]);
    expect(await state.bytes('F2')).toBeUndefined();
    await state.close();
  });
});

describe('a workspace over Postgres', () => {
  test('finds everything again after a restart, an event not acknowledged too', async () => {
    const first = await postgresState(database.url);
    const before = await workspace({ state: first });
    const spot = await before.human.say({
      as: 'U0OWNER',
      channel: 'acme',
      text: '@aios early',
      files: [{ name: 'a.bin', bytes: Uint8Array.of(0, 255, 10) }],
    });
    await closeAll();
    await first.close();

    const second = await postgresState(database.url);
    const space = await workspace({ state: second });
    const { app, start } = connect(space);
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => {
      seen.push(event.ts);
    });
    await start();
    await space.human.waitFor(() => seen.length === 1 || undefined);
    const [found] = space.human.messages('acme');
    expect(found).toMatchObject({ ts: spot.ts, text: '<@U0AIOS> early' });
    expect([...(await space.human.download('U0OWNER', found?.files?.[0]?.id ?? ''))]).toEqual([
      0, 255, 10,
    ]);
    await space.human.waitFor(() => space.human.log().some((one) => one.is === 'acked'));
    await closeAll();
    const left = (await second.load()).filter((change) => change.kind === 'pending');
    expect(left).toEqual([]);
    await second.close();
  });

  test('a message is not told while the database is gone, and what was done is kept for the next save', async () => {
    const inner = memoryState();
    let gone = false;
    const state: WorkspaceState = {
      ...inner,
      save: (changes) =>
        gone ? Promise.reject(new Error('connection ended')) : inner.save(changes),
    };
    const space = await workspace({ state });
    gone = true;
    await expect(space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'one' })).rejects.toThrow(
      'connection ended',
    );
    gone = false;
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'two' });
    const texts = (await inner.load()).flatMap((change) =>
      change.kind === 'message' ? [change.body?.text] : [],
    );
    expect(texts).toEqual(['one', 'two']);
  });

  test('a database that does not answer is database_gone', async () => {
    const state = await postgresState(database.url);
    const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
    await admin`alter table workspace.records rename to hidden`;
    await expect(state.load()).rejects.toMatchObject({ code: 'database_gone', retry: true });
    await admin`alter table workspace.hidden rename to records`;
    expect(Array.isArray(await state.load())).toBe(true);
    await state.close();
    await admin.end();
  });
});
