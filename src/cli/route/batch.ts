import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Fault, sentenceOf } from '../../core/fault.ts';
import type { DryPlan } from '../../flow/plan/dry.ts';
import type { Trying } from './settings.ts';
import { asData } from './data.ts';

const lineOf = z.object({
  text: z.string().min(1, 'expected the words of a request'),
  files: z.array(z.string().min(1)).default([]),
  client: z.string().optional(),
});

/**
 * One JSON object for each line of a file, in its order, as lines on stdout. A line that cannot be read gives
 * `{"line","error"}` in its place, so that lines still match. Returns 1 when there was one. Throws Fault `bad_input`.
 */
export async function routeBatch(
  file: string,
  tryOut: (trying: Trying) => DryPlan,
): Promise<number> {
  let [line, wrong] = [0, 0];
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
      line += 1;
      if (text.trim() === '') continue;
      const read = readLine(text);
      if ('error' in read) wrong += 1;
      console.log(JSON.stringify('error' in read ? { line, ...read } : asData(tryOut(read))));
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('bad_input', `Expected a file of requests, got: ${sentenceOf(cause)}.`, {
      cause,
    });
  }
  return wrong === 0 ? 0 : 1;
}

function readLine(text: string): Trying | { readonly error: string } {
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
