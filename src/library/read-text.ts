import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { sentenceOf } from '../core/fault.ts';

/** The text of a file, or what stood there instead and in which line it shows, to be told as `got: ...`. */
export type ReadText = { readonly text: string } | Unread;
export type Unread = {
  readonly got: string;
  readonly line: number;
  readonly missing: boolean;
  /** Its size, where that is why. */
  readonly bytes?: number;
};

/** The largest file of rules: far above any written by hand, far below what would hold up a start. */
export const LARGEST_BYTES = 2_000_000;

/**
 * Reads a file of the library: a plain file inside `folder`, of at most `most` bytes of UTF-8. What is larger is not read
 * at all, and a pipe or a device is not waited for. A link counts as what it leads to, and may not lead out of the folder.
 */
export async function readText(
  folder: string,
  name: string,
  most: number = LARGEST_BYTES,
): Promise<ReadText> {
  try {
    const file = await realpath(resolve(folder, name));
    if (relative(await realpath(folder), file).startsWith('..'))
      return refused('a link that leads out of its folder');
    // A pipe that nobody writes to would be waited for without end.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readHandle(handle, most);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return { ...refused(gotOf(thrown)), missing: codeOf(thrown) === 'ENOENT' };
  }
}

async function readHandle(handle: FileHandle, most: number): Promise<ReadText> {
  const stat = await handle.stat();
  if (stat.isDirectory()) return refused('a folder');
  if (!stat.isFile()) return refused('something that is no file');
  if (stat.size > most)
    return {
      ...refused(`${stat.size} bytes, and at most ${most} are read`),
      bytes: stat.size,
    };
  const bytes = Buffer.alloc(stat.size);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  return decoded(bytes.subarray(0, bytesRead));
}

function decoded(bytes: Buffer): ReadText {
  const text = bytes.toString('utf8');
  const again = Buffer.from(text, 'utf8');
  if (again.equals(bytes)) return { text };
  const at = bytes.findIndex((byte, i) => byte !== again[i]);
  const line = bytes.subarray(0, at).toString('utf8').split('\n').length;
  return { got: 'bytes that are no UTF-8', line, missing: false };
}

function refused(got: string): Unread {
  return { got, line: 1, missing: false };
}

function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException | null)?.code;
}

const KNOWN: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a folder',
  ELOOP: 'links that lead in a circle',
  EACCES: 'a file this user may not read',
  ENXIO: 'something that is no file',
};

function gotOf(thrown: unknown): string {
  return KNOWN[codeOf(thrown) ?? ''] ?? sentenceOf(thrown);
}
