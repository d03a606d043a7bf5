import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryDraft } from '../../src/core/entry.ts';
import type { EntryId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { draftOf, readEntry } from '../../src/ledger/read.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { MAX_ENTRY_BYTES, seal } from '../../src/ledger/seal.ts';
import { anyDraft, anyEnvelope } from '../helpers/entries.ts';

test('what was sealed is read back', () => {
  fc.assert(
    fc.property(anyDraft, anyEnvelope, (said, around) => {
      const read = readEntry(seal(said, around).bytes);
      expect(read).toMatchObject({ ...said, ...around });
      expect(draftOf(read)).toEqual(said);
    }),
  );
});

test('any changed byte is refused or changes the leaf', () => {
  const pick = fc.nat();
  fc.assert(
    fc.property(
      anyDraft,
      anyEnvelope,
      pick,
      fc.integer({ min: 1, max: 255 }),
      (said, around, at, by) => {
        const { bytes } = seal(said, around);
        const changed = Uint8Array.from(bytes);
        changed[at % bytes.length] = (changed[at % bytes.length] ?? 0) ^ by;
        expect(leafHash(changed).equals(leafHash(bytes))).toBe(false);
        let read: unknown;
        try {
          read = readEntry(changed);
        } catch {
          return;
        }
        expect(read).not.toEqual(readEntry(bytes));
      },
    ),
    { numRuns: 300 },
  );
});

const SAID: EntryDraft = { type: 'task.claimed', actor: { kind: 'system', id: 'test' } };
const AROUND = {
  id: 'e' as EntryId,
  nonce: '00',
  at: moment(1),
  cause: null,
  build: 'b',
  policy: 'p',
  origin: 'o',
};

test('the same act written another way is refused', () => {
  const whole = new TextDecoder().decode(seal(SAID, AROUND).bytes);
  const bytes = (of: string): Uint8Array => new TextEncoder().encode(of);
  for (const other of [`${whole} `, whole.replace(',', ', '), whole.replace('"at":1', '"at":1.0')])
    expect(() => readEntry(bytes(other))).toThrow('the bytes of an entry are not canonical JSON');
  expect(() => readEntry(bytes(whole.replace('"v":1', '"v":2')))).toThrow(
    'an entry has version 1, got 2',
  );
  expect(() => readEntry(new Uint8Array([0xff, 0xfe]))).toThrow();
});

test.each([
  ['a byte order mark before it', (whole: string) => `\ufeff${whole}`],
  ['a type without its prefix', (whole: string) => whole.replace('aios.task', 'task')],
  ['a number where a text stands', (whole: string) => whole.replace('"build":"b"', '"build":1')],
  ['a text where a number stands', (whole: string) => whole.replace('"at":1', '"at":"1"')],
  ['a field that says nothing', (whole: string) => whole.replace('"type"', '"task":null,"type"')],
  ['a key nobody reads', (whole: string) => whole.replace('"type"', '"note":"x","type"')],
  ['no data', (whole: string) => whole.replace('"data":{},', '')],
  ['a list for data', (whole: string) => whole.replace('"data":{}', '"data":[]')],
  ['no actor', (whole: string) => whole.replace('"actor":{"id":"test","kind":"system"},', '')],
  ['no record at all', () => '[]'],
])('an entry with %s is refused', (_, spoil) => {
  const whole = new TextDecoder().decode(seal(SAID, AROUND).bytes);
  const spoilt = spoil(whole);
  expect(spoilt).not.toBe(whole);
  expect(() => readEntry(new TextEncoder().encode(spoilt))).toThrow();
});

test('an entry has at most 65,535 bytes', () => {
  const of = (length: number) => seal(SAID, { ...AROUND, build: 'x'.repeat(length) });
  const room = MAX_ENTRY_BYTES - of(0).bytes.length;
  expect(of(room).bytes).toHaveLength(65_535);
  expect(() => of(room + 1)).toThrow('an entry has at most 65535 bytes, got 65536');
});
