import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { findPackage } from '../../src/embedded/binaries.ts';
import { startEmbedded, stopEmbedded, type Embedded } from '../../src/embedded/launch.ts';
import { absent } from '../helpers/absent.ts';
import { until } from '../helpers/until.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aios-launch-'));
const homes: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const home of homes.splice(0)) await stopEmbedded(home);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function place(): { home: string; keys: string; data: string } {
  const base = fs.mkdtempSync(path.join(folder, 'it-'));
  const home = path.join(base, 'home');
  homes.push(home);
  return { home, keys: path.join(base, 'keys'), data: path.join(home, 'pg') };
}

async function ask(it: Embedded, query: string): Promise<unknown> {
  const sql = postgres(it.adminUrl, { max: 1 });
  try {
    return Object.values((await sql.unsafe(query))[0] ?? {})[0];
  } finally {
    await sql.end();
  }
}

type Said = { how: string; pid: number; port: number; said: string[] };

async function starter(it: { home: string; keys: string }, env = process.env): Promise<Said> {
  const file = fileURLToPath(new URL('starter.ts', import.meta.url));
  const hooks = fileURLToPath(new URL('../helpers/ts.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--import', hooks, file, it.home, it.keys], {
    env: { ...env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('the starter ended without a word');
}

const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);
const filesOf = (home: string) => fs.readdirSync(home).toSorted();

describe('starting', () => {
  test('starts, is adopted by whoever comes next, stops, and starts again on the same port', async () => {
    const it = place();
    const first = await startEmbedded(it);
    expect(first.how).toBe('started');
    expect(await ask(first, 'show max_connections')).toBe('200');
    expect(await ask(first, 'show fsync')).toBe('on');
    expect(await ask(first, 'show data_checksums')).toBe('on');
    expect(await ask(first, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(first, 'show unix_socket_directories')).toBe('');

    // The best of three, because other suites take the processor meanwhile.
    const took: number[] = [];
    let second = first;
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now();
      second = await startEmbedded(it);
      took.push(performance.now() - began);
      expect(second).toMatchObject({ how: 'adopted', pid: first.pid, port: first.port });
    }
    expect(Math.min(...took)).toBeLessThan(150);

    await second.stop();
    await first.stop();
    const third = await startEmbedded(it);
    expect(third).toMatchObject({ how: 'started', port: first.port });
    expect(third.pid).not.toBe(first.pid);
    expect(filesOf(it.home)).toEqual(['pg', 'pg.log', 'pg.port']);
  });

  test('asks every connection for the password, which only its owner can read', async () => {
    const it = place();
    const { adminUrl } = await startEmbedded(it);
    expect(modeOf(path.join(it.keys, 'postgres.password'))).toBe('600');
    expect(modeOf(it.keys)).toBe('700');
    expect(modeOf(it.home)).toBe('700');
    expect(modeOf(it.data)).toBe('700');
    const stranger = new URL(adminUrl);
    stranger.password = 'guess';
    const sql = postgres(stranger.href, { max: 1 });
    await expect(sql`select 1`).rejects.toThrow('password authentication failed');
    await sql.end();
  });

  test('of two starters at once on an empty home, one starts and one adopts', async () => {
    const it = place();
    const both = await Promise.all([starter(it), starter(it)]);
    expect(both.map(({ how }) => how).toSorted()).toEqual(['adopted', 'started']);
    expect(both[0]?.pid).toBe(both[1]?.pid);
    expect(filesOf(it.home)).toEqual(['pg', 'pg.log', 'pg.port']);
  });
});

describe('after a kill', () => {
  test('of the starter, Postgres lives on and is adopted', async () => {
    const it = place();
    const { pid } = await starter(it);
    const [child] = children.splice(0);
    child?.kill('SIGKILL');
    await once(child as ChildProcess, 'exit');
    expect(await startEmbedded(it)).toMatchObject({ how: 'adopted', pid });
  });

  test('of Postgres itself, the next start recovers what was committed, on the same port', async () => {
    const it = place();
    const first = await startEmbedded(it);
    await ask(first, 'create table kept as select 42 as a');
    process.kill(first.pid, 'SIGKILL');
    const second = await startEmbedded(it);
    expect(second).toMatchObject({ how: 'started', port: first.port });
    expect(await ask(second, 'select a from kept')).toBe(42);
  });

  test('during the first start, the half-made folder is no obstacle', async () => {
    const it = place();
    const made = starter(it).catch(() => undefined);
    await until(
      'initdb is at work',
      () => fs.existsSync(it.home) && filesOf(it.home).some((name) => name.startsWith('pg-new-')),
    );
    children[0]?.kill('SIGKILL');
    await made;
    const next = await startEmbedded(it);
    expect(await ask(next, 'select 1')).toBe(1);
    expect(filesOf(it.home)).toEqual(['pg', 'pg.log', 'pg.port']);
  });
});

describe('a pid file that lies', () => {
  const stranger = (): number => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
      stdio: 'ignore',
    });
    children.push(child);
    return child.pid ?? 0;
  };
  test.each([
    ['a stranger', stranger],
    // 2^22 is the highest that Linux hands out.
    ['nobody', () => 4_194_305],
  ])('because its number belongs to %s is no obstacle', async (_, give) => {
    const it = place();
    const first = await startEmbedded(it);
    await ask(first, 'create table kept as select 42 as a');
    const text = fs.readFileSync(path.join(it.data, 'postmaster.pid'), 'utf8');
    await first.stop();
    fs.writeFileSync(
      path.join(it.data, 'postmaster.pid'),
      text.replace(/^[0-9]+/, String(give())),
      {
        mode: 0o600,
      },
    );
    if (process.getuid?.() === 0) {
      const { uid, gid } = fs.statSync(it.data);
      fs.chownSync(path.join(it.data, 'postmaster.pid'), uid, gid);
    }
    const second = await startEmbedded(it);
    expect(second.how).toBe('started');
    expect(await ask(second, 'select a from kept')).toBe(42);
  });
});

