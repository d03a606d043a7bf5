import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { built } from '../helpers/built.ts';
import { keysFolder, rolePasswords } from '../helpers/keys.ts';
import { historyOf } from '../helpers/history/history.ts';
import { adminUrl } from '../helpers/postgres.ts';

type Measured = { readonly raw: readonly Record<string, unknown>[] };
type Line = { readonly folder: string; readonly close: () => Promise<void> };
type Bench = (options: object) => Promise<Measured>;

const server = () => ({
  adminUrl: adminUrl(),
  passwords: rolePasswords(),
  keys: path.resolve(keysFolder()),
});

async function benchOf(name: string): Promise<Bench> {
  const file: string = `../../bench/${name}.mjs`;
  return ((await import(file)) as { bench: Bench }).bench;
}

beforeAll(async () => void (await built()));

test('orchestration walks to the end and counts what it wrote', async () => {
  const bench = await benchOf('orchestration');
  const { raw } = await bench({ quick: true, redis: false, server: server() });
  expect(raw).toHaveLength(1);
  // 18 commits of acts and 10 jobs when a walk takes less than a second; a slow one shows its plan between, too.
  expect(raw[0]).toMatchObject({ backend: 'Postgres', logged: [] });
  expect(raw[0]?.['jobs']).toBeGreaterThanOrEqual(9);
  expect(raw[0]?.['jobs']).toBeLessThanOrEqual(14);
  expect(raw[0]?.['acts']).toBeGreaterThan(12);
  expect(raw[0]?.['acts']).toBeLessThanOrEqual(22);
}, 120_000);

test('who wrote which word agrees with git, or is explained by what git itself says', async () => {
  const file: string = '../../bench/blame/repository.mjs';
  const { openLine } = (await import(file)) as {
    openLine: (versions: readonly object[]) => Promise<Line>;
  };
  const versions = historyOf(1).versions.map(({ files }) => ({
    path: 'a.md',
    text: files[0]?.text,
  }));
  const line = await openLine(versions);
  const bench = await benchOf('blame');
  const { raw } = await bench({ histories: [`${line.folder}:a.md`] }).finally(line.close);
  const [one = {}] = raw;
  const { agreed, kept, stood, part, left, words } = one as Record<string, number>;
  expect(Number(words)).toBeGreaterThan(100);
  expect([agreed, kept, stood, part, left].reduce((sum = 0, n = 0) => sum + n, 0)).toBe(words);
  expect(Number(left)).toBeLessThan(0.05 * Number(words));
}, 120_000);

test('every mention is stored once, however often it is sent', async () => {
  const bench = await benchOf('ack');
  const { raw } = await bench({ quick: true, server: server() });
  expect(raw.map((one) => one['name'])).toEqual(['AIOS', 'bare Bolt']);
  expect(raw[0]).toMatchObject({ stored: 3, after: 3, unacked: 0 });
}, 120_000);

test('the record is written, signed, verified and read, and what was measured is told', async () => {
  const bench = await benchOf('ledger');
  const measured = (await bench({ quick: true, server: server() })) as unknown as {
    raw: { written: number; all: { entries: number; faults: number }[]; lag: { lags: number[] } };
    rows: readonly (readonly string[])[];
  };
  const { written, all, lag } = measured.raw;
  expect(written).toBeGreaterThan(500);
  expect(all).toEqual([expect.objectContaining({ entries: written, faults: 0 })]);
  expect(lag.lags).toHaveLength(2);
  expect(measured.rows).toHaveLength(5);
}, 120_000);

test('a lane is measured beside the bare client, the whole job with its two commits, and held work goes on', async () => {
  const bench = await benchOf('lanes');
  const measured = (await bench({ quick: true, server: server() })) as unknown as {
    raw: {
      calls: { what: string; atOnce: number; ours: { calls: number } }[];
      stored: { perTask: number; ours: { calls: number } }[];
      memory: { lane: string; ours: number }[];
      held: { took: Record<string, number[]> };
    };
    rows: readonly (readonly string[])[];
  };
  const { calls, stored, memory, held } = measured.raw;
  expect(calls.map(({ what, atOnce, ours }) => [what, atOnce, ours.calls])).toEqual([
    ['local', 1, 2],
    ['local', 16, 16],
    ['senior', 1, 2],
    ['senior', 16, 16],
  ]);
  // One commit with the entry before the call, one with the entry after it.
  expect(stored.map(({ perTask, ours }) => [perTask, ours.calls])).toEqual([
    [2, 1],
    [2, 16],
  ]);
  expect(memory.map(({ lane }) => lane)).toEqual(['local', 'senior']);
  expect(Object.values(held.took).map((all) => all.length)).toEqual([1, 1, 1]);
  expect(measured.rows).toHaveLength(6);
}, 120_000);

test('the router and json-rules-engine decide alike, and every decision has its trace', async () => {
  const bench = await benchOf('router');
  const { raw } = (await bench({ quick: true })) as unknown as {
    raw: { sizes: readonly Record<string, number>[]; plan: { pieces: number } };
  };
  expect(raw.sizes.map(({ count }) => count)).toEqual([60, 500]);
  for (const { agreed, of, tried } of raw.sizes) {
    expect(agreed).toBe(of);
    expect(Number(tried)).toBeGreaterThan(10);
  }
  expect(raw.plan.pieces).toBeGreaterThan(2);
}, 120_000);
