import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { costOf } from '../../src/ledger/spend.ts';
import type { Span } from '../../src/ledger/sum-types.ts';
import { sumUp } from '../../src/ledger/sums.ts';
import { tasksCsv } from '../../src/ledger/tasks-csv.ts';
import { linesOf } from '../helpers/bundle.ts';
import { oneTask } from '../helpers/one-task.ts';

function told(entries: readonly Entry[], span: Span) {
  const summing = sumUp(span);
  for (const entry of entries) summing.take(entry);
  const sums = summing.end();
  return { sums, rows: parsed(Buffer.from(tasksCsv(sums)).toString('utf8')) };
}

/** RFC 4180, as a spreadsheet reads it. */
function parsed(text: string): readonly Readonly<Record<string, string>>[] {
  expect(text.startsWith('\uFEFF')).toBe(true);
  const lines = text.slice(1).split('\r\n');
  expect(lines.pop()).toBe('');
  const cells = lines.map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .map(([, cell = '']) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))
      .slice(0, line.split(',').length),
  );
  const [names = [], ...rows] = cells;
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

test('what is counted adds up to the total, to the nano', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, cut) => {
      const entries = linesOf(seed, { steps: 100 }).map((line) => readEntry(Buffer.from(line)));
      const times = entries.map(({ at }) => at as number);
      const from = moment(Math.floor(Math.min(...times) + cut * 1e6));
      const { sums, rows } = told(entries, { from, to: moment(9e15) });
      const counted = rows.filter(({ counted: is }) => is === 'yes');
      const nano = (text = ''): bigint => BigInt(text.replace('.', '') || '0');
      const cost = counted.reduce((sum, row) => sum + nano(row['cost_usd']), 0n);
      expect(cost).toBe(costOf(sums.totals.spend));
      const saved = counted.reduce((sum, row) => sum + Number(row['minutes_saved']), 0);
      expect(saved).toBe(sums.totals.saved);
      const { ended, open, later, laterMinutes } = sums;
      expect(rows).toHaveLength(ended.length + open.length + later.length + laterMinutes.length);
    }),
    { numRuns: 30 },
  );
});

test('a row tells of a task what its entries say, and of what is missing that it is', () => {
  const { entries, delivered, person } = oneTask();
  const [row] = told(entries, { from: moment(0), to: moment(delivered + 1) }).rows;
  expect(row).toMatchObject({
    task: '#7.2',
    counted: 'yes',
    state: 'delivered',
    kind: 'draft.blog',
    lanes_called: 'senior local',
    confidential: 'yes',
    moved_by_hand_from: 'seat',
    decided_by: person,
    card_shown_at: '1970-01-01T00:00:00.005Z',
    read_pressed_at: 'not recorded',
    words_edited: '3',
    checklist: 'not recorded',
    cash_usd: '1.500000001',
    allocated_usd: '0.000000007',
    corrected_usd: '0.000000400',
    cost_usd: '1.500000408',
    minutes_by_hand: '130',
    minutes_basis: 'table',
    minutes_table: '130',
    minutes_estimate: '45',
    minutes_corrected: '',
    review_minutes: '7',
    review_basis: 'measured',
    minutes_saved: '123',
    words_by_ai: '6',
  });
});

test('a later correction has a row of its own', () => {
  const { entries, delivered } = oneTask();
  const { rows } = told(entries, { from: moment(delivered + 1), to: moment(9e15) });
  expect(rows[0]).toMatchObject({
    task: '#7.2',
    state: 'corrected later',
    cost_usd: '-0.000001000',
  });
});

test('minutes that are corrected later have a row of their own', () => {
  const { entries, delivered } = oneTask();
  const { rows } = told(entries, { from: moment(delivered + 1), to: moment(9e15) });
  expect(rows.at(-1)).toMatchObject({
    task: '#7.2',
    counted: 'yes',
    state: 'minutes later',
    minutes_by_hand: '-40',
    review_minutes: '13',
    minutes_saved: '-53',
  });
});
