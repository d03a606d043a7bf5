import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Sql } from './connect.ts';

/**
 * Rows as Postgres sends them, some thousands together: for each row and field where its bytes begin and end, twice the
 * number of fields in all; -1 for null.
 */
export type Block = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly marks: Int32Array<ArrayBuffer>;
  readonly rows: number;
};

/** What a block holds at least, unless it is the last. */
const BLOCK_BYTES = 1_000_000;

/**
 * The rows of a query in binary: a tenth of the work of a cursor, because no row is made an object and no byte a digit.
 * Nothing else may be asked of `tx` meanwhile. The query is taken as it is, so nothing from outside belongs in it.
 * https://www.postgresql.org/docs/18/sql-copy.html, Binary Format
 */
export async function* copyOut(tx: Sql, query: string, fields: number): AsyncGenerator<Block> {
  const stream = await tx.unsafe(`copy (${query}) to stdout (format binary)`).readable();
  let waiting: Uint8Array[] = [];
  let size = 0;
  let isFirst = true;
  const block = (): Block => {
    const bytes = joined(waiting, size);
    const read = readRows(bytes, { from: isFirst ? headerEnd(bytes) : 0, fields });
    isFirst = false;
    const rest = bytes.slice(read.end);
    waiting = rest.length === 0 ? [] : [rest];
    size = rest.length;
    return { bytes, marks: read.marks, rows: read.rows };
  };
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Uint8Array;
      waiting.push(bytes);
      size += bytes.length;
      if (size >= BLOCK_BYTES) yield block();
    }
  } finally {
    await letGo(stream);
  }
  if (size > 0) yield block();
  if (size > 0) throw new Error('the rows of a COPY ended in the middle of one');
}

/**
 * Reads what is left, so that the connection is free again. The driver stops its socket when the stream is full, and
 * lets it go on when it is read from, which a stream that ended or failed no longer is: the last stop would be for ever.
 */
async function letGo(stream: Readable): Promise<void> {
  stream.resume();
  try {
    await finished(stream, { cleanup: true });
  } finally {
    stream._read(0);
  }
}

/** In memory of its own, so that it can be handed to another thread. */
function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const SIGNATURE_BYTES = 11;

/** Signature, flags, and an extension with its length before it. */
function headerEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return SIGNATURE_BYTES + 8 + view.getInt32(SIGNATURE_BYTES + 4);
}

type Start = { readonly from: number; readonly fields: number };
type Rows = Pick<Block, 'marks' | 'rows'> & { readonly end: number };

/** As many whole rows as there are. */
function readRows(bytes: Uint8Array, { from, fields }: Start): Rows {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const marks: number[] = [];
  let [at, rows] = [from, 0];
  for (;;) {
    const end = rowEnd(view, { from: at, fields }, marks);
    if (end === undefined) break;
    // Every row has a mark for each of its fields; what marked none was the end of all rows.
    if (marks.length === (rows + 1) * fields * 2) rows += 1;
    at = end;
  }
  return { marks: Int32Array.from(marks), rows, end: at };
}

/** Where the next row ends, with its fields marked; undefined when it is not all there. */
function rowEnd(view: DataView, { from, fields }: Start, marks: number[]): number | undefined {
  const size = view.byteLength;
  if (from + 2 > size) return undefined;
  if (view.getInt16(from) === -1) return from + 2;
  const before = marks.length;
  let at = from + 2;
  for (let n = 0; n < fields; n += 1) {
    const length = at + 4 > size ? size : view.getInt32(at);
    if (at + 4 + length > size) {
      marks.length = before;
      return undefined;
    }
    if (length === -1) marks.push(-1, -1);
    else marks.push(at + 4, at + 4 + length);
    at += 4 + Math.max(length, 0);
  }
  return at;
}
