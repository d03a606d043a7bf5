import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { manifestText, readManifest, statementNumber } from '../../src/ledger/manifest.ts';
import type { Manifest } from '../../src/ledger/manifest.ts';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const at = fc.nat(4e12).map(moment);
const anyManifest: fc.Arbitrary<Manifest> = fc.record({
  number: fc.constantFrom('ST-2026-0001', 'ST-2031-0420'),
  origin: fc.constant('aios/p/log/l'),
  size: fc.nat(),
  root: hash,
  span: fc.record({ from: at, to: at }),
  made: at,
  offsets: fc.array(fc.record({ from: at, minutes: fc.integer({ min: -840, max: 840 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  files: fc
    .uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9./-]{0,20}$/), sha256: hash }), {
      selector: ({ name }) => name,
      maxLength: 5,
    })
    .map((files) => files.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
});

test('what was written is read back', () => {
  fc.assert(
    fc.property(anyManifest, (manifest) => {
      expect(readManifest(manifestText(manifest))).toEqual(manifest);
    }),
  );
});

test('a text that could not have been written so is refused, with its line', () => {
  fc.assert(
    fc.property(anyManifest, fc.nat(), fc.nat(127), (manifest, where, code) => {
      const text = manifestText(manifest);
      const i = where % text.length;
      const changed = text.slice(0, i) + String.fromCharCode(code) + text.slice(i + 1);
      fc.pre(changed !== text);
      let read: Manifest;
      try {
        read = readManifest(changed);
      } catch (thrown) {
        return expect(String(thrown)).toMatch(/line \d+|whole number/);
      }
      // What still reads says something else, and says it in its one spelling.
      expect(manifestText(read)).toBe(changed);
      return expect(read).not.toEqual(manifest);
    }),
  );
});

test.each([
  ['another first line', (text: string) => text.replace('v1', 'v2'), /line 1: .*newer AIOS/],
  [
    'lines in another order',
    (text: string) => text.replace(/(number .*\n)(origin .*\n)/, '$2$1'),
    /line 2/,
  ],
  [
    'a file twice as large a path',
    (text: string) => `${text}file ${'a'.repeat(64)} ../x\n`,
    /expected "file/,
  ],
  ['no end', (text: string) => text.trimEnd(), /line \d+/],
])('%s is refused', (_what, change, says) => {
  const text = manifestText(fc.sample(anyManifest, { numRuns: 1, seed: 1 })[0] as Manifest);
  expect(() => readManifest(change(text))).toThrow(says);
});

test('statements are numbered by year, where the practice is', () => {
  const newYear = moment(Date.UTC(2026, 11, 31, 23, 30));
  expect(statementNumber(newYear, [{ from: moment(0), minutes: 0 }], 2)).toBe('ST-2026-0003');
  expect(statementNumber(newYear, [{ from: moment(0), minutes: 60 }], 2)).toBe('ST-2027-0003');
});
