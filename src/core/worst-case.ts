import type { Amounts } from './budget.ts';
import { creditsOf } from './credits.ts';
import type { Lane } from './lane.ts';
import type { NanoUsd } from './money.ts';
import { NO_COST, nanoUsd } from './money.ts';
import type { Asked, PriceRatio, PriceRow, PriceTable } from './price.ts';

/** A call before it is made, as far as its size is known. */
export type CallAhead = {
  readonly lane: Lane;
  readonly asked: Asked;
  /** UTF-8 bytes of everything that is sent. */
  readonly bytes: number;
  readonly maxOutputTokens: number;
  readonly deadlineMs: number;
  /** A stand-in answers: no money exists. */
  readonly rehearsal: boolean;
};

/** What a server puts around a prompt: roles, the schema in its own words, hidden instructions. */
export const AROUND_TOKENS = 4_000;

/**
 * The most a call can come to. No token is shorter than a byte, so its bytes and what a server adds are the most it reads;
 * it writes at most what it is allowed to. In cash that is the dearest list price of the model that fits; null where no row
 * does, for then nobody knows. A program and our own machine are charged by nobody.
 */
export function worstCase(ahead: CallAhead, table: PriceTable): Amounts {
  const { lane, deadlineMs } = ahead;
  const minutes = whole(deadlineMs);
  if (lane === 'tool') return { cash: NO_COST, credits: 0, tokens: 0, minutes };
  const read = whole(ahead.bytes) + AROUND_TOKENS;
  const tokens = read + whole(ahead.maxOutputTokens);
  if (lane === 'local' || ahead.rehearsal) return { cash: NO_COST, credits: 0, tokens, minutes };
  const plain = dearest(fitting(table.rows, ahead.asked, read), read, ahead.maxOutputTokens);
  const list = plain === null ? null : atWorst(plain, ratiosOf(table, ahead.asked));
  return { cash: list, credits: creditsOf(lane, list), tokens, minutes };
}

/** Every row of the model that may be the one: of the newest start, of each tier that a prompt of that size can reach. */
function fitting(rows: readonly PriceRow[], asked: Asked, read: number): readonly PriceRow[] {
  const known = rows.filter(
    (r) => r.provider === asked.provider && r.model === asked.model && r.validFrom <= asked.at,
  );
  const newest = known.reduce((latest, r) => Math.max(latest, r.validFrom), -Infinity);
  return known.filter((r) => r.validFrom === newest && r.promptOver < read);
}

/** How a call may be served at most: nobody knows before which tier and speed it gets. */
function ratiosOf({ ratios }: PriceTable, { provider, at }: Asked): readonly PriceRatio[] {
  return ratios.filter((r) => r.provider === provider && r.validFrom <= at && r.times > r.by);
}

/** Times the dearest tier and the dearest speed; rounded up. */
function atWorst(list: NanoUsd, ratios: readonly PriceRatio[]): NanoUsd {
  const most = (['tier', 'speed'] as const).flatMap(
    (of) =>
      ratios.filter((r) => r.of === of).sort((a, b) => b.times * a.by - a.times * b.by)[0] ?? [],
  );
  const over = most.reduce((product, { times }) => product * BigInt(times), BigInt(list));
  const under = most.reduce((product, { by }) => product * BigInt(by), 1n);
  return nanoUsd(Number((over + under - 1n) / under));
}

function dearest(rows: readonly PriceRow[], read: number, written: number): NanoUsd | null {
  const prices = rows.map((r) => listPrice(r, read, written));
  return prices.length === 0 ? null : prices.reduce((most, p) => (p > most ? p : most));
}

/** All of the prompt at the dearest way of reading it; rounded up, for a cap must hold. */
function listPrice(row: PriceRow, read: number, written: number): NanoUsd {
  const reading = BigInt(Math.max(row.input, row.cacheRead, row.cacheWrite));
  const pico = BigInt(read) * reading + BigInt(written) * BigInt(row.output);
  return nanoUsd(Number((pico + 999n) / 1000n));
}

function whole(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new RangeError(`a count must be a whole number of at least 0, got ${count}`);
}
