import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, fromDecimal, shown } from '../../src/ledger/encoding.ts';

test('base64 has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(fromBase64(text)).toEqual(Buffer.from(bytes));
    }),
  );
  for (const text of [
    '',
    'QQ',
    'QQ=',
    'QR==',
    'QUJ=',
    'Q Q==',
    'QQ==\n',
    'QQ==QQ==',
    '-_-_',
    'Q=Q=',
  ])
    expect(() => fromBase64(text)).toThrow(`expected standard base64, got ${JSON.stringify(text)}`);
});

test('a number has one spelling', () => {
  for (const number of [0, 1, 9, 10, 4_294_967_296, Number.MAX_SAFE_INTEGER])
    expect(fromDecimal(String(number))).toBe(number);
  for (const text of [
    '',
    '00',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '1\n',
    '0x1',
    '١',
    '9007199254740992',
    '99999999999999999',
  ])
    expect(() => fromDecimal(text)).toThrow(
      `expected a whole number without leading zeros, got ${JSON.stringify(text)}`,
    );
});

test('what came is shown quoted and cut', () => {
  expect(shown('a"\n')).toBe('"a\\"\\n"');
  expect(shown('x'.repeat(81))).toBe(`"${'x'.repeat(80)}…"`);
});
