import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openKeys } from '../../src/store/keys.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-keys-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let made = 0;
const folder = (): string => path.join(top, `f${(made += 1)}`, 'keys');
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('a key is made once, for the owner of the process alone', async () => {
  const at = folder();
  const key = await (await openKeys(at)).get('practice');
  expect(key).toHaveLength(32);
  expect([modeOf(at), modeOf(path.join(at, 'practice.key'))]).toEqual(['700', '600']);
  expect(await (await openKeys(at)).get('practice')).toEqual(key);
  expect(await (await openKeys(at)).get('other')).not.toEqual(key);
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
  await (await openKeys(at)).get('practice');
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
    process.stdout.write(Buffer.from(await keys.get('practice')).toString('hex'));`;
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
