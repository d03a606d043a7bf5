import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from './connect.ts';
import * as budgets from './schema/budgets.ts';
import * as cards from './schema/cards.ts';
import * as examples from './schema/examples.ts';
import * as keyring from './schema/keyring.ts';
import * as log from './schema/log.ts';
import * as record from './schema/record.ts';
import * as requests from './schema/requests.ts';
import * as settings from './schema/settings.ts';
import * as tasks from './schema/tasks.ts';

export type Column = { readonly name: string; readonly is: 'json' | 'time' | 'plain' };

const SORTS: Readonly<Record<string, Column['is']>> = { PgJsonb: 'json', PgTimestamp: 'time' };

/** Columns by table and field: read from the schema, so that it is said once. */
const COLUMNS: ReadonlyMap<string, ReadonlyMap<string, Column>> = new Map(
  Object.values({
    ...record,
    ...log,
    ...keyring,
    ...settings,
    ...requests,
    ...tasks,
    ...cards,
    ...examples,
    ...budgets,
  })
    .filter((value) => is(value, PgTable))
    .map((table) => [
      getTableName(table),
      new Map(
        Object.entries(getTableColumns(table)).map(([field, { name, columnType }]) => [
          field,
          { name, is: SORTS[columnType] ?? 'plain' },
        ]),
      ),
    ]),
);

/** The column of a field. A wrong name is a mistake in the program. */
export function columnOf(table: string, field: string): Column {
  const column = COLUMNS.get(table)?.get(field);
  if (column === undefined) throw new Error(`table ${table} has no column for ${field}`);
  return column;
}

/** Fields to columns; JSON is marked so that a list is not taken for a Postgres array. */
export function columnsOf(tx: Sql, table: string, row: object): Record<string, never> {
  const pairs = Object.entries(row).map(([field, value]) => {
    const column = columnOf(table, field);
    const marked = column.is === 'json' && value !== null ? tx.json(value as never) : value;
    return [column.name, marked] as const;
  });
  return Object.fromEntries(pairs) as Record<string, never>;
}

/**
 * SQL that makes a row of that table, known as `alias`, one JSON value with the fields and types of its row in
 * flow/ports: times as epoch ms. For reads that bring many tables in one go.
 */
export function asJson(table: string, alias: string): string {
  const pairs = [...(COLUMNS.get(table) ?? [])].map(([field, column]) => {
    const value = `${alias}.${column.name}`;
    const plain = column.is === 'time' ? `(extract(epoch from ${value}) * 1000)::bigint` : value;
    return `'${field}', ${plain}`;
  });
  return `json_build_object(${pairs.join(', ')})`;
}
