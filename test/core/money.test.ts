import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalUsd, nanoUsd, readSignedUsd, signedUsd, usd } from '../../src/core/money.ts';

describe('a signed amount', () => {
  test.each([
    ['+0.12', 120_000_000],
    ['-0.12', -120_000_000],
    ['+$1.5', 1_500_000_000],
    ['-3', -3_000_000_000],
    ['+0.000000001', 1],
    ['+0.1', 100_000_000],
    ['+8.2', 8_200_000_000],
    ['-64.1', -64_100_000_000],
    ['+8.200000001', 8_200_000_001],
    ['+548054.532738376', 548_054_532_738_376],
    ['\u22120.3', -300_000_000],
    ['\u20130.3', -300_000_000],
    ['+999999.999999999', 999_999_999_999_999],
    ['+0.000', 0],
  ])('%j is exactly %d nano-USD', (text, nano) => {
    expect(readSignedUsd(text)).toBe(nano);
  });

  test.each([
    '0.12',
    '',
    '+',
    '+.5',
    '+1.',
    '+1,5',
    '+1e3',
    '+0x1',
    '+1.0000000001',
    '+1000000',
    '+-1',
    '+1.5 USD',
    '+٣',
    '--1',
    '+NaN',
    ' +1',
  ])('%j is none', (text) => {
    expect(readSignedUsd(text)).toBeUndefined();
  });

  test('written to the last place it reads back as the same, whatever it is', () => {
    const most = 999_999_999_999_999;
    fc.assert(
      fc.property(fc.integer({ min: -most, max: most }), (nano) => {
        const text = signedUsd(nanoUsd(nano));
        expect(readSignedUsd(text)).toBe(nano === 0 ? 0 : nano);
        expect(text).toMatch(/^[+-]\$\d+\.\d{2,9}$/);
        expect(readSignedUsd(`+${decimalUsd(nanoUsd(Math.abs(nano)))}`)).toBe(Math.abs(nano));
      }),
    );
  });

  test('text of any kind gives an exact amount or none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readSignedUsd(text);
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true);
      }),
    );
  });
});

test('nine places are always there, below nothing too', () => {
  expect(decimalUsd(nanoUsd(1))).toBe('0.000000001');
  expect(decimalUsd(nanoUsd(-120_000_000))).toBe('-0.120000000');
  expect(decimalUsd(nanoUsd(9_007_199_254_740_991))).toBe('9007199.254740991');
});

test.each([
  [0, '$0.00'],
  [1, '$0.000000001'],
  [12_345, '$0.000012345'],
  [99_999, '$0.000099999'],
  [100_000, '$0.0001'],
  [4_200_000, '$0.0042'],
  [9_999_999, '$0.01'],
  [10_000_000, '$0.01'],
  [1_234_567_890, '$1.23'],
  [-12_345, '-$0.000012345'],
  [-2_500_000_000, '-$2.50'],
])('%d nano-USD are %s', (nano, says) => {
  expect(usd(nanoUsd(nano))).toBe(says);
});

test('only nothing is written as nothing', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (nano) => {
      expect(Number(usd(nanoUsd(nano)).replace('$', '')) === 0).toBe(nano === 0);
    }),
  );
});
