import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LEDGER } from '../../src/cli/checks-ledger.ts';
import { examine } from '../../src/cli/doctor.ts';
import { showCheckpoints, showKeys } from '../../src/cli/ledger-show.ts';
import { verify } from '../../src/cli/ledger-verify.ts';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { shortCheckpoint, readCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { growTree, packPeaks } from '../../src/ledger/tree.ts';
import { logFolder } from '../../src/main/ledger.ts';
import { makeLogKey } from '../../src/store/log-keys.ts';
import type { Sql } from '../../src/store/connect.ts';
import { built } from '../helpers/built.ts';
import { keysFolder } from '../helpers/keys.ts';
import { aios, makePlace } from '../helpers/program.ts';
import { newSigner } from '../helpers/bundle.ts';
import { bodiesOf, forge, makeTemplate, signEverySize } from '../store/verify-scene.ts';
import type { Template, VerifyScene } from '../store/verify-scene.ts';

let template: Template;
let scene: VerifyScene;
let env: Readonly<Record<string, string>>;
let config: Config;
/** The keys of this practice, where its settings say. */
let own: string;
const home = mkdtempSync(path.join(os.tmpdir(), 'aios-verify-cli-'));

beforeAll(async () => {
  template = await makeTemplate();
}, 60_000);
afterAll(async () => {
  await template.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  scene = await template.copy();
  own = path.join(logFolder(path.join(keysFolder(), 'practice')), path.basename(scene.own));
  cpSync(scene.own, own, { recursive: true });
  env = {
    AIOS_HOME: path.join(home, 'home'),
    AIOS_KEYS: keysFolder(),
    DATABASE_URL: scene.url,
    ANTHROPIC_API_KEY: 'none',
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    AIOS_OWNER: 'U1',
  };
  config = readConfig(env);
});
afterEach(async () => {
  rmSync(own, { recursive: true, force: true });
  await scene.close();
});

const slug = async (): Promise<string> => {
  const [row] = await scene.admin<{ slug: string }[]>`
    select slug from client where id = ${scene.client}`;
  return row?.slug ?? '';
};

/** The keys of the log of the client, as the words print them. */
const vkeys = async (): Promise<readonly string[]> =>
  (await showKeys(config, []))
    .split('\n')
    .map((row) => row.split('  ')[2] ?? '')
    .filter((vkey) => vkey.startsWith(`${scene.origin}+`));

/** A file as somebody keeps it elsewhere. */
function kept(name: string, text: string): string {
  const file = path.join(home, name);
  writeFileSync(file, text);
  return file;
}

const record = async () => (await examine(config, LEDGER)).find(({ id }) => id === 'record');

/** Changes what an entry says, its columns with it, and makes the tree what it then is. */
async function forgeEntry(): Promise<number> {
  const [row] = await scene.admin<{ id: number; idx: number }[]>`
    select e.id, l.idx from entry e join leaf l on l.entry_id = e.id
    where l.log_id = ${scene.log} and e.type = 'draft.made' order by l.idx limit 1`;
  await forge(scene.admin, async (sql) => {
    await sql`update entry set minutes = 4,
      body = convert_to(replace(convert_from(body, 'UTF8'), '"minutes":40', '"minutes":4'), 'UTF8')
      where id = ${row?.id ?? 0}`;
    await regrow(sql);
  });
  return row?.idx ?? -1;
}

async function regrow(sql: Sql): Promise<void> {
  const tree = growTree();
  for (const body of await bodiesOf(sql, scene.log)) tree.append(leafHash(body));
  await sql`update tree set size = ${tree.size()}, peaks = ${packPeaks(tree.frontier())} where log_id = ${scene.log}`;
}

/** Writes the whole record anew after a change, signed by a key of the forger. */
async function forgeAll(): Promise<number> {
  const at = await forgeEntry();
  await forge(scene.admin, async (sql) => {
    await sql`delete from checkpoint`;
    rmSync(own, { recursive: true });
    await makeLogKey({ folder: own, practice: path.basename(own) as never }, 1);
    await signEverySize(sql, own);
  });
  return at;
}

describe('a sound record', () => {
  test('is told in sentences: what was read, and that all of it lies on this machine', async () => {
    const { text, sound } = await verify(config, []);
    expect(sound).toBe(true);
    expect(text).not.toMatch(/WRONG|note {2}/);
    expect(text).toMatch(
      /^the practice’s own: \d+ · [0-9a-f]{8}, agrees with \d+ checkpoints and with 1 kept beside the key or outside$/m,
    );
    expect(text).toMatch(/^\d+ entries were read in \d+\.\d s; 0 of them wait for their log\.$/m);
    expect(text).toContain('only a checkpoint that was kept elsewhere shows that');
    expect(await record()).toMatchObject({
      is: 'ok',
      says: expect.stringMatching(/^The newest (\d+) entries are sound, and \1 of them are what/),
    });
  });

  test('is read for one client, against a checkpoint and a key that were kept elsewhere', async () => {
    const client = await slug();
    const note = await showCheckpoints(config, ['--client', client]);
    const [vkey = ''] = await vkeys();
    const file = kept('checkpoint.txt', note);
    const given = ['--checkpoint', file, '--vkey', kept('key.txt', `${vkey}\n`)];
    const { text, sound } = await verify(config, ['--client', client, ...given]);
    expect(sound).toBe(true);
    expect(text).toContain('and with 2 kept beside the key or outside');
    expect(text).toContain('up to there nobody changed this record, whoever owns this machine');
    const short = shortCheckpoint(readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)));
    const json = await verify(config, ['--client', client, '--checkpoint', short, '--json']);
    expect(JSON.parse(json.text)).toMatchObject({
      sound: true,
      held_against_outside: true,
      waiting: 0,
      untold: 0,
      findings: [],
      logs: [{ origin: scene.origin, client: scene.client, epoch: 1, ended: false, anchors: 2 }],
    });
  });

  test('the practice’s own log alone', async () => {
    const { text } = await verify(config, ['--practice', '--json']);
    expect(JSON.parse(text)).toMatchObject({
      held_against_outside: false,
      logs: [{ client: null }],
    });
  });
});

