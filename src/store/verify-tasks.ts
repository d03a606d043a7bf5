import type { Finding, TaskEnd } from '../ledger/history.ts';
import { sameAs } from './connect.ts';
import type { Sql } from './connect.ts';
import type { Whose } from './verify-types.ts';

type Row = {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly lastEntry: string;
};

const PAGE = 5_000;
const MOST = 100;

/** Whether every task stands where its entries left it: the state, the number of its steps, and the entry of the last. */
export async function compareTasks(
  tx: Sql,
  ends: readonly TaskEnd[],
  whose: Whose,
): Promise<readonly Finding[]> {
  const left = new Map(ends.map((end) => [end.task, end]));
  const findings: Finding[] = [];
  const rows = tx<Row[]>`
    select id, state, version, last_entry from task
    where ${whose === 'all' ? tx`true` : tx`client_id ${sameAs(tx, whose.client)}`}`;
  for await (const page of rows.cursor(PAGE))
    for (const row of page) {
      const says = wrong(row, left.get(row.id));
      left.delete(row.id);
      if (says !== undefined && findings.length < MOST) findings.push(fault(row.id, says));
    }
  for (const { task } of [...left.values()].slice(0, MOST))
    findings.push(fault(task, 'expected its row, got none: its entries are all that is left'));
  return findings;
}

function wrong(row: Row, end: TaskEnd | undefined): string | undefined {
  if (end === undefined) return 'expected entries that led to it, got none';
  if (row.state !== end.state)
    return `expected the state ${end.state}, in which its entries left it, got ${row.state}`;
  if (row.version !== end.steps)
    return `expected version ${end.steps}, as many steps as it took, got ${row.version}`;
  if (row.lastEntry !== end.last)
    return `expected its last entry ${end.last}, got ${row.lastEntry}`;
  return undefined;
}

function fault(task: string, says: string): Finding {
  return { place: `task ${task}`, level: 'fault', says };
}
