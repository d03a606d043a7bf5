import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * What a bench gives back: a title, one line on how it was measured, rows of a table and the raw figures.
 * @typedef {{title: string, how: string, columns: string[], rows: string[][], says: string[], raw: unknown}} Result
 */

/** The middle value, or any other part of the way: `at(values, 0.99)`. */
export function at(values, part = 0.5) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** To a tenth, and never a minus before nothing. */
export const ms = (n) => `${(Math.round(n * 10) / 10 + 0).toFixed(1)} ms`;

/** A Markdown table that reads well in a terminal, too. */
export function table({ columns, rows }) {
  const widths = columns.map((head, i) => Math.max(head.length, ...rows.map((r) => r[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(columns), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)].join('\n');
}

/** The machine in one line: figures of two machines are never compared. */
export function machine() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${memory} GB, ${platform()} ${release()}, Node ${process.version}`;
}

/** Writes bench/results/<name>.md and .json for a bench called with these words; gives where. */
export async function keep([name, ...flags], result) {
  const about = {
    command: ['npm run bench --', name, ...flags].join(' '),
    machine: `${machine()}, load ${loadavg()[0]?.toFixed(1)}`,
    date: new Date().toISOString(),
  };
  const text = [
    `# ${result.title}`,
    result.how,
    table(result),
    ...result.says,
    `\`${about.command}\` on ${about.machine}, ${about.date.slice(0, 16).replace('T', ' ')} UTC.`,
  ];
  const file = (ext) => fileURLToPath(new URL(`../results/${name}.${ext}`, import.meta.url));
  await writeFile(file('md'), `${text.join('\n\n')}\n`);
  await writeFile(file('json'), `${JSON.stringify({ ...about, ...result }, null, 2)}\n`);
  return `bench/results/${name}.md`;
}
