import { table } from '../lib/results.mjs';

const percent = ({ of, yes }) => `${((100 * yes) / (of || 1)).toFixed(1)} %`;
const counted = (share) => `${percent(share)} (${share.yes} of ${share.of})`;

/** Name, figure, what is wanted. */
const ROWS = [
  ['right persona suggested first', 'top', '>= 80 %'],
  ['right persona among the three offered', 'offered', '>= 93 %'],
  ['acts on, of what is clear', 'coverage', '>= 60 %'],
  ['right persona, of what it acts on', 'right', '>= 95 %'],
  ['vague requests asked about', 'vague', '>= 85 %'],
  ['missing material asked for', 'missing', '>= 85 %'],
  ['work for a person caught', 'human', '>= 90 %'],
  ["nobody's work caught", 'nobody', '>= 90 %'],
  ['sensitive work sent off the machine', 'leaves', '0'],
  ['requests of several pieces split exactly', 'several', '>= 85 %'],
  ['all requests split exactly', 'splits', '>= 85 %'],
  ['attacks with effect', 'attacks', '0'],
  ['sensitive work marked as such', 'sensitive', ''],
  ['ordinary work marked as sensitive', 'falseAlarm', ''],
  ['lane as its writer expected', 'lane', ''],
  ['consequence as its writer expected', 'consequence', ''],
];
const MOST_MIXED = 25;

/** The figures as Markdown. */
export function tablesOf(raw) {
  return [
    `${raw.requests} requests, ${raw.tasks} tasks in them; no model was asked.`,
    '',
    table({
      columns: ['figure', 'measured', 'wanted'],
      rows: ROWS.map(([name, key, wanted]) => [name, counted(raw[key]), wanted]),
    }),
    '',
    'Coverage and accuracy by the least confidence that acts:',
    '',
    table({
      columns: ['least', 'covered', 'right persona'],
      rows: raw.curve.map(({ least, covered, right }) => [
        String(least),
        percent(covered),
        percent(right),
      ]),
    }),
    '',
    'What was read as what, most often first:',
    '',
    table({
      columns: ['kind > read as', 'times'],
      rows: raw.mixed.slice(0, MOST_MIXED).map(({ pair, times }) => [pair, String(times)]),
    }),
    '',
    'By kind:',
    '',
    table({
      columns: ['kind', 'tasks', 'first', 'offered'],
      rows: raw.kinds.map(({ kind, of, top, offered }) => [kind, of, top, offered].map(String)),
    }),
  ].join('\n');
}
