import { Fault } from '../../core/fault.ts';
import { receive } from './methods/files.ts';
import type { Args } from './answer.ts';
import type { Wire } from './wire.ts';

/** Takes the bytes sent to an upload_url, raw or as multipart, and gives their size. Throws Fault `not_found`. */
export async function takeUpload(
  wire: Wire,
  id: string,
  sent: { readonly body: Buffer; readonly type: string },
): Promise<number> {
  const file = wire.board.get('file', id);
  if (file === undefined || file.uploaded)
    throw new Fault(
      'not_found',
      'Expected an upload_url that was given out and not used, got another. Call files.getUploadURLExternal for one.',
    );
  const bytes = sent.type.startsWith('multipart/')
    ? await firstPart(sent.body, sent.type)
    : sent.body;
  const stored = await receive(wire, file, bytes);
  return stored.size;
}

async function firstPart(body: Buffer, type: string): Promise<Uint8Array> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  const [part] = [...form.values()];
  if (part === undefined)
    throw new Fault(
      'bad_input',
      'Expected one file in the form, got none. Send the bytes as its first part.',
    );
  return typeof part === 'string' ? Buffer.from(part) : new Uint8Array(await part.arrayBuffer());
}

/** A JSON body as arguments; anything else is empty. */
export function parseJsonBody(body: Buffer): Args {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Args)
      : {};
  } catch {
    return {};
  }
}
