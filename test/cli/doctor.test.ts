import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { missing, ok, warn } from '../../src/cli/check.ts';
import { CHECKS } from '../../src/cli/checks.ts';
import { node } from '../../src/cli/checks-machine.ts';
import { examine, table } from '../../src/cli/doctor.ts';
import type { Row } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { built } from '../helpers/built.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { aios, makePlace, portOf } from '../helpers/program.ts';
import type { Place } from '../helpers/program.ts';
import { readPostmaster } from '../../src/embedded/postmaster.ts';

jest.setTimeout(120_000);

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

/** The rows of the named checks under these settings. */
async function look(env: Readonly<Record<string, string>>, ...ids: readonly string[]) {
  const config = readConfig({ ...place.env, ...env });
  return examine(
    config,
    CHECKS.filter(({ id }) => ids.includes(id)),
  );
}

const words = (rows: readonly Row[]) => Object.fromEntries(rows.map(({ id, is }) => [id, is]));

describe('aios doctor', () => {
  test('on a fresh clone finds nothing missing, and starts and makes nothing', async () => {
    await built();
    const doctor = aios(['doctor', '--json'], place.env);
    expect(await doctor.ended).toBe(0);
    const told = JSON.parse(doctor.said()) as { ok: boolean; checks: readonly Row[] };
    expect(told.ok).toBe(true);
    expect(told.checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(words(told.checks)).toMatchObject({ database: 'warn', rules: 'ok', 'lane-tool': 'ok' });
    expect(readPostmaster(path.join(place.home, 'pg')).is).toBe('none');
  });

  test('looks at a running AIOS: server, connections, migrations, practice', async () => {
    await built();
    const running = aios(['start'], place.env);
    await portOf(running);
    const doctor = aios(['doctor'], place.env);
    expect(await doctor.ended).toBe(0);
    const looked = ['home', 'keys', 'database', 'connections', 'migrations', 'practice', 'ledger'];
    for (const id of [...looked, 'record', 'erased', 'queue'])
      expect(doctor.said()).toMatch(new RegExp(`^ok +${id} `, 'm'));
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
  });

  test('refuses what it does not know', async () => {
    await built();
    const doctor = aios(['doctor', '--yaml'], place.env);
    expect(await doctor.ended).toBe(1);
    expect(doctor.said()).toContain('takes --json or nothing, got "--yaml"');
  });
});

describe('what is missing is named with the next step', () => {
  test('folders open to others, keys inside the home', async () => {
    mkdirSync(place.home, { mode: 0o755 });
    chmodSync(place.home, 0o755);
    const keys = path.join(place.home, 'keys');
    mkdirSync(keys, { mode: 0o700 });
    expect(await look({ AIOS_KEYS: keys }, 'home', 'keys')).toMatchObject([
      { id: 'home', is: 'missing', next: `chmod 700 ${place.home}` },
      { id: 'keys', is: 'missing', says: expect.stringContaining('inside AIOS_HOME') },
    ]);
  });

  test('in production, keys and state on one disk', async () => {
    const keys = `${place.home}-keys`;
    for (const folder of [place.home, keys]) mkdirSync(folder, { mode: 0o700, recursive: true });
    expect(await look({}, 'keys')).toMatchObject([{ is: 'ok' }]);
    const [row] = await look({ DATABASE_URL: 'postgres://127.0.0.1:1/aios' }, 'keys');
    expect(row).toMatchObject({
      is: 'warn',
      says: expect.stringContaining('lie on the same file system as AIOS_HOME'),
      next: expect.stringContaining('another volume'),
    });
    const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', AIOS_OWNER: 'U1' };
    expect(await look(tokens, 'keys')).toMatchObject([{ is: 'warn' }]);
  });

  test('a key that others can read', async () => {
    const keys = `${place.home}-keys`;
    const key = path.join(keys, 'practice', 'one.key');
    mkdirSync(path.dirname(key), { recursive: true, mode: 0o700 });
    chmodSync(keys, 0o700);
    writeFileSync(key, 'secret');
    chmodSync(key, 0o644);
    const [row] = await look({}, 'keys');
    expect(row).toMatchObject({ is: 'missing', next: `chmod 600 ${key}` });
    expect(JSON.stringify(row)).not.toContain('secret');
  });

  test('a database that does not answer', async () => {
    const gone = { DATABASE_URL: 'postgres://aios:hidden@127.0.0.1:1/aios' };
    const rows = await look(gone, 'postgres', 'database', 'migrations');
    expect(words(rows)).toEqual({ postgres: 'ok', database: 'missing', migrations: 'warn' });
    expect(JSON.stringify(rows)).not.toContain('hidden');
  });

  test('an empty database waits for its first start', async () => {
    const database = await freshDatabase();
    const ids = ['database', 'migrations', 'practice', 'erased'] as const;
    const rows = await look({ DATABASE_URL: database.url }, ...ids);
    await database.drop();
    expect(words(rows)).toEqual({
      database: 'ok',
      migrations: 'warn',
      practice: 'warn',
      erased: 'ok',
    });
    expect(rows[1]).toMatchObject({ next: 'npm start applies them.' });
  });

  test('data of another Postgres, a Redis that is away, tokens nobody can try', async () => {
    mkdirSync(path.join(place.home, 'pg'), { recursive: true });
    writeFileSync(path.join(place.home, 'pg', 'PG_VERSION'), '15\n');
    const env = {
      REDIS_URL: 'redis://127.0.0.1:1',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      AIOS_OWNER: 'U1',
    };
    const rows = await look(env, 'postgres', 'queue', 'front');
    expect(words(rows)).toEqual({ postgres: 'missing', queue: 'missing', front: 'missing' });
    expect(rows[0]?.says).toContain('were made by Postgres 15');
  });

  test('a broken rules file', async () => {
    const rules = path.join(place.home, 'rules');
    cpSync('rules', rules, { recursive: true });
    writeFileSync(path.join(rules, 'limits.yaml'), 'rules: [unclosed\n');
    const [row] = await look({ AIOS_RULES_DIR: rules }, 'rules');
    expect(row?.is).toBe('missing');
    expect(row?.says).toMatch(/limits\.yaml:[0-9]+:[0-9]+: /);
  });

  test('a model server that is configured and away', async () => {
    const [row] = await look({ OLLAMA_HOST: 'http://127.0.0.1:1' }, 'lane-local');
    expect(row).toMatchObject({ is: 'missing', next: expect.any(String) });
  });

  test.each([
    ['20.18.3', 'missing'],
    ['18.20.0', 'missing'],
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('Node %s is %s', (version, is) => {
    expect(node(version).is).toBe(is);
  });
});

test('the table is aligned, says ok, warn or missing in words, and counts', () => {
  const rows: Row[] = [
    { id: 'a', ...ok('Fine.') },
    { id: 'longer', ...warn('Not so fine.', 'Wait.') },
    { id: 'b', ...missing('Gone.\nFor good.', 'Fetch it.') },
  ];
  expect(table(rows).split('\n')).toEqual([
    'ok       a       Fine.',
    'warn     longer  Not so fine.',
    '                 Next: Wait.',
    'missing  b       Gone.',
    '                 For good.',
    '                 Next: Fetch it.',
    '',
    '1 ok, 1 warn, 1 missing.',
  ]);
});

test('ids are names, each used once', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
