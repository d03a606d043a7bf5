import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Gate } from '../../src/core/verdict.ts';
import type { ExactRoom } from '../../src/exact/open.ts';
import type { Program } from '../../src/flow/ports/exact.ts';
import { filesBelow, NEVER, shippedExact, textOf } from '../helpers/exact.ts';

/** The planted faults of a real small site, plugin and post: each is found by whom the list names, none in the repair. */
const day = new URL('../../fixtures/day/', import.meta.url);
type Fault = { id: string; file: string; line: number; found_by: string[]; quote: string };
const { faults } = parse(readFileSync(new URL('faults.yaml', day), 'utf8')) as { faults: Fault[] };

let exact: ExactRoom;
beforeAll(async () => {
  exact = await shippedExact({ now: () => Date.UTC(2026, 5, 1) });
});
afterAll(() => exact.close());

type Row = { readonly file: string; readonly line: number; readonly level: string };

/** Pieces of the lists that programs give back and what counts as a fault in them. */
async function rowsOf(finder: string, folder: string): Promise<Row[]> {
  const files = filesBelow(new URL(folder, day).pathname);
  if (finder.startsWith('gate:')) {
    const report = await exact.check(finder.slice(5) as Gate, files, NEVER);
    expect(report.engines.filter((engine) => engine.status !== 'ok')).toEqual([]);
    return report.findings.map(({ where, level }) => ({
      file: where.file,
      line: where.line ?? 1,
      level,
    }));
  }
  const result = await exact.run(finder as Program, files, NEVER);
  if (result.is !== 'done') throw new Error(result.why);
  return READ[finder as keyof typeof READ](result.files);
}

const cells = (row: string): string[] =>
  [...row.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=,)(?=,)/g)].map(
    (cell) => cell[1] ?? cell[2] ?? '',
  );
const table = (text: string): string[][] => text.trim().split('\r\n').slice(1).map(cells);
type Files = Parameters<typeof textOf>[0];

const READ = {
  'audit-page': (files: Files): Row[] =>
    table(textOf(files, 'findings.csv')).map(([file = '', line, , level = '']) => ({
      file,
      line: Number(line),
      level,
    })),
  proofread: (files: Files): Row[] =>
    table(textOf(files, 'proofreading.csv')).map(([file = '', line, , level = '']) => ({
      file,
      line: Number(line),
      level,
    })),
  inventory: (files: Files): Row[] =>
    table(textOf(files, 'content-inventory.csv')).flatMap(([file = '', , reasons = '']) =>
      [...reasons.matchAll(/\(line (\d+)\)/g)].map((found) => ({
        file,
        line: Number(found[1]),
        level: 'reason',
      })),
    ),
};

const pairs = [
  ...new Set(
    faults.flatMap((fault) => fault.found_by.map((by) => `${by} ${fault.file.split('/')[0]}`)),
  ),
];

/** A page that nobody links to has no line of its own: any line of that file will do. */
const isAt = (fault: Fault, row: Row): boolean =>
  row.file === fault.file.slice(fault.file.indexOf('/') + 1) &&
  (row.line === fault.line || (fault.id === 'site-17' && row.line === 1));

describe.each(pairs)('%s', (pair) => {
  const [finder = '', folder = ''] = pair.split(' ');

  test('finds every planted fault', async () => {
    const rows = await rowsOf(finder, `${folder}`);
    const planted = faults.filter(
      (fault) => fault.found_by.includes(finder) && fault.file.startsWith(`${folder}/`),
    );
    // Two faults on one line need two findings.
    const missed = planted.filter(
      (fault) =>
        rows.filter((row) => isAt(fault, row)).length <
        planted.filter((other) => other.file === fault.file && other.line === fault.line).length,
    );
    expect(planted.length).toBeGreaterThan(0);
    expect(missed.map((fault) => `${fault.id} ${fault.file}:${fault.line}`)).toEqual([]);
  });

  test('finds none in the repair', async () => {
    const rows = await rowsOf(finder, `${folder}-repaired`);
    expect(rows.filter((row) => row.level !== 'note' && row.level !== 'remark')).toEqual([]);
  });
});

test('format tidies the untidy files, and what it gives back is tidy', async () => {
  const result = await exact.run('format', filesBelow(new URL('untidy', day).pathname), NEVER);
  if (result.is !== 'done') throw new Error(result.why);
  expect(result.says).toContain('only layout changed');
  const again = await exact.run(
    'format',
    result.files.filter((file) => file.name !== 'format-report.md'),
    NEVER,
  );
  expect(again).toMatchObject({ is: 'done', says: expect.stringContaining('nothing changed') });
});
