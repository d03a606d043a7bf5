import { fault, textOf } from './bundle-files.ts';
import type { Files } from './bundle-files.ts';
import type { Finding } from './history.ts';
import type { Sums } from './sum-types.ts';
import { tasksCsv } from './tasks-csv.ts';

/** Whether tasks.csv is, byte for byte, what the entries come to; if not, the first cell that differs. */
export function checkCsv(files: Files, sums: Sums): readonly Finding[] {
  const got = textOf(files.get('tasks.csv') ?? new Uint8Array());
  const wanted = textOf(tasksCsv(sums)) ?? '';
  if (got === wanted) return [];
  if (got === undefined) return [fault('tasks.csv', 'expected UTF-8, got other bytes')];
  const [a, b] = [wanted.split('\r\n'), got.split('\r\n')];
  const row = a.findIndex((line, i) => line !== b[i]);
  if (row === -1)
    return [fault(`tasks.csv:${a.length}`, 'expected nothing after the last task, got more')];
  return [fault(`tasks.csv:${row + 1}`, cellWords(a[0] ?? '', a[row] ?? '', b[row] ?? ''))];
}

/** Cells hold no commas of their own unless they are quoted, and then the whole line is told. */
function cellWords(head: string, wanted: string, got: string): string {
  const names = head.split(',');
  const [a, b] = [wanted.split(','), got.split(',')];
  const at = a.findIndex((cell, i) => cell !== b[i]);
  const isPlain = !wanted.includes('"') && a.length === b.length && a.length === names.length;
  const [place, x, y] = isPlain ? [`column ${names[at]}: `, a[at], b[at]] : ['', wanted, got];
  return `${place}expected ${JSON.stringify(x)} by the record, got ${JSON.stringify(y)}`;
}
