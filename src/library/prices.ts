import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { nanoUsd } from '../core/money.ts';
import type { Power } from '../core/power.ts';
import type { PriceRatio, PriceRow, PriceTable } from '../core/price.ts';
import { checkedAt, currency, day, priceId, startOn, usd } from './price-parts.ts';
import { makeProblems } from './problems.ts';
import { readText } from './read-text.ts';
import { readSeat } from './seat.ts';
import { checked, readYaml } from './yaml-file.ts';

const row = z.strictObject({
  id: priceId,
  provider: z.string().min(1),
  model: z.string().min(1),
  valid_from: day,
  prompt_over: z.int().min(0).default(0),
  input: usd,
  output: usd,
  cache_read: usd,
  cache_write: usd,
  ...checkedAt,
});

const ratio = z.strictObject({
  id: priceId,
  provider: z.string().min(1),
  of: z.enum(['tier', 'speed']).describe('Which word of the provider it is about.'),
  is: z.string().min(1).describe('The word as the provider reports it.'),
  valid_from: day,
  times: z.int().min(1).max(1_000),
  by: z.int().min(1).max(1_000).describe('The list price times `times` divided by `by`.'),
  ...checkedAt,
});

const hardware = z.strictObject({
  purchase_usd: usd,
  years: z.int().min(1).max(50),
  hours_per_day: z.int().min(1).max(24).describe('Hours a day it is expected to compute.'),
});

/** The shape of `rules/prices.yaml`. */
export const pricesFile = z.strictObject({
  currency,
  electricity: z.strictObject({
    watts: z.int().min(0).max(100_000),
    usd_per_kwh: usd,
    ...checkedAt,
  }),
  hardware: hardware.exactOptional(),
  ratios: z.array(ratio).superRefine(refuseSameIds).exactOptional(),
  prices: z.array(row).superRefine(refuseDoubles),
});

/**
 * Reads `prices.yaml` and `seat.yaml` of a rules folder. Throws Fault `bad_rules` as `file:line:column: expected, got`;
 * nothing is guessed or skipped.
 */
export async function loadPrices(folder: string): Promise<PriceTable> {
  const [prices, seat] = await Promise.all([
    textOf(join(folder, 'prices.yaml')),
    textOf(join(folder, 'seat.yaml')),
  ]);
  return { ...readPrices(prices.text, prices.file), seat: readSeat(seat.text, seat.file) };
}

async function textOf(file: string): Promise<{ readonly file: string; readonly text: string }> {
  const found = await readText(dirname(file), basename(file));
  if ('text' in found) return { file, text: found.text };
  throw new Fault(
    'bad_rules',
    `${file}: expected a readable file of prices, got: ${found.got}. Restore it from the repository.`,
  );
}

/** The price table of a YAML text; `file` is only named in errors. Throws like `loadPrices`, with everything wrong at once. */
export function readPrices(text: string, file: string): Omit<PriceTable, 'seat'> {
  const problems = makeProblems();
  const yaml = readYaml(file, text, { problems });
  const read = yaml === undefined ? undefined : checked(pricesFile, yaml, problems);
  problems.refuse();
  if (read === undefined) throw new Fault('bad_rules', `${file}:1:1: expected a price table.`);
  return toTable(read);
}

function refuseDoubles(
  rows: readonly z.output<typeof row>[],
  context: z.core.$RefinementCtx,
): void {
  const ids = new Set<string>();
  const moments = new Set<string>();
  const starts = new Set(rows.filter((r) => r.prompt_over === 0).map(startOf));
  rows.forEach((r, i) => {
    const start = startOf(r);
    const slot = `${start} over ${r.prompt_over}`;
    const refuse = (key: string, message: string) =>
      context.addIssue({ code: 'custom', message, path: [i, key] });
    if (ids.has(r.id)) refuse('id', 'expected an id of its own; another row has this one');
    if (moments.has(slot))
      refuse('valid_from', `expected one row for a moment; there is another for ${slot}`);
    if (!starts.has(start))
      refuse('prompt_over', `expected a row for ${start} with prompt_over 0 beside this tier`);
    ids.add(r.id);
    moments.add(slot);
  });
}

function startOf(r: z.output<typeof row>): string {
  return `${r.provider} ${r.model} from ${r.valid_from}`;
}

function refuseSameIds(
  rows: readonly { readonly id: string }[],
  context: z.core.$RefinementCtx,
): void {
  const ids = rows.map(({ id }) => id);
  ids.forEach((id, i) => {
    const message = 'expected an id of its own; another row has this one';
    if (ids.indexOf(id) < i) context.addIssue({ code: 'custom', message, path: [i, 'id'] });
  });
}

type Read = z.output<typeof pricesFile>;

function toTable(read: Read): Omit<PriceTable, 'seat'> {
  const { prices, ratios = [] } = read;
  return { rows: prices.map(toRow), ratios: ratios.map(toRatio), power: toPower(read) };
}

/** A kWh price in millionths of a USD is 1,000 times that in nano-USD. */
function toPower({ electricity, hardware: bought }: Read): Power {
  const { watts, usd_per_kwh: tariff } = electricity;
  return {
    watts,
    nanoUsdPerKwh: tariff * 1000,
    hardware:
      bought === undefined
        ? null
        : {
            purchase: nanoUsd(bought.purchase_usd * 1000),
            years: bought.years,
            hoursPerDay: bought.hours_per_day,
          },
  };
}

function toRatio(r: z.output<typeof ratio>): PriceRatio {
  const { id, provider, of, is, times, by, source } = r;
  const dated = { validFrom: startOn(r.valid_from), source, checkedOn: r.checked_on };
  return { id, provider, of, is, times, by, ...dated };
}

function toRow(r: z.output<typeof row>): PriceRow {
  return {
    id: r.id,
    provider: r.provider,
    model: r.model,
    validFrom: startOn(r.valid_from),
    promptOver: r.prompt_over,
    input: r.input,
    output: r.output,
    cacheRead: r.cache_read,
    cacheWrite: r.cache_write,
    source: r.source,
    checkedOn: r.checked_on,
  };
}
