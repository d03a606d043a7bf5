import { describe, expect, test } from '@jest/globals';
import { tracked } from '../helpers/tracked.ts';

// This folder plants what it looks for.
const CODE = ['src', 'test', 'scripts', 'bench', 'bin', ':!test/house'];

/** Lines of the files on which the pattern is, as `file:line: text`. */
function linesWith(pattern: RegExp, places: readonly string[]): readonly string[] {
  return tracked(...places).flatMap(({ name, text }) =>
    text
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${name}:${at + 1}: ${line.trim()}`] : [])),
  );
}

// A comment that begins so counts; the same words inside a string are material that the exact checks look for.
const SUPPRESSION =
  /(?:^|[^'"`\\|:])\/[/*]\s*(?:@ts-|(?:ox|es)lint-(?:disable|enable)|prettier-ignore|istanbul)/;
const LATER = /(?:^|\s)(?:\/\/|\/?\*)\s*(?:TODO|FIXME|XXX|HACK)\b/;
const KEPT_CODE =
  /^\s*\/\/\s*(?:const|let|return|await|import|export|if \(|for \(|\}|[\w.]+\(.*\);)/;

describe('no file of code', () => {
  test('suppresses a rule', () => expect(linesWith(SUPPRESSION, CODE)).toEqual([]));
  test('leaves a note to do it later', () => expect(linesWith(LATER, CODE)).toEqual([]));
  test('keeps code in comments', () => expect(linesWith(KEPT_CODE, CODE)).toEqual([]));
  test('runs one test alone', () =>
    expect(linesWith(/\b(?:test|describe|it)\.only\b/, ['test/*.test.ts'])).toEqual([]));
});

test('a test is skipped only through the helpers that say so', () => {
  const skipping = tracked('test/*.test.ts', ':!test/house').filter(({ text }) =>
    /\.skip\b/.test(text),
  );
  const silent = skipping.filter(
    ({ text }) => !/helpers\/(?:absent|redis|chromium)\.ts'/.test(text),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('the patterns bite', () => {
  expect('// @ts-expect-error').toMatch(SUPPRESSION);
  expect('f(); // oxlint-disable-line').toMatch(SUPPRESSION);
  expect("say('// eslint-disable-next-line');").not.toMatch(SUPPRESSION);
  expect('  * TODO: later').toMatch(LATER);
  expect('  // const a = 1;').toMatch(KEPT_CODE);
  expect('see /root/notes/a.md').toMatch(MACHINE);
  expect('https://example.org/work/a and src/work/a').not.toMatch(MACHINE);
});

/** Folders that exist on the machine of whoever wrote a line, and nowhere else. */
const MACHINE = /(?:^|[\s'"`(=])\/(?:root|work|Users|home)\/[A-Za-z]/;

test('no file names a folder of somebody’s machine', () => {
  expect(linesWith(MACHINE, ['.', ':!fixtures', ':!package-lock.json', ':!test/house'])).toEqual(
    [],
  );
});
