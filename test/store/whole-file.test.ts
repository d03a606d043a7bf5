import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ownFolder, replaceFile, writeOnce } from '../../src/store/whole-file.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-whole-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

test('a file is replaced as a whole, for its owner alone', async () => {
  const file = path.join(top, 'one');
  await replaceFile(file, 'first');
  await replaceFile(file, 'second');
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(top)).toEqual(['one']);
});

test('a full disk leaves what was there, says so, and may be tried again', async () => {
  const file = path.join(top, 'full');
  await replaceFile(file, 'first');
  symlinkSync('/dev/full', `${file}.new`);
  await expect(replaceFile(file, 'second')).rejects.toMatchObject({
    code: 'unavailable',
    retry: true,
    message: expect.stringMatching(/full cannot be written: .*ENOSPC.*nothing is lost/),
  });
  expect(readFileSync(file, 'utf8')).toBe('first');
  rmSync(`${file}.new`);
  await replaceFile(file, 'second');
  expect(readFileSync(file, 'utf8')).toBe('second');
});

test('of many who write a file once exactly one does', async () => {
  const file = path.join(top, 'once');
  expect(await writeOnce(file, 'first')).toBe(true);
  expect(await writeOnce(file, 'second')).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('first');
});

test('a folder of our own is closed to others', async () => {
  const folder = path.join(top, 'a', 'b');
  await ownFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
