import { setTimeout as pause } from 'node:timers/promises';
import { baseName, rehearsalName } from '../core/file-name.ts';
import type { NamedFile } from '../flow/ports/exact.ts';
import type { Message } from '../flow/ports/message.ts';
import type { Placed, Target } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { draw } from './draw.ts';
import { asked } from './fault.ts';
import { findOurs } from './find.ts';
import type { Seen } from './find.ts';
import { plain, unlinked } from './text.ts';

/** Slack shares uploads a moment after it says so. */
const LOOKS = 20;
const LOOK_MS = 250;

type Shares = Readonly<Record<string, readonly { readonly ts?: string }[]>>;

/** What the file is called, folders and all; a rehearsal says so in the name itself, which is what is saved. */
function titleOf(message: Message, file: NamedFile): string {
  return plain(message.rehearsal ? rehearsalName(file.name) : file.name, 250);
}

/** The last line of the comment, by which these files are known again after an unclear end. */
function marker(message: Message, id: string): string {
  return `${message.is === 'delivered' ? 'delivery' : 'files'} ${id}`;
}

/**
 * Posts a message with files as one visible act. With `sureFirst` an earlier delivery with the same id is taken
 * instead; without the history scopes it cannot be looked for.
 */
export async function deliver(
  around: Around,
  { message, files }: { readonly message: Message; readonly files: readonly NamedFile[] },
  to: Target,
): Promise<Placed> {
  const { text } = draw(message);
  const mark = marker(message, to.id);
  const same = (seen: Seen): boolean => seen.text?.includes(mark) ?? false;
  if (to.sureFirst) {
    const earlier = await findOurs(around, to, same);
    if (earlier !== undefined) return { channel: to.channel, ts: earlier };
  }
  const ids = await upload(
    around,
    files.map((file) => ({
      file: Buffer.from(file.bytes),
      // Slack's file names have no folders; the title keeps them.
      filename: baseName(titleOf(message, file)),
      title: titleOf(message, file),
    })),
    {
      channel_id: to.channel,
      initial_comment: unlinked(`${text}\n${mark}`),
      ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
    },
  );
  return { channel: to.channel, ts: await sharedAt(around, ids[0], { to, same }) };
}

type Upload = { readonly file: Buffer; readonly filename: string; readonly title: string };
type Where = {
  readonly channel_id: string;
  readonly initial_comment: string;
  readonly thread_ts?: string;
};

async function upload(
  around: Around,
  uploads: readonly Upload[],
  { thread_ts: thread, ...where }: Where,
): Promise<readonly string[]> {
  const place = thread === undefined ? where : { ...where, thread_ts: thread };
  const done = await asked('share the files of a delivery', () =>
    around.writes.filesUploadV2({ ...place, file_uploads: [...uploads] }),
  );
  return done.files
    .flatMap((one) => one.files ?? [])
    .flatMap((f) => (f.id === undefined ? [] : [f.id]));
}

type Search = { readonly to: Target; readonly same: (seen: Seen) => boolean };

/**
 * The ts of the message in which Slack shared a file. If Slack does not say in time, the delivery still stands: then
 * it is placed at its thread.
 */
async function sharedAt(
  around: Around,
  file: string | undefined,
  { to, same }: Search,
): Promise<string> {
  for (let looked = 0; file !== undefined && looked < LOOKS; looked += 1) {
    const ts = await shareOf(around, file, to.channel);
    if (ts !== undefined) return ts;
    await pause(LOOK_MS);
  }
  return (await findOurs(around, to, same)) ?? to.thread ?? '';
}

async function shareOf(around: Around, file: string, channel: string): Promise<string | undefined> {
  try {
    const { file: info } = await around.reads.files.info({ file });
    const shares = info?.shares as
      { readonly public?: Shares; readonly private?: Shares } | undefined;
    return (shares?.public?.[channel] ?? shares?.private?.[channel])?.[0]?.ts;
  } catch {
    // The files are out: whatever goes wrong in finding their place must not make it look undone.
    return undefined;
  }
}
