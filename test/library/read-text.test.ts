import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readText } from '../../src/library/read-text.ts';

let top: string;
let folder: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'aios-read-'));
  folder = join(top, 'rules');
  mkdirSync(join(folder, 'a-folder'), { recursive: true });
  writeFileSync(join(top, 'outside'), 'secret');
  writeFileSync(join(folder, 'plain'), 'é\n');
  writeFileSync(join(folder, 'latin'), Buffer.from('a: 1\nb: \xe9\n', 'latin1'));
  writeFileSync(join(folder, 'large'), '');
  truncateSync(join(folder, 'large'), 8_000_000_000);
  symlinkSync('plain', join(folder, 'inside-link'));
  symlinkSync('../outside', join(folder, 'outside-link'));
  symlinkSync('/dev/zero', join(folder, 'zeros'));
  symlinkSync('round', join(folder, 'round'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => rmSync(top, { recursive: true }));

test.each([
  ['plain', { text: 'é\n' }],
  ['inside-link', { text: 'é\n' }],
  ['none', { got: 'no such file', line: 1, missing: true }],
  ['a-folder', { got: 'a folder', line: 1, missing: false }],
  ['outside-link', { got: 'a link that leads out of its folder', line: 1, missing: false }],
  ['../outside', { got: 'a link that leads out of its folder', line: 1, missing: false }],
  ['zeros', { got: 'a link that leads out of its folder', line: 1, missing: false }],
  ['round', { got: 'links that lead in a circle', line: 1, missing: false }],
  ['pipe', { got: 'something that is no file', line: 1, missing: false }],
  ['latin', { got: 'bytes that are no UTF-8', line: 2, missing: false }],
  ['large', { got: '8000000000 bytes, and at most 2000000 are read', bytes: 8_000_000_000 }],
])('%s is read, or refused without waiting', async (name, found) => {
  expect(await readText(folder, name)).toMatchObject(found);
});
