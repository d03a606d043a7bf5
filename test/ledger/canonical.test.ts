import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryValue } from '../../src/core/entry.ts';
import { canonical } from '../../src/ledger/canonical.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: EntryValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { noNullPrototype: true }),
  ),
}));

function shuffled(of: EntryValue): EntryValue {
  if (Array.isArray(of)) return of.map((one: EntryValue) => shuffled(one));
  if (typeof of !== 'object' || of === null) return of;
  const pairs = Object.entries(of).reverse();
  return Object.fromEntries(pairs.map(([key, one]) => [key, shuffled(one as EntryValue)]));
}

describe('canonical bytes', () => {
  test('read back as what was written, and are written again as they were', () => {
    fc.assert(
      fc.property(value, (written) => {
        const text = canonical(written);
        const read = JSON.parse(text) as EntryValue;
        expect(canonical(read)).toBe(text);
        expect(read).toEqual(JSON.parse(JSON.stringify(written)));
      }),
    );
  });

  test('do not depend on the order in which fields were set', () => {
    fc.assert(fc.property(value, (one) => canonical(shuffled(one)) === canonical(one)));
  });

  // https://www.rfc-editor.org/rfc/rfc8785#section-3.2.3: by UTF-16 code units, so U+1F600 comes before U+FB33.
  test('sort keys by code units', () => {
    const keys = { '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, '1': 4, '\r': 5, '\u00f6': 6 };
    expect(canonical(keys)).toBe('{"\\r":5,"1":4,"\u00f6":6,"\u20ac":3,"\u{1f600}":2,"\ufb33":1}');
  });

  test.each([0.5, Number.NaN, Infinity, 2 ** 53])('refuse the number %p', (number) => {
    expect(() => canonical({ number })).toThrow(RangeError);
  });

  test('have one zero', () => {
    expect(canonical(-0)).toBe('0');
  });

  test('refuse half a character, in keys too', () => {
    expect(() => canonical('\ud83d')).toThrow(RangeError);
    expect(() => canonical({ '\ude00': 1 })).toThrow(RangeError);
  });
});
