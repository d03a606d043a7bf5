import type { Sql } from '../../src/store/connect.ts';

/** How many entries there are. */
export async function countEntries(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from entry`;
  return row?.n ?? 0;
}
