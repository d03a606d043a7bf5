import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { route as command } from '../../src/cli/route.ts';
import { readConfig } from '../../src/config.ts';
import { Fault } from '../../src/core/fault.ts';
import { connect } from '../../src/store/connect.ts';
import { give, settleAcme } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { answerKind, ask } from '../helpers/answered.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';

const WORDS = 'please do the usual for the spring one';
const POST = 'draft a blog post about bees, 600 words';

let running: Running;
let folder: string;
let kind: string;
let before: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-route-client-'));
  running = await runAios();
  await settleAcme(running);
  await give(running, 'client new hush "Hush Ltd"');
  await give(running, 'client set hush cloud never');
  await give(running, 'client set hush cap 3');
  ({ kind } = await answerKind(running, await ask(running, WORDS)));
  const { ledger } = running.aios.base;
  await until('everything is in its log', async () => (await ledger.state()).waiting === 0);
  before = await contents(running.adminUrl);
}, 60_000);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is signed is signed by a clock of its own, some time after an entry was written. */
const SIGNED = /^(?:checkpoint|leaf|tile|tree)/;

/** Which tables there are in a database, and how many rows each of ours has. */
async function contents(url: string): Promise<string> {
  const sql = connect(url, 1);
  try {
    const tables = await sql<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;
    const told = [];
    for (const { schema, name } of tables) {
      const isOurs = schema === 'public' && !SIGNED.test(name);
      const ours = isOurs ? sql`(select count(*) from ${sql(name)})` : sql`0`;
      const [row] = await sql<{ rows: string }[]>`select ${ours} as rows`;
      told.push(`${schema}.${name} ${row?.rows}`);
    }
    return told.join('\n');
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type Said = { readonly code: number; readonly said: string };
async function routeIn(env: Readonly<Record<string, string>>, args: readonly string[]) {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  try {
    const code = await command(readConfig(env), args);
    return { code, said: lines.join('\n') } satisfies Said;
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { code: 1, said: thrown.message } satisfies Said;
  } finally {
    log.mockRestore();
  }
}
const route = (...args: readonly string[]): Promise<Said> => routeIn(running.env, args);

type Data = {
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
  readonly settings?: Readonly<Record<string, unknown>>;
};
const data = async (...args: readonly string[]): Promise<Data> => {
  const { code, said } = await route(...args, '--json');
  expect([code, said]).toEqual([0, expect.stringMatching(/^\{/)]);
  return JSON.parse(said) as Data;
};

describe('a client that is named', () => {
  test('its cloud answer counts, and what was taken is said', async () => {
    expect((await data(POST)).tasks[0]).toMatchObject({ lane: 'senior' });
    expect((await data(POST)).settings).toBeUndefined();

    const { tasks, settings } = await data(POST, '--client', 'hush');
    expect(tasks).toHaveLength(1);
    expect(['seat', 'senior']).not.toContain(tasks[0]?.['lane']);
    expect(settings).toEqual({
      client: 'hush',
      cloud: 'never',
      cloud_from: 'client',
      requester_cap_nano: 3_000_000_000,
      own_examples: null,
      examples: { own: 0, everyone: 0 },
    });
    expect((await route(POST, '--client', 'hush')).said).toMatch(
      /\nFor hush: cloud never, as it is set; read with 0 examples of its own and 0 of everyone; a requester starts alone up to \$3\.00\.\nA trial: nothing was written and nobody asked\. Taken for granted: every lane set up\.$/,
    );
  });

  test('what is said on the command line wins', async () => {
    const { tasks, settings } = await data(POST, '--client', 'hush', '--cloud', 'allowed');
    expect(tasks[0]).toMatchObject({ lane: 'senior' });
    expect(settings).toMatchObject({ cloud: 'allowed', cloud_from: 'flag' });
    expect((await route(POST, '--client', 'hush', '--cloud', 'allowed')).said).toContain(
      'For hush: cloud allowed, by --cloud;',
    );
    const secret = await data(POST, '--client', 'acme', '--confidential');
    expect(secret.tasks[0]).toMatchObject({ sensitive: true });
    expect(['seat', 'senior']).not.toContain(secret.tasks[0]?.['lane']);
  });

  test('its own examples teach its requests and nobody else’s, as in a live one', async () => {
    const acme = await data(WORDS, '--client', 'Acme');
    expect(acme.tasks[0]).toMatchObject({ kind });
    expect(acme.settings).toMatchObject({ client: 'acme', examples: { own: 1, everyone: 0 } });
    for (const args of [[], ['--client', 'hush']])
      expect((await data(WORDS, ...args)).tasks[0]).toMatchObject({ asks: 'kind' });

    const clients = await running.aios.world.store.clients();
    const id = clients.find(({ slug }) => slug === 'acme')?.id;
    const own = id === undefined ? null : await running.aios.world.examples.of(id);
    expect(acme.settings?.['own_examples']).toBe(own?.set);
    expect(own?.set).toMatch(/^[0-9a-f]{16}$/);
  });

  test('nobody of that name: what there is, and what to do', async () => {
    const { code, said } = await route(POST, '--client', 'acne');
    expect(code).toBe(1);
    expect(said).toBe(
      'Expected the short name of a client, got "acne". Did you mean acme? There are: acme, hush, practice. All of them: aios client show',
    );
  });
});

describe('a file of requests', () => {
  const file = (...lines: readonly object[]): string => {
    const name = path.join(folder, 'requests.jsonl');
    writeFileSync(name, lines.map((line) => JSON.stringify(line)).join('\n'));
    return name;
  };
  const LINES = [{ text: WORDS }, { text: WORDS, client: 'hush' }, { text: WORDS, client: 'acne' }];

  test('is read for the client, but for lines that name their own', async () => {
    const { code, said } = await route('--batch', file(...LINES), '--json', '--client', 'acme');
    const [acme, hush, nobody] = said.split('\n').map((line) => JSON.parse(line) as object);
    expect(code).toBe(1);
    expect(acme).toMatchObject({ tasks: [{ kind }], settings: { client: 'acme' } });
    expect(hush).toMatchObject({ tasks: [{ asks: 'kind' }], settings: { client: 'hush' } });
    expect(nobody).toEqual({ line: 3, error: expect.stringContaining('got "acne"') });
  });

  test('without --client the names in it open nothing', async () => {
    const nowhere = { ...running.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { code, said } = await routeIn(nowhere, ['--batch', file(...LINES), '--json']);
    expect(code).toBe(0);
    expect(said.split('\n')).toHaveLength(3);
    expect(said).not.toContain('settings');
  });

  test('a client that nobody has is told once for all of it', async () => {
    const { code, said } = await route('--batch', file(...LINES), '--json', '--client', 'nobody');
    expect(code).toBe(1);
    expect(said).toMatch(/^Expected the short name of a client, got "nobody"\./);
  });
});

describe('without a practice nothing is made, and the way on is said', () => {
  const args = [POST, '--client', 'acme'];
  const away = {
    AIOS_HOME: path.join(os.tmpdir(), `aios-route-none-${process.pid}`),
    AIOS_KEYS: path.join(os.tmpdir(), `aios-route-none-${process.pid}-keys`),
  };
  const none = (): void => {
    for (const place of Object.values(away)) expect(existsSync(place)).toBe(false);
  };

  test('never started', async () => {
    const { code, said } = await routeIn(away, args);
    expect(code).toBe(1);
    expect(said).toBe(
      'No practice is founded here yet, so there is no client to read for. npm start founds it. Without --client a trial needs no database; --cloud then says what the client answered.',
    );
    none();
  });

  test('a database that does not answer', async () => {
    const env = { ...away, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { code, said } = await routeIn(env, args);
    expect(code).toBe(1);
    expect(said).toMatch(
      /^The Postgres of DATABASE_URL cannot be used: .* Start it, or mend DATABASE_URL\. Without --client /,
    );
    none();
  });

  test('a database without a practice stays as it is', async () => {
    const empty = await freshDatabase();
    try {
      const { code, said } = await routeIn({ ...away, DATABASE_URL: empty.url }, args);
      expect(code).toBe(1);
      expect(said).toContain('No practice is founded here yet');
      expect(await contents(empty.url)).toBe('');
      none();
    } finally {
      await empty.drop();
    }
  });
});

test('no trial wrote a row', async () => {
  expect(await contents(running.adminUrl)).toBe(before);
});
