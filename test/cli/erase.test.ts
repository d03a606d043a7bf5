import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CHECKS } from '../../src/cli/checks.ts';
import { examine } from '../../src/cli/doctor.ts';
import { erase } from '../../src/cli/erase.ts';
import { keys } from '../../src/cli/keys.ts';
import { visit } from '../../src/cli/visit.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbedded, stopEmbedded } from '../../src/embedded/launch.ts';
import type { BodyRow } from '../../src/flow/ports/rows.ts';
import { built } from '../helpers/built.ts';
import { aios, makePlace } from '../helpers/program.ts';
import type { Place } from '../helpers/program.ts';
import { keep, newClient, openWith, someRequest } from '../helpers/texts.ts';

jest.setTimeout(180_000);

const MARKER = 'the heron lands at dusk';

let place: Place;
/** The texts as they stood before anything was erased. */
let words: BodyRow;
let file: BodyRow;
let number = 0;
beforeAll(async () => {
  await built();
  place = makePlace();
  await visit(readConfig(place.env), async (world) => {
    const client = await newClient({ world }, 'acme');
    const request = await someRequest({ world }, null);
    file = await keep({ world }, { client, request }, MARKER);
    const spare = await someRequest({ world }, client);
    await keep({ world }, { client, request: spare }, 'what stays');
    const made = await world.store.requestFile(request);
    number = made?.request.number ?? 0;
    words = (await world.store.body(made?.request.bodyId as BodyRow['id'])) as BodyRow;
  });
}, 180_000);
afterAll(() => place.remove());

async function run(...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const program = aios(args, place.env);
  const code = await program.ended;
  return { code, said: program.said() };
}

const keysAt = () => path.join(`${place.home}-keys`, 'rehearsal');

/** Files under a folder of the data that hold these bytes. */
function filesWith(home: string, bytes: Uint8Array | string): readonly string[] {
  const needle = Buffer.from(bytes);
  const data = path.join(home, 'pg');
  return ['base', 'pg_wal']
    .flatMap((part) =>
      readdirSync(path.join(data, part), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name)),
    )
    .filter((name) => readFileSync(name).includes(needle))
    .map((name) => path.relative(data, name).split(path.sep)[0] ?? '');
}

/** A copy of the data as they lie on disk, made while Postgres rests, such as a backup is. */
async function backUp(name: string): Promise<string> {
  await stopEmbedded(place.home);
  const home = path.join(path.dirname(place.home), name);
  // Not cpSync: from Node 22 on it forgets the modes of folders, and Postgres opens none that others can read.
  execFileSync('cp', ['-a', place.home, home]);
  return home;
}

/** What a text says in a copy of the data, with the keys as they are now; the code of the Fault where it says nothing. */
async function inCopy(home: string, id: BodyRow['id']): Promise<string> {
  const env = { ...place.env, AIOS_HOME: home, AIOS_KEYS: `${place.home}-keys` };
  return visit(readConfig(env), async (world) =>
    world.bodies.get(id).then(
      (bytes) => Buffer.from(bytes).toString(),
      (thrown: { code?: string }) => thrown.code ?? 'no code',
    ),
  ).finally(() => stopEmbedded(home));
}

/** What doctor says of erased texts, asked while the database is up. */
async function doctor(): Promise<{ readonly is: string; readonly next?: string }> {
  const config = readConfig(place.env);
  return visit(config, async () => {
    const [row] = await examine(
      config,
      CHECKS.filter(({ id }) => id === 'erased'),
    );
    return row ?? { is: 'absent' };
  });
}

