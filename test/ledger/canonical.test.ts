import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryValue } from '../../src/core/entry.ts';
import { canonical, isCanonical } from '../../src/ledger/canonical.ts';

/** What an entry may hold: well-formed strings, safe whole numbers, lists and records of them. */
const { value } = fc.letrec<{ value: EntryValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
}));

/** The same value with the keys of every record in another order. */
function shuffled(it: EntryValue): EntryValue {
  if (Array.isArray(it)) return it.map((one: EntryValue) => shuffled(one));
  if (typeof it !== 'object' || it === null) return it;
  const pairs = Object.entries(it).map(([key, own]) => [key, shuffled(own as EntryValue)] as const);
  return Object.fromEntries(pairs.toReversed());
}

test('the order of keys makes no difference, and the text says the value again', () => {
  fc.assert(
    fc.property(value, (it) => {
      const text = canonical(it);
      expect(canonical(shuffled(it))).toBe(text);
      expect(canonical(JSON.parse(text) as EntryValue)).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(it)));
    }),
  );
});

test('two different values never have the same text', () => {
  fc.assert(
    fc.property(value, value, (one, two) => {
      const same =
        JSON.stringify(JSON.parse(canonical(one))) === JSON.stringify(JSON.parse(canonical(two)));
      expect(canonical(one) === canonical(two)).toBe(same);
    }),
  );
});

test('keys stand in the order of their UTF-16 code units, without white space', () => {
  const record = { b: 1, '\u{1f600}': 2, '\ufb33': 3, a: [1, { d: null, c: true }], '': -0 };
  expect(canonical(record)).toBe(
    '{"":0,"a":[1,{"c":true,"d":null}],"b":1,"\u{1f600}":2,"\ufb33":3}',
  );
});

test('a number that is no safe whole number is refused', () => {
  fc.assert(
    fc.property(
      fc.double().filter((n) => !Number.isSafeInteger(n)),
      (n) => {
        expect(() => canonical({ deep: [n] })).toThrow(
          `a number of an entry must be a safe whole number, got ${n}`,
        );
      },
    ),
  );
});

test('half of a surrogate pair is refused, as a key and as a value', () => {
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(half, fc.string({ unit: 'grapheme-ascii' }), (lone, around) => {
      const message = 'a string of an entry must be well-formed Unicode';
      expect(() => canonical([`${around}${lone}${around}`])).toThrow(message);
      expect(() => canonical({ [`${around}${lone}`]: 1 })).toThrow(message);
    }),
  );
});

/** JSON in any spelling: other orders of keys, other escapes, numbers with points, white space, doubled keys. */
const spelled = fc.oneof(
  value.map((it) => JSON.stringify(shuffled(it))),
  value.map((it) => JSON.stringify(it, null, 1)),
  value.map(canonical),
  fc
    .tuple(
      value.map(canonical),
      fc.nat(),
      fc.constantFrom('\\ud800', '1.5', '"10":', '\\u0041', ' '),
    )
    .map(
      ([text, at, more]) =>
        `${text.slice(0, at % text.length)}${more}${text.slice(at % text.length)}`,
    ),
  fc.json({ noUnicodeString: false }),
  fc
    .dictionary(fc.constantFrom('10', '9', '1', 'a', '__proto__', ''), fc.nat(9))
    .map((it) => JSON.stringify(it)),
  fc.constantFrom(
    '{"10":1,"9":1}',
    '{"9":1,"10":1}',
    '{"a":1,"a":1}',
    '"\\ud800"',
    '"\\\\ud800"',
    '-0',
    '1e21',
    '1E2',
    '1e2',
    '[1e3, 1]',
    '{"a":100,"b":1e2}',
    '{"a":"b","c":1e3 }',
  ),
);

test('the fast way to ask whether a text is canonical says what the slow way says', () => {
  fc.assert(
    fc.property(spelled, (text) => {
      const it = parsed(text);
      if (it === undefined || /\p{Surrogate}/u.test(text)) return;
      expect(answer(() => isCanonical(text, it))).toBe(answer(() => canonical(it) === text));
    }),
    { numRuns: 3_000 },
  );
});

function parsed(text: string): EntryValue | undefined {
  try {
    return JSON.parse(text) as EntryValue;
  } catch {
    return undefined;
  }
}

/** A refusal says no: neither way may take for canonical what the other refuses. */
function answer(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
