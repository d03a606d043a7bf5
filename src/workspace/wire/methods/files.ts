import { randomUUID } from 'node:crypto';
import { isJson } from '../../check/probe.ts';
import { LIMITS, UPLOAD_BYTES } from '../../limits.ts';
import type { StoredFile } from '../../records.ts';
import { BOT_USER_ID } from '../../seed.ts';
import { fine, refuse, text, type Answer, type Args, type Methods } from '../answer.ts';
import { mediaType, share, shares, slackFile } from '../files.ts';
import { post } from '../messages.ts';
import type { Wire } from '../wire.ts';
import { readContent, writable } from './chat.ts';

/** A file about to be uploaded by `user`. Its id is long enough that the upload address cannot be guessed. */
export function announce(
  wire: Wire,
  file: { readonly name: string; readonly size: number; readonly user: string },
): StoredFile {
  const made: StoredFile = {
    id: `F${randomUUID().replaceAll('-', '').toUpperCase()}`,
    name: file.name,
    title: file.name,
    mimetype: mediaType(file.name),
    size: file.size,
    user: file.user,
    created: Math.floor(wire.board.now() / 1000),
    uploaded: false,
    channels: [],
  };
  wire.board.put('file', made.id, made);
  return made;
}

/** Takes the bytes of an announced file. */
export async function receive(
  wire: Wire,
  file: StoredFile,
  bytes: Uint8Array,
): Promise<StoredFile> {
  const next = { ...file, size: bytes.byteLength, uploaded: true };
  await wire.board.putBytes(file.id, bytes);
  wire.board.put('file', file.id, next);
  await wire.board.saved();
  return next;
}

function uploadUrl(wire: Wire, args: Args): Answer {
  const name = text(args, 'filename') ?? '';
  const size = Number(args['length']);
  if (name === '' || !Number.isSafeInteger(size))
    return refuse('invalid_arguments', ['[ERROR] missing required field: filename and length']);
  if (size <= 0) return refuse('file_upload_size_zero');
  if (size > UPLOAD_BYTES) return refuse('file_upload_size_restricted');
  const file = announce(wire, { name, size, user: BOT_USER_ID });
  return fine({ file_id: file.id, upload_url: `${wire.base()}/upload/v1/${file.id}` });
}

type Given = { readonly id: string; readonly title: string | undefined };

function readFiles(args: Args): readonly Given[] {
  const files = args['files'];
  if (!Array.isArray(files)) return [];
  return files.filter(isJson).map((one) => ({ id: String(one['id']), title: text(one, 'title') }));
}

function complete(wire: Wire, args: Args): Answer {
  const given = readFiles(args);
  if (given.length === 0)
    return refuse('invalid_arguments', ['[ERROR] missing required field: files']);
  const files: StoredFile[] = [];
  for (const { id, title } of given) {
    const file = wire.board.get('file', id);
    if (file?.uploaded !== true) return refuse('file_not_found');
    files.push({ ...file, title: title ?? file.title });
  }
  const refusal = shareAll(wire, args, files);
  return (
    refusal ??
    fine({ files: files.map((file) => slackFile(wire, wire.board.get('file', file.id) ?? file)) })
  );
}

/** Stores the files' titles and posts them where the call says; without a channel they stay unshared. */
function shareAll(wire: Wire, args: Args, files: readonly StoredFile[]): Answer | undefined {
  const target = text(args, 'channel_id');
  const place = target === undefined ? undefined : writable(wire, target);
  if (place !== undefined && 'refusal' in place) return refuse('channel_not_found');
  const read = readContent({ ...args, text: args['initial_comment'] }, LIMITS.postText);
  if ('refusal' in read) return read.refusal;
  for (const file of files) wire.board.put('file', file.id, file);
  if (place === undefined) return undefined;
  for (const file of files) share(wire, file, place.channel.id);
  post(wire, BOT_USER_ID, {
    channel: place.channel.id,
    text: read.content.text ?? '',
    blocks: read.content.blocks,
    thread_ts: text(args, 'thread_ts'),
    files: files.map((file) => file.id),
  });
  return undefined;
}

function info(wire: Wire, args: Args): Answer {
  const file = wire.board.get('file', text(args, 'file') ?? '');
  if (file?.uploaded !== true) return refuse('file_not_found');
  return fine({ file: { ...slackFile(wire, file), shares: shares(wire, file) }, comments: [] });
}

export const FILES: Methods = {
  'files.getUploadURLExternal': { scopes: ['files:write'], run: uploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], run: complete },
  'files.info': { scopes: ['files:read'], run: info },
};
