import { moneyIn } from './recompute-sum.ts';
import type { Money } from './recompute-sum.ts';
import { numberIn, recordIn, textIn, textsIn } from './data.ts';
import type { Data } from './data.ts';
import type { Entry } from './read.ts';

/** A price, terms or the figures of the own machine, as their kept text says. */
export type KeptPrice = Data;

/** Gives the kept text of a hash, read; undefined where there is none. */
export type PriceOf = (sha256: string) => KeptPrice | undefined;

/** What a second look at the money of one call says. `older`: it was booked before its parts were on record. */
export type Second =
  | { readonly is: 'agrees' | 'unpriced' | 'older' }
  | { readonly is: 'differs'; readonly says: string };

/**
 * Computes the money of a call again, from what its entry says was used and from the kept text of its price. It shares
 * nothing with the booking but that text: other arithmetic, other code.
 */
export function recompute(entry: Entry, priceOf: PriceOf): Second {
  const { data, costNano } = entry;
  const basis = textIn(data, 'basis');
  if (basis === 'unpriced') return sameAs('cost', costNano, null, 'unpriced');
  if (entry.lane === 'tool') return sameAs('cost', costNano, 0, 'agrees');
  const booked = basis === 'rehearsal' ? recordIn(data, 'played') : data;
  if (basis === 'rehearsal' && costNano !== 0) return differs('cost', costNano, 0);
  if (booked === null) return { is: basis === 'rehearsal' ? 'agrees' : 'older' };
  if (numberIn(booked, 'cash') === null) return { is: 'older' };
  const price = priceOf(textIn(data, 'price_sha256') ?? '');
  if (price === undefined)
    return { is: 'differs', says: 'expected the kept text of its price, got none' };
  const wrong = wrongRow(entry, price);
  if (wrong !== null) return { is: 'differs', says: wrong };
  const ratios = textsIn(data, 'ratios').map(priceOf);
  if (ratios.includes(undefined))
    return { is: 'differs', says: 'expected the kept text of its ratio, got none' };
  const again = moneyIn(data, price, ratios as readonly KeptPrice[]);
  return (
    compared(booked, again) ?? (basis === 'rehearsal' ? { is: 'agrees' } : headline(entry, again))
  );
}

function compared(booked: Data, again: Money): Second | null {
  for (const part of ['cash', 'allocated', 'list'] as const) {
    // What a stand-in would have cost at list price is not on record.
    if (!(part in booked)) continue;
    const was = numberIn(booked, part);
    const is = again[part];
    if (was === null ? is !== null : is === null || BigInt(was) !== is)
      return differs(part, was, is);
  }
  return null;
}

function headline({ costNano }: Entry, { cash, allocated }: Money): Second {
  return costNano !== null && BigInt(costNano) === cash + allocated
    ? { is: 'agrees' }
    : differs('cost', costNano, cash + allocated);
}

/** A price of another model, of a later day or of longer prompts is not the price of this call. */
function wrongRow({ at, data, model }: Entry, price: KeptPrice): string | null {
  const from = numberIn(price, 'validFrom');
  if (from !== null && from > at) return 'expected a price of its day, got one that began later';
  const priced = textIn(price, 'model');
  if (priced === null) return null;
  const served = data['rehearsal'] === true ? textIn(data, 'model_requested') : model;
  if (priced !== served)
    return `expected the price of ${served ?? 'its model'}, got that of ${priced}`;
  const tokens = recordIn(data, 'tokens') ?? {};
  const prompt = ['input', 'cache_read', 'cache_write'].reduce(
    (sum, name) => sum + (numberIn(tokens, name) ?? 0),
    0,
  );
  const over = numberIn(price, 'promptOver') ?? 0;
  return over > 0 && prompt <= over
    ? `expected a price for a prompt of ${prompt} tokens, got one for more than ${over}`
    : null;
}

function sameAs(
  part: string,
  was: number | null,
  is: number | null,
  then: 'agrees' | 'unpriced',
): Second {
  return was === is ? { is: then } : differs(part, was, is);
}

function differs(part: string, was: number | null, is: bigint | number | null): Second {
  return {
    is: 'differs',
    says: `expected ${part} ${is ?? 'unknown'} nano-USD, got ${was ?? 'unknown'}`,
  };
}