describe('a forged record', () => {
  test('one entry: its place comes first, and doctor says so as well', async () => {
    const at = await forgeEntry();
    const { text, sound } = await verify(config, []);
    expect(sound).toBe(false);
    expect(text).toMatch(/^WRONG /);
    expect(text).toContain(`WRONG log ${scene.origin}, entry ${at}: expected the root`);
    expect(text).toMatch(/^\d+ things are wrong, each with its place above\.$/m);
    // The tree in the database was made to fit: both sides disagree, and that is another row's to say.
    expect(await record()).toMatchObject({ is: 'warn', next: 'See ledger.' });
  });

  test('one entry whose tree was left as it was is seen by doctor', async () => {
    const [row] = await scene.admin<{ id: number; idx: number }[]>`
      select e.id, l.idx from entry e join leaf l on l.entry_id = e.id
      where l.log_id = ${scene.log} order by l.idx desc limit 1`;
    await forge(
      scene.admin,
      (sql) => sql`
        update entry set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"build":"[^"]*"', '"build":"9.9.9"'), 'UTF8')
        where id = ${row?.id ?? 0}`,
    );
    expect(await record()).toMatchObject({
      is: 'missing',
      says: expect.stringMatching(
        new RegExp(`^log ${scene.origin}, entry .*${row?.idx}: expected`),
      ),
      next: expect.stringContaining('aios ledger verify reads all of it'),
    });
  });

  test('all of it, with a key of the forger: only what was kept elsewhere shows it', async () => {
    const [vkey = ''] = await vkeys();
    const client = await slug();
    const file = kept('before.txt', await showCheckpoints(config, ['--client', client]));
    await forgeAll();
    expect((await verify(config, [])).sound).toBe(true);
    const { text, sound } = await verify(config, ['--checkpoint', file, '--vkey', vkey]);
    expect(sound).toBe(false);
    expect(text).toMatch(
      new RegExp(`^WRONG log ${scene.origin}, entry 0 to \\d+: expected the root`, 'm'),
    );
    expect(text).toContain('as before.txt says');
    const other = await verify(config, [
      '--checkpoint',
      file,
      '--vkey',
      newSigner(scene.origin).vkey,
    ]);
    expect(other.sound).toBe(false);
    expect(other.text).toContain('before.txt: expected a signature of a known key');
  });
});

describe('keys that are missing', () => {
  test('to verify, the public half is enough', async () => {
    rmSync(path.join(own, '1.pem'));
    expect((await verify(config, [])).sound).toBe(true);
  });

  test('with neither half no checkpoint is taken at its word; whoever brings the key along has them all', async () => {
    const [vkey = ''] = await vkeys();
    for (const name of readdirSync(own).filter((one) => one.startsWith('1.')))
      rmSync(path.join(own, name));
    const { text, sound } = await verify(config, []);
    expect(sound).toBe(false);
    expect(text).toContain(
      `WRONG log ${scene.origin}, the checkpoint at 1: expected a signature of a known key`,
    );
    const brought = await verify(config, ['--client', await slug(), '--vkey', vkey]);
    expect(brought.text).not.toContain(`WRONG log ${scene.origin}, the checkpoint`);
  });

  test('one that others can read is refused, unless another is brought along', async () => {
    const [vkey = ''] = await vkeys();
    chmodSync(path.join(own, '1.pem'), 0o644);
    await expect(verify(config, [])).rejects.toMatchObject({ code: 'bad_config' });
    expect(await record()).toMatchObject({ is: 'missing' });
    const { text } = await verify(config, ['--client', await slug(), '--vkey', vkey]);
    expect(text).not.toContain('WRONG');
  });
});

test('the exit code is that of the verdict, and bad input has one of its own', async () => {
  await built();
  const place = makePlace();
  const program = async (...args: readonly string[]) => {
    const run = aios(['ledger', 'verify', ...args], { ...place.env, ...env });
    return { code: await run.ended, said: run.said() };
  };
  expect(await program('--json')).toMatchObject({ code: 0 });
  await forgeEntry();
  const wrong = await program();
  expect(wrong.code).toBe(1);
  expect(wrong.said).toContain('WRONG');
  expect((await program('--client', 'nobody')).said).toContain(
    'Expected the short name of a client',
  );
  await place.remove();
}, 120_000);

describe('what it is asked for is looked at first', () => {
  test.each([
    [
      ['--checkpoint', '12 · 5bd1a09c'],
      /^The short form of a checkpoint does not say of which log/,
    ],
    [['--checkpoint', '/nowhere/at-all'], /^Expected a checkpoint in the file \/nowhere\/at-all/],
    [['--vkey', '/nowhere/at-all'], /^Expected a verifier key in the file \/nowhere\/at-all/],
    [['--vkey', path.join(home, 'no-key')], /^Expected a verifier key, .* got neither in no-key/],
    [['--klient', 'acme'], /Unknown option '--klient'/],
    [['acme'], /^Expected no further word here/],
  ])('%j', async (args, says) => {
    kept('no-key', 'not a key\n');
    await expect(verify(config, args)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(says),
    });
  });

  test('bytes that are no text are no checkpoint', async () => {
    const file = path.join(home, 'bytes');
    writeFileSync(file, Buffer.from([0xff, 0xfe]));
    await expect(verify(config, ['--checkpoint', file])).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});