describe('data it must not touch', () => {
  test('of another major version are refused, and nothing changes', async () => {
    const it = place();
    await startEmbedded(it);
    await stopEmbedded(it.home);
    fs.writeFileSync(path.join(it.data, 'PG_VERSION'), '15\n');
    const before = filesOf(it.data);
    await expect(startEmbedded(it)).rejects.toMatchObject({
      code: 'data_version',
      message: expect.stringMatching(
        /made by Postgres 15; this AIOS ships Postgres 18.*pg_dumpall.*DATABASE_URL/,
      ),
    });
    expect(filesOf(it.data)).toEqual(before);
  });

  test('of no Postgres at all are refused', async () => {
    const it = place();
    fs.mkdirSync(it.data, { recursive: true });
    fs.writeFileSync(path.join(it.data, 'diary.txt'), 'mine');
    await expect(startEmbedded(it)).rejects.toMatchObject({ code: 'data_version' });
    expect(filesOf(it.data)).toEqual(['diary.txt']);
  });

  test('that cannot start say why in the words of Postgres', async () => {
    const it = place();
    await startEmbedded(it);
    await stopEmbedded(it.home);
    fs.appendFileSync(path.join(it.data, 'postgresql.conf'), "\nwork_mem = 'plenty'\n");
    await expect(startEmbedded(it)).rejects.toMatchObject({
      code: 'database_gone',
      message: expect.stringContaining('postgresql.conf'),
    });
  });
});

describe('the programs', () => {
  test('work from a package whose install script never ran', async () => {
    const it = place();
    const programs = path.join(folder, 'bare-package');
    fs.cpSync(findPackage(), programs, {
      recursive: true,
      filter: (file) => !fs.lstatSync(file).isSymbolicLink(),
    });
    fs.chmodSync(path.join(programs, 'native/bin/postgres'), 0o644);
    expect(fs.existsSync(path.join(programs, 'native/lib/libpq.so.5'))).toBe(false);
    expect((await startEmbedded({ ...it, programs })).how).toBe('started');
    await stopEmbedded(it.home);
    fs.rmSync(programs, { recursive: true });
  });

  test('that are missing are asked for by name', async () => {
    const programs = path.join(folder, 'nothing');
    await expect(startEmbedded({ ...place(), programs })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringMatching(/npm install.*DATABASE_URL/),
    });
  });
});

describe('the password file', () => {
  test('that others can read is closed again, and that is said', async () => {
    const it = place();
    const file = path.join(it.keys, 'postgres.password');
    await startEmbedded(it);
    fs.chmodSync(file, 0o644);
    const said: string[] = [];
    await startEmbedded({ ...it, log: (line) => said.push(line) });
    expect(modeOf(file)).toBe('600');
    expect(said).toEqual([expect.stringContaining('mode 644')]);
  });

  test('that is missing or empty beside existing data is asked for, never made anew', async () => {
    const it = place();
    const file = path.join(it.keys, 'postgres.password');
    await startEmbedded(it);
    fs.writeFileSync(file, '');
    await expect(startEmbedded(it)).rejects.toMatchObject({ code: 'bad_config' });
    fs.rmSync(file);
    await expect(startEmbedded(it)).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('backup'),
    });
    expect(fs.existsSync(file)).toBe(false);
  });

  test('of another home is refused, and what to do is said', async () => {
    const it = place();
    const other = place();
    await startEmbedded(it);
    await startEmbedded(other);
    await expect(startEmbedded({ ...it, keys: other.keys })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('AIOS_KEYS'),
    });
  });

  test('that is a link is refused', async () => {
    const it = place();
    fs.mkdirSync(it.keys);
    fs.symlinkSync('/etc/hostname', path.join(it.keys, 'postgres.password'));
    await expect(startEmbedded(it)).rejects.toMatchObject({ code: 'bad_config' });
  });
});

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
if (!isRoot) absent('root', 'how Postgres runs when root starts it');
const asRoot = isRoot ? describe : describe.skip;
asRoot('as root', () => {
  const uidOf = (pid: number) => fs.statSync(`/proc/${pid}`).uid;

  test('runs under another account where that can reach the home', async () => {
    const it = place();
    fs.mkdirSync(it.home, { recursive: true });
    for (let at = it.home; at !== path.dirname(folder); at = path.dirname(at))
      fs.chmodSync(at, 0o755);
    const { pid } = await startEmbedded(it);
    expect(uidOf(pid)).not.toBe(0);
    expect(fs.statSync(it.data).uid).toBe(uidOf(pid));
  });

  test('hands the data over when the way it can run changes, with and without user namespaces', async () => {
    const it = place();
    fs.chmodSync(folder, 0o700);
    const inNamespace = await startEmbedded(it);
    await ask(inNamespace, 'create table kept as select 42 as a');
    expect(fs.statSync(it.data).uid).toBe(0);
    await inNamespace.stop();

    const tools = path.join(folder, 'tools');
    fs.mkdirSync(tools);
    for (const tool of ['id', 'setpriv'])
      fs.symlinkSync(`/usr/bin/${tool}`, path.join(tools, tool));
    const { pid, said } = await starter(it, { ...process.env, PATH: tools });
    expect(said).toEqual([expect.stringContaining('with leave to reach')]);
    expect(uidOf(pid)).not.toBe(0);
    const again = await startEmbedded(it);
    expect(again.how).toBe('adopted');
    expect(await ask(again, 'select a from kept')).toBe(42);
  });
});
