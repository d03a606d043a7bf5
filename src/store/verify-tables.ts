import type { Finding } from '../ledger/history.ts';
import type { Sql } from './connect.ts';
import { AGREEMENTS, SAID } from './verify-agreements.ts';
import type { Whose } from './verify-types.ts';

type Odd = { readonly place: string; readonly expected: string; readonly got: string };

/** Of one kind of disagreement so many are told. */
const MOST = 20;

/**
 * Holds the tables that programs work with against the entries: whoever changes a row by hand changes what AIOS does, and
 * no checkpoint sees it. The typed columns of entries are taken as they are; that they say what the bytes say is looked at
 * where logs are read.
 */
export async function compareTables(tx: Sql, whose: Whose): Promise<readonly Finding[]> {
  const client = whose === 'all' ? null : (whose.client ?? NOBODY);
  const each = AGREEMENTS.map(({ rows }) => `(select * from (${rows}) as odd limit ${MOST})`);
  await tx`set local work_mem = '64MB'`;
  const odd = await tx.unsafe<Odd[]>(
    `with said as materialized (${SAID}) ${each.join(' union all ')}`,
    [client],
  );
  return odd.map(({ place, expected, got }) => ({
    place,
    level: 'fault',
    says: `expected ${expected}, got ${got}`,
  }));
}

/** No client: of these tables the practice's own log says something of the rule set and its own budgets alone, and that is looked at with all. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
