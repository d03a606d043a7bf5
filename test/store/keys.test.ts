import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { keyNamesIn, openKeys } from '../../src/store/keys.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-keys-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const CLIENT = 'client-01a2b3c4-0000-7000-8000-000000000000';
let made = 0;
const folder = (): string => path.join(top, `f${(made += 1)}`, 'keys');
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('a key is made once, for the owner of the process alone', async () => {
  const at = folder();
  const { name, key } = await (await openKeys(at)).current('practice');
  expect(name).toBe('practice.1');
  expect(key).toHaveLength(32);
  expect([modeOf(at), modeOf(path.join(at, 'practice.1.key'))]).toEqual(['700', '600']);
  expect(readdirSync(at)).toEqual(['practice.1.key']);
  expect(await (await openKeys(at)).current('practice')).toEqual({ name, key });
  expect(await (await openKeys(at)).get(name)).toEqual(key);
  expect((await (await openKeys(at)).current(CLIENT)).key).not.toEqual(key);
});

test('asking for a key makes none', async () => {
  const at = folder();
  expect(await (await openKeys(at)).get('practice.1')).toBeNull();
  expect(readdirSync(at)).toEqual([]);
});

test('generations are counted on, the newest is current, and a key from before numbers is generation 0', async () => {
  const at = folder();
  const keys = await openKeys(at);
  writeFileSync(path.join(at, 'practice.key'), 'ab'.repeat(32), { mode: 0o600 });
  const first = await keys.current('practice');
  expect(first).toEqual({ name: 'practice', key: Buffer.from('ab'.repeat(32), 'hex') });
  await keys.rotate('practice', 2);
  await keys.rotate('practice', 10);
  await keys.rotate(CLIENT, 3);
  expect(await keys.generations('practice')).toEqual([0, 2, 10]);
  expect((await keys.current('practice')).name).toBe('practice.10');
  // Another process sees it at once.
  const other = await openKeys(at);
  await other.rotate('practice', 11);
  const newest = await keys.current('practice');
  expect(newest.name).toBe('practice.11');
  await keys.rotate('practice', 11);
  expect(await keys.current('practice')).toEqual(newest);
});

test('what else lies in the folder is no key of ours', async () => {
  const at = folder();
  await openKeys(at);
  for (const name of ['log.key', 'practice.01.key', 'practice.1.key.ab12cd34', 'practice.2.pem'])
    writeFileSync(path.join(at, name), '', { mode: 0o600 });
  expect(await keyNamesIn(at)).toEqual([]);
  expect(await keyNamesIn(path.join(at, 'absent'))).toEqual([]);
  await (await openKeys(at)).rotate(CLIENT, 4);
  expect(await keyNamesIn(at)).toEqual([`${CLIENT}.4`]);
});

test('a destroyed key is overwritten and gone, for every process, with the draft of it that a killed one left', async () => {
  const at = folder();
  const keys = await openKeys(at);
  const other = await openKeys(at);
  const { name, key } = await keys.current('practice');
  expect(await other.get(name)).toEqual(key);
  const file = path.join(at, `${name}.key`);
  const draft = `${file}.ab12cd34`;
  linkSync(file, draft);
  // Another name of the same file, to see what became of its bytes.
  const seen = path.join(at, 'seen');
  linkSync(file, seen);
  await keys.destroy(name);
  expect(readdirSync(at)).toEqual(['seen']);
  expect(readFileSync(seen).includes(Buffer.from(key).toString('hex'))).toBe(false);
  expect(readFileSync(seen)).toHaveLength(65);
  expect([await keys.get(name), await other.get(name)]).toEqual([null, null]);
  await keys.destroy(name);
});

test('a folder that others could read is closed', async () => {
  const at = folder();
  await openKeys(at);
  chmodSync(at, 0o755);
  await openKeys(at);
  expect(modeOf(at)).toBe('700');
});

test('a key file that others can read is refused, and taken again once it is mended', async () => {
  const at = folder();
  const keys = await openKeys(at);
  const file = path.join(at, 'practice.key');
  await (await openKeys(at)).rotate('practice', 0);
  chmodSync(file, 0o640);
  await expect(keys.get('practice')).rejects.toMatchObject({
    code: 'bad_config',
    message: `The key file ${file} must have mode 0600, got 640. Run: chmod 600 ${file}`,
  });
  chmodSync(file, 0o600);
  expect(await keys.get('practice')).toHaveLength(32);
});

test.each([
  ['empty', '', 0],
  ['cut short', 'abcd', 2],
  ['no hex', 'z'.repeat(64), 0],
])('a key file that is %s is refused with what to do', async (_, text, bytes) => {
  const at = folder();
  const keys = await openKeys(at);
  const file = path.join(at, 'practice.key');
  writeFileSync(file, text, { mode: 0o600 });
  await expect(keys.get('practice')).rejects.toMatchObject({
    code: 'bad_config',
    message: `The key file ${file} must hold 32 bytes as hex, got ${bytes}. Restore it from your backup; without it the texts it opens are lost.`,
  });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('several processes at once make one key', async () => {
  const at = folder();
  const program = `
    const { openKeys } = await import(${JSON.stringify(path.resolve('src/store/keys.ts'))});
    const keys = await openKeys(${JSON.stringify(at)});
    process.stdout.write(Buffer.from((await keys.current('practice')).key).toString('hex'));`;
  const hooks = path.resolve('test/helpers/ts.mjs');
  const keys = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const args = ['--import', hooks, '--input-type=module', '--eval', program];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk) => (said += String(chunk)));
      await once(child, 'close');
      return said;
    }),
  );
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(keys).size).toBe(1);
});
