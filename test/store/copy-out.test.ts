import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { copyOut } from '../../src/store/copy-out.ts';
import type { Block } from '../../src/store/copy-out.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';

let database: FreshDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await freshDatabase();
  sql = connect(database.url, 1);
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** One connection, for as long as a test needs it. */
async function alone<T>(act: (tx: Sql) => Promise<T>): Promise<T> {
  const tx = await sql.reserve();
  try {
    return await act(tx as unknown as Sql);
  } finally {
    tx.release();
  }
}

/** The fields of every row of a block as bytes; null where Postgres says so. */
function rowsIn({ bytes, marks, rows }: Block, fields: number): (Buffer | null)[][] {
  expect(marks).toHaveLength(rows * fields * 2);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: fields }, (_unused, field) => {
      const at = (row * fields + field) * 2;
      const [from, to] = [marks[at] ?? -1, marks[at + 1] ?? -1];
      return from === -1 ? null : Buffer.from(bytes.subarray(from, to));
    }),
  );
}

async function all(query: string, fields: number): Promise<(Buffer | null)[][]> {
  return alone(async (tx) => {
    const rows: (Buffer | null)[][] = [];
    for await (const block of copyOut(tx, query, fields)) rows.push(...rowsIn(block, fields));
    return rows;
  });
}

const isFree = () => alone(async (tx) => (await tx`select 1 as one`)[0]);

test('every field comes as it is: text, bytes, nothing, and the empty text, which is not nothing', async () => {
  const rows = await all(
    `select * from (values (1::bigint, 'ünï'::text, '\\x00ff'::bytea), (2, null, ''), (-1, '', null)) as v`,
    3,
  );
  expect(rows.map(([n, text, bytes]) => [n?.readBigInt64BE(), text?.toString(), bytes])).toEqual([
    [1n, 'ünï', Buffer.from([0, 0xff])],
    [2n, undefined, Buffer.alloc(0)],
    [-1n, '', null],
  ]);
});

test('of no rows there is nothing', async () => {
  expect(await all('select 1 where false', 1)).toEqual([]);
  expect(await isFree()).toEqual({ one: 1 });
});

test('rows come in blocks, whole and in their order, wherever the network cuts them', async () => {
  const rows = await alone(async (tx) => {
    const query = `select n::int, repeat(chr(97 + n % 26), (n * 7919) % 3000) from generate_series(1, 4000) n`;
    const blocks: Block[] = [];
    for await (const block of copyOut(tx, query, 2)) blocks.push(block);
    expect(blocks.length).toBeGreaterThan(3);
    return blocks.flatMap((block) => rowsIn(block, 2));
  });
  expect(rows).toHaveLength(4000);
  rows.forEach(([n, text], at) => {
    const expected = String.fromCharCode(97 + ((at + 1) % 26)).repeat(((at + 1) * 7919) % 3000);
    if (n?.readInt32BE() !== at + 1 || text?.toString() !== expected)
      throw new Error(`row ${at + 1} is another`);
  });
});

test('one row that is larger than a block comes whole', async () => {
  const [row] = await all(`select repeat('x', 5000000), 7::int`, 2);
  expect([row?.[0]?.length, row?.[1]?.readInt32BE()]).toEqual([5_000_000, 7]);
});

test('who stops early has the connection free again', async () => {
  const seen = await alone(async (tx) => {
    const query = `select repeat('x', 1000) from generate_series(1, 50000) n`;
    for await (const block of copyOut(tx, query, 1)) return block.rows;
    return 0;
  });
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(50_000);
  expect(await isFree()).toEqual({ one: 1 });
});

test('what Postgres refuses is thrown: at once, or in the middle of the rows', async () => {
  await expect(all('select nothing_like_it', 1)).rejects.toMatchObject({ code: '42703' });
  const late = `select 1 / (30000 - n), repeat('x', 500) from generate_series(1, 40000) n`;
  await expect(all(late, 2)).rejects.toMatchObject({ code: '22012' });
  expect(await isFree()).toEqual({ one: 1 });
});
