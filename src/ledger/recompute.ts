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
  const { data, costNano, lane } = entry;
  const basis = textIn(data, 'basis');
  if (basis === 'unpriced')
    return costNano === null ? { is: 'unpriced' } : differs('cost', costNano, null);
  if (lane === 'tool') return costNano === 0 ? { is: 'agrees' } : differs('cost', costNano, 0n);
  if (basis === 'rehearsal') return ofRehearsal(entry, priceOf);
  if (numberIn(data, 'cash') === null) return { is: 'older' };
  const again = secondLook(entry, priceOf);
  if (typeof again === 'string') return { is: 'differs', says: again };
  return compared(data, again) ?? headline(entry, again);
}

/** No money, and what it would have been. */
function ofRehearsal(entry: Entry, priceOf: PriceOf): Second {
  if (entry.costNano !== 0) return differs('cost', entry.costNano, 0n);
  const played = recordIn(entry.data, 'played');
  if (played === null) return { is: 'agrees' };
  const again = secondLook(entry, priceOf);
  if (typeof again === 'string') return { is: 'differs', says: again };
  return compared(played, again) ?? { is: 'agrees' };
}

/** The money as it should be, or why that cannot be told. */
function secondLook(entry: Entry, priceOf: PriceOf): Money | string {
  const price = priceOf(textIn(entry.data, 'price_sha256') ?? '');
  const ratios = textsIn(entry.data, 'ratios').map(priceOf);
  if (price === undefined || ratios.includes(undefined))
    return 'expected the kept text of its price, got none';
  return wrongRow(entry, price) ?? moneyIn(entry.data, price, ratios as readonly KeptPrice[]);
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
function wrongRow(entry: Entry, price: KeptPrice): string | null {
  const { at, data } = entry;
  if ((numberIn(price, 'validFrom') ?? at) > at)
    return 'expected a price of its day, got one that began later';
  const priced = textIn(price, 'model');
  const served = pricedAs(entry);
  if (priced !== null && priced !== served)
    return `expected the price of ${served ?? 'its model'}, got that of ${priced}`;
  const over = numberIn(price, 'promptOver') ?? 0;
  const prompt = promptIn(recordIn(data, 'tokens') ?? {});
  if (over === 0 || prompt > over) return null;
  return `expected a price for a prompt of ${prompt} tokens, got one for more than ${over}`;
}

/** A stand-in stands for the model that was asked. */
function pricedAs({ data, model }: Entry): string | null {
  return data['rehearsal'] === true ? textIn(data, 'model_requested') : model;
}

function promptIn(tokens: Data): number {
  const parts = ['input', 'cache_read', 'cache_write'];
  return parts.reduce((sum, name) => sum + (numberIn(tokens, name) ?? 0), 0);
}

function differs(part: string, was: number | null, is: bigint | null): Second {
  return {
    is: 'differs',
    says: `expected ${part} ${is ?? 'unknown'} nano-USD, got ${was ?? 'unknown'}`,
  };
}