describe('what cannot be asked', () => {
  // One server for all of these: each of them adopts it and leaves it running.
  beforeAll(() => startEmbedded({ home: place.home, keys: `${place.home}-keys` }));

  test.each([
    [[], 'Expected one thing to erase, got none'],
    [
      ['--request', '1', '--task', '1.1', '--ground', 'law'],
      'Expected one thing to erase, got task, request',
    ],
    [['--request', '1'], 'Expected --ground with one of person, contract, mistake, law, got none'],
    [['--request', '1', '--ground', 'retention'], 'got retention'],
    [
      ['--request', 'one', '--ground', 'law'],
      'Expected the number of a request, such as 142, got "one"',
    ],
    [['--request', '999', '--ground', 'law'], 'There is no 999 here'],
    [['--request', '1.1', '--ground', 'law'], 'There is no 1.1 here'],
    [['--task', '1.9', '--ground', 'law'], 'There is no 1.9 here'],
    [['--client', 'acmee', '--ground', 'law'], 'Did you mean acme?'],
    [['--client', 'practice', '--ground', 'law'], 'The practice itself is no client'],
    [['--body', 'x', '--ground', 'law'], 'Expected the id of a text, got "x"'],
    [
      ['--body', '00000000-0000-7000-8000-000000000000', '--ground', 'law'],
      'There is no such text',
    ],
    [['--person', 'U0NOBODY', '--ground', 'person'], 'AIOS has met nobody with the Slack id'],
    [['--person', 'nobody', '--ground', 'person'], 'Expected a person, got "nobody"'],
    [['--person', 'U0OWNER', '--ground', 'person', '--yes'], 'The owner answers for this practice'],
    [['--request', '1', '--ground', 'law', '--by', 'U0NOBODY'], 'AIOS has met nobody'],
    [['--everything'], "Unknown option '--everything'"],
    [['--request'], 'argument missing'],
  ])('aios erase %j', async (args, says) => {
    await expect(erase(readConfig(place.env), args)).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringContaining(says),
    });
  });

  test.each([
    [[], 'Expected `rotate`, got nothing'],
    [['turn'], 'Expected `rotate`, got turn'],
    [['rotate'], 'Expected one of --client, --practice and --all'],
    [['rotate', '--all', '--practice'], 'Expected one of'],
    [['rotate', '--client', 'nobody'], 'Expected the short name of a client, got "nobody"'],
  ])('aios keys %j', async (args, says) => {
    await expect(keys(readConfig(place.env), args)).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringContaining(says),
    });
  });

  test('the command says it in one sentence and ends with 1', async () => {
    const { code, said } = await run('erase', '--request', '1');
    expect([code, said]).toEqual([1, expect.stringMatching(/^aios: Expected --ground [^\n]+\n$/)]);
  });
});

describe('a text, before and after', () => {
  let copy: string;

  test('without --yes it is said what would be erased, and nothing is', async () => {
    copy = await backUp('copy');
    expect(filesWith(copy, MARKER)).toEqual([]);
    const { code, said } = await run('erase', '--request', String(number), '--ground', 'person');
    expect(code).toBe(1);
    expect(said).toContain(`the request #${number}: 2 texts`);
    expect(said).toContain(`- files, brought in or made: 1 (${MARKER.length} bytes)`);
    expect(said).toContain('Nothing was erased. Say --yes as well');
    expect(openWith(keysAt(), file)).toBe(MARKER);
    expect((await doctor()).is).toBe('ok');
  });

  test('with --yes it is gone from the database; its ciphertext is still on disk, and old copies still open', async () => {
    const args = ['erase', '--request', String(number), '--ground', 'person', '--yes'];
    const { code, said } = await run(...args);
    expect([code, said]).toEqual([0, expect.stringContaining('Erased 2 texts.')]);
    expect(said).toContain('still hold them locked, and AIOS_KEYS still holds the key');
    expect(said).toContain('  aios keys rotate --practice');
    await stopEmbedded(place.home);
    // This is what is meant: dead rows and the log of Postgres keep what was overwritten.
    for (const bytes of [file.wrappedKey, file.sealed, words.sealed])
      expect(filesWith(place.home, bytes ?? '').length).toBeGreaterThan(0);
    expect(filesWith(place.home, MARKER)).toEqual([]);
    expect(openWith(keysAt(), file)).toBe(MARKER);
    expect(await inCopy(copy, file.id)).toBe(MARKER);
    const left = await doctor();
    expect(left).toMatchObject({ is: 'warn', next: expect.stringContaining('rotate --practice') });
    expect(left.next).toContain('aios keys rotate --client acme');
  });

  test('once the keys are turned nothing opens it: not the data, not its log, not the copy from before', async () => {
    const client = await run('keys', 'rotate', '--client', 'acme');
    expect([client.code, client.said]).toEqual([
      0,
      expect.stringContaining('acme: 2 texts wrapped under generation 2. Destroyed: generation 1.'),
    ]);
    expect(client.said).toContain('can no longer be read for acme with the keys that are left');
    expect(await inCopy(copy, words.id)).toContain('{}');
    expect((await run('keys', 'rotate', '--practice')).code).toBe(0);

    expect([openWith(keysAt(), file), openWith(keysAt(), words)]).toEqual([null, null]);
    expect([await inCopy(copy, file.id), await inCopy(copy, words.id)]).toEqual([
      'bad_config',
      'bad_config',
    ]);
    await stopEmbedded(place.home);
    expect(filesWith(place.home, MARKER)).toEqual([]);
    // It is all still there, and no key for it.
    expect(filesWith(place.home, file.sealed ?? '').length).toBeGreaterThan(0);
    expect(filesWith(copy, file.sealed ?? '').length).toBeGreaterThan(0);
    expect(await doctor()).toMatchObject({ is: 'ok' });
  });

  test('what was not erased reads as before', async () => {
    await visit(readConfig(place.env), async (world) => {
      const client = (await world.store.clients()).find(({ slug }) => slug === 'acme');
      const scope = { is: 'client', id: client?.id as never } as const;
      const kept = await world.eraser.living(scope, 99);
      const texts = await Promise.all(kept.map(({ id }) => world.bodies.get(id)));
      expect(texts.map((bytes) => Buffer.from(bytes).toString()).toSorted()).toEqual([
        'what stays',
        '{}',
      ]);
    });
  });
});

