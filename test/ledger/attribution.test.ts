import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Attribution } from '../../src/core/attribution.ts';
import { attribute } from '../../src/core/blame/blame.ts';
import { sha256 } from '../../src/core/draft.ts';
import { packAttribution, readAttribution } from '../../src/ledger/attribution.ts';
import type { Kept } from '../../src/ledger/attribution.ts';
import { diffLists } from '../../src/report/diff.ts';
import { historyOf } from '../helpers/history/history.ts';

const SOUND: Kept = {
  sources: ['brought_in', 'attempt:1'],
  files: [
    {
      body: 'id-2',
      runs: [
        { source: 1, from: 0, to: 4 },
        { source: 0, from: 5, to: 9 },
      ],
      shares: [
        { source: 0, words: 2 },
        { source: 1, words: 1 },
      ],
      whole: null,
      coarse: false,
    },
    { body: 'id-1', runs: [], shares: [], whole: 1, coarse: false },
  ],
};
const JSON_OF_IT = `{"files":[{"body":"id-1","whole":1},{"body":"id-2","coarse":false,"runs":[1,0,4,0,5,9],"shares":[0,2,1,1]}],"sources":["brought_in","attempt:1"],"v":1}`;

const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);

/** As it is kept, with a number for the id of each body. */
function keptOf({ sources, files }: Attribution): Kept {
  const kept = files.map(({ runs, shares, whole, coarse }, i) => ({
    body: `id-${i}`,
    runs,
    shares,
    whole,
    coarse,
  }));
  return { sources, files: kept };
}

test('it is kept as canonical JSON by its hash, files in the order of their bodies', () => {
  const packed = packAttribution(SOUND);
  expect(new TextDecoder().decode(packed.bytes)).toBe(JSON_OF_IT);
  expect(packed.sha256).toBe(sha256(packed.bytes));
});

test('no word and no name of a file is in it', () => {
  const { versions } = historyOf(5);
  const kept = new TextDecoder().decode(
    packAttribution(keptOf(attribute(versions, diffLists))).bytes,
  );
  const words = new Set(kept.match(/[a-z]{4,}/g));
  const own = 'attempt body brought coarse false files from runs shares sources true whole'.split(
    ' ',
  );
  expect([...words].filter((word) => !own.includes(word) && !/^[0-9a-f]+$/.test(word))).toEqual([]);
});

test('what was kept is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const made = keptOf(attribute(historyOf(seed).versions, diffLists));
      expect(readAttribution(packAttribution(made).bytes)).toEqual(made);
    }),
    { numRuns: 30 },
  );
});

describe('it is refused', () => {
  const changed = (from: string, to: string): string => {
    expect(JSON_OF_IT).toContain(from);
    return JSON_OF_IT.replace(from, to);
  };
  test.each([
    ['not canonical', changed('"v":1', '"v": 1')],
    ['of another version', changed('"v":1', '"v":2')],
    ['with a key nobody reads', changed('"v":1', '"v":1,"w":1')],
    ['without a key', changed(',"v":1', '')],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['with a file that has a key nobody reads', changed('"whole":1', '"whole":1,"x":1')],
    ['with a body that is none', changed('"id-1"', '""')],
    ['with files out of order', changed('id-1', 'id-3')],
    ['with a file twice', changed('id-1', 'id-2')],
    ['with a source that is not there', changed('"whole":1', '"whole":2')],
    ['with a source twice', changed('"brought_in","attempt:1"', '"a","a"')],
    ['with a source that is no text', changed('"attempt:1"', '1')],
    ['with a run of another’s', changed('[1,0,4,', '[2,0,4,')],
    ['with a run that ends before it begins', changed('[1,0,4,', '[1,4,4,')],
    ['with runs that overlap', changed('0,5,9]', '0,3,9]')],
    ['with neighbours of one source', changed('0,5,9]', '1,5,9]')],
    ['with half a run', changed('0,5,9]', '0,5]')],
    ['with a number below nothing', changed('[0,2,1,1]', '[0,-2,1,1]')],
    ['with a number that is not whole', changed('[0,2,1,1]', '[0,2.5,1,1]')],
    ['with two shares of one source', changed('[0,2,1,1]', '[0,2,0,1]')],
    ['with coarse that is neither true nor false', changed('"coarse":false', '"coarse":0')],
  ])('%s', (_what, json) => expect(() => readAttribution(bytes(json))).toThrow(Error));

  test('when it is not UTF-8', () => {
    expect(() => readAttribution(Uint8Array.of(0xff))).toThrow(/utf-8/);
  });

  test('whatever single byte of it is changed, it is refused or says something else', () => {
    const sound = packAttribution(SOUND);
    const read = (other: Uint8Array): unknown => {
      try {
        return readAttribution(other);
      } catch {
        return 'refused';
      }
    };
    for (let i = 0; i < sound.bytes.length; i += 1) {
      const other = Uint8Array.from(sound.bytes);
      other[i] = (other[i] ?? 0) ^ 1;
      expect(sha256(other)).not.toBe(sound.sha256);
      expect(read(other)).not.toEqual(read(sound.bytes));
    }
  });
});
