import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Fault, sentenceOf } from '../../core/fault.ts';
import type { Tried, Trying } from './settings.ts';
import { asData } from './data.ts';

type TryOut = (trying: Trying) => Promise<Tried>;
type Wrong = { readonly error: string };

const lineOf = z.object({
  text: z.string().min(1, 'expected the words of a request'),
  files: z.array(z.string().min(1)).default([]),
  client: z.string().optional(),
});

/**
 * One JSON object for each line of a file, in its order, as lines on stdout. A line that cannot be read gives
 * `{"line","error"}` in its place, so that lines still match, and so does one for a client nobody has. Returns 1 when
 * there was one. Throws Fault `bad_input`.
 */
export async function routeBatch(file: string, tryOut: TryOut): Promise<number> {
  let [line, wrong] = [0, 0];
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
      line += 1;
      if (text.trim() === '') continue;
      const tried = await tryLine(text, tryOut);
      if ('error' in tried) wrong += 1;
      console.log(JSON.stringify('error' in tried ? { line, ...tried } : asData(tried)));
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('bad_input', `Expected a file of requests, got: ${sentenceOf(cause)}.`, {
      cause,
    });
  }
  return wrong === 0 ? 0 : 1;
}

/** A client that a line names and nobody has is a fault of that line. */
async function tryLine(text: string, tryOut: TryOut): Promise<Tried | Wrong> {
  const read = readLine(text);
  if ('error' in read) return read;
  try {
    return await tryOut(read);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'bad_input') return { error: thrown.message };
    throw thrown;
  }
}

function readLine(text: string): Trying | Wrong {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { error: `expected one JSON object a line, got: ${sentenceOf(thrown)}` };
  }
  const read = lineOf.safeParse(value);
  if (read.success) return read.data;
  const issues = read.error.issues.map((i) => `${i.path.join('.') || 'line'}: ${i.message}`);
  return { error: `expected {"text", "files"?, "client"?}, got: ${issues.join('; ')}` };
}