describe('a client', () => {
  test('is erased with its keys: an older copy opens nothing of it at once, and its name is gone', async () => {
    const copy = await backUp('copy-of-client');
    const kept = await visit(readConfig(place.env), async (world) => {
      const client = (await world.store.clients()).find(({ slug }) => slug === 'acme');
      return world.eraser.living({ is: 'client', id: client?.id as never }, 99);
    });
    const [text] = kept.filter(({ kind }) => kind === 'file');
    if (text === undefined) throw new Error('there is no text');
    expect(await inCopy(copy, text.id)).toBe('what stays');

    const args = ['erase', '--client', 'acme', '--ground', 'contract'];
    const asked = await run(...args);
    expect(asked.code).toBe(1);
    expect(asked.said).toContain(
      '- its name, short name and channels, and the buttons that offered it',
    );
    const { code, said } = await run(...args, '--yes');
    expect([code, said]).toEqual([0, expect.stringContaining('Erased 2 texts and the name')]);
    const slug = /The client is called (erased-[0-9a-f]{8})/.exec(said)?.[1] ?? '';
    expect(said).toContain('1 of its keys are destroyed');

    expect(await inCopy(copy, text.id)).toBe('bad_config');
    expect(readdirSync(keysAt()).filter((name) => name.startsWith('client-'))).toEqual([]);
    expect((await run('client', 'show')).said).toContain(`${slug}: Erased client`);
    expect((await run('erase', '--client', 'acme', '--ground', 'contract', '--yes')).code).toBe(1);
    const again = await run('erase', '--client', slug, '--ground', 'contract', '--yes');
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('Erased 0 texts')]);
    expect((await run('keys', 'rotate', '--client', slug)).said).toContain('was erased');
  });

  test('turning all keys leaves the erased alone', async () => {
    const { code, said } = await run('keys', 'rotate', '--all');
    expect([code, said]).toEqual([0, expect.stringContaining('the practice: ')]);
    expect(said).not.toContain('erased-');
    expect(await doctor()).toMatchObject({ is: 'ok' });
  });

  test('keys that an interrupted run left are named with the command that ends it', async () => {
    const { id, slug } = await visit(readConfig(place.env), async (world) => {
      const erased = (await world.store.clients()).find(({ erasedAt }) => erasedAt !== null);
      return erased ?? { id: '', slug: '' };
    });
    const names = [`client-${id}.9.key`, 'practice.1.key'];
    for (const name of names)
      writeFileSync(path.join(keysAt(), name), 'ab'.repeat(32), { mode: 0o600 });
    const next = `aios erase --client ${slug} --ground contract --yes`;
    const left = await doctor();
    expect(left.next?.split(' · ')).toEqual(
      expect.arrayContaining([next, 'aios keys rotate --practice']),
    );
    expect((await run(...next.split(' ').slice(1))).code).toBe(0);
    expect((await run('keys', 'rotate', '--practice')).code).toBe(0);
    expect(await doctor()).toMatchObject({ is: 'ok' });
  });
});
