import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, isMap, isNode, type Document } from 'yaml';
import { z } from 'zod';
import { Fault, sentenceOf } from '../core/fault.ts';
import { moment } from '../core/moment.ts';
import type { PriceRow, PriceTable } from '../core/price.ts';

/** USD with at most six decimals, turned into whole millionths without passing through a float. */
const usd = z.union([z.number(), z.string()]).transform((value, context) => {
  const found = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(String(value));
  if (found === null) {
    context.addIssue(`expected USD with at most six decimals, got ${JSON.stringify(value)}`);
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

const table = z.strictObject({
  currency: z.literal('USD', 'expected USD; AIOS books in no other currency'),
  electricity: z.strictObject({
    watts: z.int().min(0).max(100_000),
    usd_per_kwh: usd,
    source: z.string().min(1),
    checked_on: z.iso.date('expected a day like 2026-09-22'),
  }),
  prices: z.array(row).superRefine(refuseDoubles),
});

type Path = readonly PropertyKey[];

/** Reads `rules/prices.yaml`. Throws Fault `bad_rules` as `file:line:column: expected, got`; nothing is guessed or skipped. */
export async function loadPrices(file: string): Promise<PriceTable> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault(
      'bad_rules',
      `${file}: expected a readable price file, got: ${sentenceOf(cause)}. Restore it from the repository.`,
      { cause },
    );
  });
  return readPrices(text, file);
}

/** The price table of a YAML text; `file` is only named in errors. Throws like `loadPrices`. */
export function readPrices(text: string, file: string): PriceTable {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = doc.errors[0] ?? doc.warnings[0];
  if (broken !== undefined) throw refused(at(broken.pos[0]), broken.message);
  const read = table.safeParse(doc.toJS());
  if (read.success) return toTable(read.data);
  const { path, says } = firstIssue(read.error);
  throw refused(at(offsetOf(doc, path)), `${path.map(String).join('.')}: ${says}`);
}

function firstIssue(error: z.ZodError): { path: Path; says: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { path: [], says: 'not a price table' };
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return { path: [...issue.path, ...extra], says: issue.message };
}

function refused(place: string, what: string): Fault {
  return new Fault('bad_rules', `${place}: ${what}. Correct the file; prices stay as they were.`);
}

/** Where a key and its value stand; for a missing one, where its parent starts. */
function offsetOf(doc: Document, path: Path): number {
  if (path.length === 0) return startsAt(doc.contents) ?? 0;
  const up = path.slice(0, -1);
  const parent = up.length === 0 ? doc.contents : doc.getIn(up, true);
  const own = keyIn(parent, path.at(-1)) ?? doc.getIn(path, true);
  return startsAt(own) ?? offsetOf(doc, up);
}

function keyIn(parent: unknown, key: PropertyKey | undefined): unknown {
  return isMap(parent) ? parent.items.find((item) => String(item.key) === key)?.key : undefined;
}

function startsAt(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
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
    if (ids.has(r.id)) refuse('id', `expected an id of its own, got ${r.id} a second time`);
    if (moments.has(slot))
      refuse('valid_from', `expected one row for a moment, got a second one for ${slot}`);
    if (!starts.has(start))
      refuse('prompt_over', `expected a row for ${start} with prompt_over 0 beside this tier`);
    ids.add(r.id);
    moments.add(slot);
  });
}

function startOf(r: z.output<typeof row>): string {
  return `${r.provider} ${r.model} from ${r.valid_from}`;
}

function toTable(read: z.output<typeof table>): PriceTable {
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
