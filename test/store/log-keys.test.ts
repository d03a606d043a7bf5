import { spawn } from 'node:child_process';
import { createPrivateKey, randomUUID, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { PracticeId } from '../../src/core/id.ts';
import { openNote, signNote } from '../../src/ledger/note.ts';
import {
  completeKeys,
  makeLogKey,
  readLogKeys,
  retireLogKey,
  signersOf,
  vkeysOf,
} from '../../src/store/log-keys.ts';
import type { KeyPlace } from '../../src/store/log-keys.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-log-keys-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const place = (): KeyPlace => {
  const practice = randomUUID() as string as PracticeId;
  return { folder: path.join(top, practice), practice };
};
const fileOf = ({ folder }: KeyPlace, name: string): string => path.join(folder, name);
const modeOf = (file: string): number => statSync(file).mode & 0o777;

async function made(): Promise<KeyPlace> {
  const at = place();
  await makeLogKey(at, 1);
  return at;
}

describe('a signing key', () => {
  test('is made once, as PKCS8 PEM, for the owner of the process alone', async () => {
    const at = await made();
    const pem = readFileSync(fileOf(at, '1.pem'), 'utf8');
    await makeLogKey(at, 1);
    expect(readFileSync(fileOf(at, '1.pem'), 'utf8')).toBe(pem);
    expect([modeOf(at.folder), modeOf(fileOf(at, '1.pem')), modeOf(fileOf(at, '1.pub'))]).toEqual([
      0o700, 0o600, 0o600,
    ]);
    expect(readdirSync(at.folder).toSorted()).toEqual(['1.pem', '1.pub']);
    const [key] = await readLogKeys(at);
    expect(key).toMatchObject({ generation: 1, state: 'signs' });
    const data = Buffer.from('signed by any tool that reads PEM');
    const signature = sign(null, data, createPrivateKey(pem.slice(pem.indexOf('-----BEGIN'))));
    expect(verify(null, data, key?.publicKey ?? '', signature)).toBe(true);
  });

  test('signs each log under its own name', async () => {
    const at = await made();
    const keys = await readLogKeys(at);
    const note = signNote('a text\n', signersOf(keys, 'aios/x/log/1'));
    expect(openNote(note, vkeysOf(keys, 'aios/x/log/1')).text).toBe('a text\n');
    expect(() => openNote(note, vkeysOf(keys, 'aios/x/log/2'))).toThrow(/expected a signature/);
  });

  test('of no practice yet is none', async () => {
    expect(await readLogKeys(place())).toEqual([]);
  });

  test('is one, whichever of several processes makes it', async () => {
    const at = place();
    const program = `
      const { makeLogKey, readLogKeys } = await import(${JSON.stringify(path.resolve('src/store/log-keys.ts'))});
      const at = ${JSON.stringify(at)};
      await makeLogKey(at, 1);
      process.stdout.write((await readLogKeys(at))[0].sha256);`;
    const hooks = path.resolve('test/helpers/ts.mjs');
    const said = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const args = ['--import', hooks, '--input-type=module', '--eval', program];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        child.stdout.on('data', (chunk) => (text += String(chunk)));
        await once(child, 'close');
        return text;
      }),
    );
    expect(said[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(said).size).toBe(1);
  });
});

describe('a key file that is not right is refused with what to do', () => {
  test('readable by others', async () => {
    const at = await made();
    const file = fileOf(at, '1.pem');
    chmodSync(file, 0o644);
    await expect(readLogKeys(at)).rejects.toMatchObject({
      code: 'bad_config',
      message: `The key file ${file} must have mode 0600, got 644. Run: chmod 600 ${file}`,
    });
    chmodSync(file, 0o600);
    expect(await readLogKeys(at)).toHaveLength(1);
  });

  test('of another practice', async () => {
    const [one, other] = [await made(), await made()];
    for (const name of ['1.pem', '1.pub'])
      writeFileSync(fileOf(one, name), readFileSync(fileOf(other, name)));
    await expect(readLogKeys(one)).rejects.toMatchObject({
      code: 'bad_config',
      message: `The key file ${fileOf(one, '1.pub')} is of another practice: expected one of aios/${one.practice}, got one of aios/${other.practice}. Put back the key of this practice from your backup of AIOS_KEYS.`,
    });
  });

  test.each([
    ['empty', () => ''],
    ['cut short', (pem: string) => pem.slice(0, -50)],
    ['without its first line', (pem: string) => pem.slice(pem.indexOf('\n') + 1)],
    ['turned around', (pem: string) => pem.split('\n').toReversed().join('\n')],
  ])('%s', async (_, spoil) => {
    const at = await made();
    const file = fileOf(at, '1.pem');
    const pem = readFileSync(file, 'utf8');
    writeFileSync(file, spoil(pem));
    const refused = await readLogKeys(at).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({
      code: 'bad_config',
      message: expect.stringMatching(/is damaged: .*Put it back from your backup of AIOS_KEYS/),
    });
    const secret = pem.split('\n')[2] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(String(refused)).not.toContain(secret.slice(0, 16));
  });

  test('with the private part of another key', async () => {
    const [one, other] = [await made(), await made()];
    const [head] = readFileSync(fileOf(one, '1.pem'), 'utf8').split('\n');
    const [, ...rest] = readFileSync(fileOf(other, '1.pem'), 'utf8').split('\n');
    writeFileSync(fileOf(one, '1.pem'), [head, ...rest].join('\n'));
    await expect(readLogKeys(one)).rejects.toThrow(
      /its private part does not belong to its public part/,
    );
  });

  test('missing', async () => {
    const at = await made();
    rmSync(fileOf(at, '1.pem'));
    const keys = await readLogKeys(at);
    expect(keys).toMatchObject([{ state: 'missing', privateKey: null }]);
    expect(() => completeKeys(at, keys)).toThrow(
      `The signing key ${fileOf(at, '1.pem')} is missing, and logs were signed with it.`,
    );
    expect(() => completeKeys(at, [])).toThrow(/If it is lost for good/);
  });
});

test('a retired key signs no more, and its public part stays', async () => {
  const at = await made();
  await makeLogKey(at, 2);
  const [old] = await readLogKeys(at);
  if (old === undefined) throw new Error('no key');
  const before = signNote('old\n', signersOf([old], 'log'));
  await retireLogKey(at, old);
  const keys = await readLogKeys(at);
  expect(keys.map(({ state }) => state)).toEqual(['retired', 'signs']);
  expect(signersOf(keys, 'log')).toHaveLength(1);
  expect(openNote(before, vkeysOf(keys, 'log')).text).toBe('old\n');
  expect(readdirSync(at.folder).toSorted()).toEqual(['1.pub', '2.pem', '2.pub']);
});
