import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { moment } from '../core/moment.ts';
import type { PriceRow, PriceTable } from '../core/price.ts';
import { makeProblems } from './problems.ts';
import { readText } from './read-text.ts';
import { checked, readYaml } from './yaml-file.ts';

/** USD with at most six decimals, turned into whole millionths without passing through a float. */
const usd = z.union([z.number(), z.string()]).transform((value, context) => {
  const found = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(String(value));
  if (found === null) {
    context.addIssue('expected USD with at most six decimals');
    return z.NEVER;
  }
  return Number(found[1]) * 1_000_000 + Number((found[2] ?? '').padEnd(6, '0'));
});

const row = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'),
  provider: z.string().min(1),
  model: z.string().min(1),
  valid_from: z.iso.date('expected a day like 2026-09-22'),
  prompt_over: z.int().min(0).default(0),
  input: usd,
  output: usd,
  cache_read: usd,
  cache_write: usd,
  source: z.string().min(1),
  checked_on: z.iso.date('expected a day like 2026-09-22'),
});

/** The shape of `rules/prices.yaml`. */
export const pricesFile = z.strictObject({
  currency: z.literal('USD', 'expected USD; AIOS books in no other currency'),
  electricity: z.strictObject({
    watts: z.int().min(0).max(100_000),
    usd_per_kwh: usd,
    source: z.string().min(1),
    checked_on: z.iso.date('expected a day like 2026-09-22'),
  }),
  prices: z.array(row).superRefine(refuseDoubles),
});

/** Reads `rules/prices.yaml`. Throws Fault `bad_rules` as `file:line:column: expected, got`; nothing is guessed or skipped. */
export async function loadPrices(file: string): Promise<PriceTable> {
  const found = await readText(dirname(file), basename(file));
  if ('text' in found) return readPrices(found.text, file);
  throw new Fault(
    'bad_rules',
    `${file}: expected a readable price file, got: ${found.got}. Restore it from the repository.`,
  );
}

/** The price table of a YAML text; `file` is only named in errors. Throws like `loadPrices`, with everything wrong at once. */
export function readPrices(text: string, file: string): PriceTable {
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

function toTable(read: z.output<typeof pricesFile>): PriceTable {
  // A kWh price in millionths of a USD is 1,000 times that in nano-USD.
  const power = {
    watts: read.electricity.watts,
    nanoUsdPerKwh: read.electricity.usd_per_kwh * 1000,
  };
  return { rows: read.prices.map(toRow), power };
}

function toRow(r: z.output<typeof row>): PriceRow {
  return {
    id: r.id,
    provider: r.provider,
    model: r.model,
    validFrom: moment(Date.parse(`${r.valid_from}T00:00:00Z`)),
    promptOver: r.prompt_over,
    input: r.input,
    output: r.output,
    cacheRead: r.cache_read,
    cacheWrite: r.cache_write,
    source: r.source,
    checkedOn: r.checked_on,
  };
}
