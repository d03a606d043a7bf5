import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/core/unified.ts';
import { diffLists } from '../../src/report/diff.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-unified-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const diff = (before: string, after: string): readonly string[] =>
  unifiedDiff(before, after, diffLists);

const line = fc.constantFrom('a', 'b', 'c', '  - id: X', '', 'ä');
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

test('applied to the older text it gives the newer one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diff(before, after);
      expect(lines.length === 0).toBe(before === after);
      if (before === after) return;
      const patch = ['--- rules/x.yaml', '+++ rules/x.yaml', ...lines, ''].join('\n');
      expect(applyPatch(before, patch)).toBe(after);
    }),
  );
});

test('patch of any machine applies it as well', () => {
  const before = readFileSync('rules/limits.yaml', 'utf8');
  const after = before
    .replace('version: 1', 'version: 1 # one')
    .replace(/\n[^\n]*\n$/, '\nthe end without a line break');
  const file = path.join(folder, 'limits.yaml');
  writeFileSync(file, before);
  const patch = ['--- limits.yaml', '+++ limits.yaml', ...diff(before, after), ''].join('\n');
  execFileSync('git', ['apply', '--unsafe-paths', '-p0', '-'], { cwd: folder, input: patch });
  expect(readFileSync(file, 'utf8')).toBe(after);
});

test('changes that are far apart stand in stretches of their own, three lines around each', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`);
  const changed = lines.with(9, 'ten').with(29, 'thirty');
  expect(diff(`${lines.join('\n')}\n`, `${changed.join('\n')}\n`)).toEqual([
    '@@ -7,7 +7,7 @@',
    ' line 7',
    ' line 8',
    ' line 9',
    '-line 10',
    '+ten',
    ' line 11',
    ' line 12',
    ' line 13',
    '@@ -27,7 +27,7 @@',
    ' line 27',
    ' line 28',
    ' line 29',
    '-line 30',
    '+thirty',
    ' line 31',
    ' line 32',
    ' line 33',
  ]);
});

test('a file that came and one that went begin at line 0', () => {
  expect(diff('', 'a\n')).toEqual(['@@ -0,0 +1,1 @@', '+a']);
  expect(diff('a', '')).toEqual(['@@ -1,1 +0,0 @@', '-a', '\\ No newline at end of file']);
});

test('what would move the cursor or hide is written out', () => {
  expect(diff('', 'a\u001b[2Jb\u202ec\r\n\tx\n')).toEqual([
    '@@ -0,0 +1,2 @@',
    '+a\\u{1b}[2Jb\\u{202e}c\\u{d}',
    '+\tx',
  ]);
});

test('two texts that have nothing in common are told whole, and soon', () => {
  const long = (word: string): string =>
    Array.from({ length: 30_000 }, (_, i) => `${word} ${i}\n`).join('');
  const lines = diff(long('one'), long('two'));
  expect(lines).toHaveLength(60_001);
  expect(lines[1]).toBe('-one 0');
});
