import { numberIn, recordIn } from './data.ts';
import type { Data } from './data.ts';

export type Money = {
  readonly cash: bigint;
  readonly allocated: bigint;
  readonly list: bigint | null;
};

/** An exact fraction: no figure is rounded before the last step. */
type Fraction = readonly [over: bigint, under: bigint];

const whole = (data: Data, key: string): bigint => BigInt(numberIn(data, key) ?? 0);

const product = (...all: readonly Fraction[]): Fraction => [
  all.reduce((n, [over]) => n * over, 1n),
  all.reduce((n, [, under]) => n * under, 1n),
];

const total = (...all: readonly Fraction[]): Fraction =>
  all.reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);

/** To the nearest whole, of two equally near ones to the even: by twice the fraction, down and up. */
function nearest([over, under]: Fraction): bigint {
  const below = over / under;
  const twiceRest = 2n * (over - below * under);
  const isUp = twiceRest > under || (twiceRest === under && below % 2n === 1n);
  return isUp ? below + 1n : below;
}

/** Money of a call by the text of a price: of a model, of the own machine, or of the seat. */
export function moneyIn(used: Data, price: Data, ratios: readonly Data[]): Money {
  if ('watts' in price) return ofMachine(used, price);
  return 'fee' in price ? ofSeat(used, price) : ofModel(used, price, ratios);
}

/** Prices are pico-USD a token, 1,000 of which are one nano-USD. */
function ofModel(used: Data, price: Data, ratios: readonly Data[]): Money {
  const tokens = recordIn(used, 'tokens') ?? {};
  const each: readonly (readonly [counted: string, priced: string])[] = [
    ['input', 'input'],
    ['cache_read', 'cacheRead'],
    ['cache_write', 'cacheWrite'],
    ['output', 'output'],
  ];
  const sum = total(
    ...each.map(([counted, priced]): Fraction => [
      whole(tokens, counted) * whole(price, priced),
      1_000n,
    ]),
  );
  const served = ratios.map((ratio): Fraction => [whole(ratio, 'times'), whole(ratio, 'by')]);
  const cash = nearest(product(sum, ...served));
  return { cash, allocated: 0n, list: cash };
}

const HOUR_MS = 3_600_000n;

/** Kilowatt-hours at the tariff, and the machine's price over the hours it is expected to work. */
function ofMachine(used: Data, price: Data): Money {
  const hours: Fraction = [whole(used, 'compute_ms'), HOUR_MS];
  const kilowatts: Fraction = [whole(price, 'watts'), 1_000n];
  const energy = product(hours, kilowatts, [whole(price, 'nanoUsdPerKwh'), 1n]);
  const machine = recordIn(price, 'hardware');
  const shares =
    machine === null
      ? []
      : [
          product(hours, [
            whole(machine, 'purchase'),
            whole(machine, 'years') * 365n * whole(machine, 'hoursPerDay'),
          ]),
        ];
  return { cash: 0n, allocated: nearest(total(energy, ...shares)), list: null };
}

const NANO = 1_000_000_000n;

/** What the included credits still covered has its part of the fee; what went past them its own price. */
function ofSeat(used: Data, terms: Data): Money {
  const [credits, before] = [whole(used, 'credits'), whole(used, 'credits_before')];
  const included = whole(terms, 'included');
  const isFlat = terms['flat'] === true;
  const free = before < included ? included - before : 0n;
  const covered = isFlat || credits < free ? credits : free;
  const isShared = !isFlat && included > 0n;
  return {
    cash: nearest([(credits - covered) * whole(terms, 'overage'), NANO]),
    allocated: isShared ? nearest([covered * whole(terms, 'fee'), included]) : 0n,
    list: nearest([credits * whole(terms, 'list'), NANO]),
  };
}
