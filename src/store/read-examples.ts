import type { ClientId } from '../core/id.ts';
import type { ExampleOut } from '../core/record-words.ts';
import { MOST_EXAMPLES } from '../flow/ports/rows-examples.ts';
import type { ExampleOf, ExampleReads, ExampleRow } from '../flow/ports/rows-examples.ts';
import { sameAs } from './connect.ts';
import type { Sql } from './connect.ts';
import { all } from './read-settings.ts';

/** Reads of examples: what counts is in use, and its words are not erased. */
export function exampleReads(sql: Sql): ExampleReads {
  return {
    examplesFor: (client) =>
      all(sql<ExampleRow[]>`
        select * from ((${newest(sql, null)}) union all (${newest(sql, client)})) as both_of_them
        order by client_id is not null, made_at, id`),
    examplesFrom: (client) => {
      const whose = client === null ? sql`true` : sql`t.client_id = ${client}`;
      return all(sql<ExampleOf[]>`
        select ${columns(sql)} from ${tables(sql)}
        where x.out is null and b.erased_at is null and ${whose} order by x.made_at, x.id`);
    },
    examplesOf: (request) =>
      all(sql<ExampleOf[]>`
        select ${columns(sql)} from ${tables(sql)}
        where x.out is null and b.erased_at is null and x.request_id = ${request} order by x.made_at, x.id`),
    examplesSpent: (limit) => spent(sql, limit),
  };
}

/** The newest of a client, or of everyone's for null. */
function newest(sql: Sql, client: ClientId | null) {
  return sql`
    select x.* from example x join body b on b.id = x.body_id
    where x.client_id ${sameAs(sql, client)} and x.out is null and b.erased_at is null
    order by x.made_at desc, x.id desc limit ${MOST_EXAMPLES}`;
}

const columns = (sql: Sql) => sql`x.*, t.client_id as source, r.number as request, t.ordinal`;
const tables = (sql: Sql) => sql`example x join body b on b.id = x.body_id
  join task t on t.id = x.task_id join request r on r.id = x.request_id`;

type Spent = ExampleOf & { readonly out: ExampleOut };

async function spent(sql: Sql, limit: number): Promise<readonly Spent[]> {
  const rows = await all(sql<(ExampleOf & { readonly place: number })[]>`
    select * from (
      select ${columns(sql)},
        row_number() over (partition by x.client_id, x.out is null order by x.made_at desc, x.id desc) as place
      from ${tables(sql)} where b.erased_at is null) as kept
    where out is not null or place > ${MOST_EXAMPLES} order by made_at, id limit ${limit}`);
  return rows.map(({ place: _place, ...row }) => ({ ...row, out: row.out ?? 'too_many' }));
}
