import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from '../../core/fault.ts';

/** Reads a whole body. Throws Fault `too_large` beyond `max` bytes; the rest is left unread. */
export async function readBody(request: IncomingMessage, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max)
      throw new Fault(
        'too_large',
        `Expected at most ${max} bytes, got more. Send less, or a file instead of text.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers with JSON that nothing may cache or sniff. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
