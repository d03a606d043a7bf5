import { chmod, link, mkdir, open, rm, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault, sentenceOf } from '../core/fault.ts';

/** Makes a folder that nobody else can look into, mode 0700. */
export async function ownFolder(folder: string): Promise<void> {
  await written(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  });
}

/**
 * Puts a text in the place of a file, mode 0600: after a crash or on a full disk there is the old text or the new one,
 * never a part. Throws Fault `unavailable` (retry) when it cannot be written.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await written(path, async () => {
    const fresh = `${path}.new`;
    await put(fresh, text);
    await rename(fresh, path);
    await settle(dirname(path));
  });
}

/** Writes a file, mode 0600, unless it is there; of two processes at once exactly one writes. Says whether it did. */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  return written(path, async () => {
    const fresh = `${path}.${process.pid}.new`;
    await put(fresh, text);
    try {
      await link(fresh, path);
      await settle(dirname(path));
      return true;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
      return false;
    } finally {
      await rm(fresh);
    }
  });
}

async function put(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is safe from a power cut only when its folder is: https://man7.org/linux/man-pages/man2/fsync.2.html */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function written<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw new Fault(
      'unavailable',
      `${path} cannot be written: ${sentenceOf(cause)}. Make room, or give its folder back to the account of AIOS; nothing is lost, and what waits goes on by itself.`,
      { cause, retry: true },
    );
  }
}
