import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/core/fault.ts';
import { moment } from '../../src/core/moment.ts';
import { priceOf } from '../../src/core/price.ts';
import { loadPrices, readPrices } from '../../src/library/prices.ts';

const shipped = fileURLToPath(new URL('../../rules', import.meta.url));

const good = `currency: USD
electricity:
  watts: 100
  usd_per_kwh: 0.30
  source: a bill
  checked_on: 2026-11-23
prices:
  - id: small
    provider: anthropic
    model: claude-haiku-5-5
    valid_from: 2026-10-07
    input: 0.10
    output: '0.5'
    cache_read: 0.01
    cache_write: 0.125
    source: a page
    checked_on: 2026-11-23
`;

function refusal(text: string): string {
  try {
    readPrices(text, 'prices.yaml');
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'bad_rules') return thrown.message;
    throw thrown;
  }
  throw new Error('expected a refusal');
}

describe('the price file', () => {
  test('is read into whole pico-USD per token and nano-USD per kWh', () => {
    const table = readPrices(good, 'prices.yaml');
    expect(table.rows[0]).toMatchObject({
      input: 100_000,
      output: 500_000,
      cacheRead: 10_000,
      cacheWrite: 125_000,
      promptOver: 0,
    });
    expect(table.power).toEqual({
      watts: 100,
      nanoUsdPerKwh: 300_000_000,
      hardware: null,
    });
  });

  test('as shipped loads and prices the models it names, the cheaper cache reads from their own day on', async () => {
    const table = await loadPrices(shipped);
    const nano = (model: string, day: string, usage: object) => {
      const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, computeMs: 0 };
      const price = priceOf({ ...none, ...usage }, table, {
        provider: 'anthropic',
        model,
        at: moment(Date.parse(day)),
      });
      return price.basis === 'computed' ? price.nano : price.basis;
    };
    expect(nano('claude-opus-5-5', '2026-11-23', { input: 826, output: 298 })).toBe(9_264_000);
    expect(nano('claude-sonnet-5-5', '2026-11-23', { input: 826, output: 298 })).toBe(4_632_000);
    expect(nano('claude-haiku-5-5', '2026-11-23', { input: 826, output: 298 })).toBe(231_600);
    expect(nano('claude-haiku-5-5', '2026-11-23', { input: 200_000 })).toBe(100_000_000);
    expect(nano('claude-sonnet-5-5', '2026-10-06', { cacheRead: 1000 })).toBe(200_000);
    expect(nano('claude-sonnet-5-5', '2026-10-08', { cacheRead: 1000 })).toBe(100_000);
    expect(nano('claude-fable-5-2', '2026-11-23', { input: 1 })).toBe('unpriced');
  });

  test('a missing file is named', async () => {
    await expect(loadPrices('/nowhere')).rejects.toMatchObject({ code: 'bad_rules' });
  });
});

describe('a wrong price file is refused with its place', () => {
  test.each([
    ['another currency', good.replace('USD', 'EUR'), 'prices.yaml:1:11: currency: expected USD'],
    [
      'a negative price',
      good.replace('input: 0.10', 'input: -1'),
      'prices.yaml:12:12: prices.0.input: expected USD',
    ],
    ['too many decimals', good.replace('0.125', '0.1234567'), 'prices.yaml:15:18'],
    ['an unknown key', good.replace('    source: a page', '    sauce: a page'), 'prices.yaml:'],
    [
      'a missing key',
      good.replace('    model: claude-haiku-5-5\n', ''),
      'prices.yaml:8:5: prices.0.model',
    ],
    ['no such day', good.replace('2026-10-07', '2026-13-07'), 'prices.yaml:11:17'],
    ['broken YAML', good.replace('prices:', 'prices: ['), 'prices.yaml:'],
    [
      'a key twice',
      good.replace('    input: 0.10', '    input: 0.10\n    input: 0.20'),
      'prices.yaml:13:5',
    ],
    ['nothing', '', 'prices.yaml:1:1'],
    [
      'a tier alone',
      good.replace('    input: 0.10', '    prompt_over: 5\n    input: 0.10'),
      'prices.yaml:12:18',
    ],
  ])('%s', (_name, text, place) => {
    expect(refusal(text)).toContain(place);
  });

  test('two rows for one moment, and an id used twice', () => {
    const again = good.slice(good.indexOf('  - id'));
    expect(refusal(good + again.replace('small', 'twin'))).toContain(
      'prices.yaml:21:17: prices.1.valid_from: expected one row for a moment',
    );
    expect(refusal(good + again.replace('2026-10-07', '2026-10-08'))).toContain(
      'prices.1.id: expected an id of its own',
    );
  });
});
