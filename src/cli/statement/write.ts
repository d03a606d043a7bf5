import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault, sentenceOf } from '../../core/fault.ts';
import type { Files } from '../../ledger/bundle-files.ts';

/** Throws Fault `bad_input` unless nothing would be written over: the folder is not there, or is empty. */
export async function refuseFull(folder: string): Promise<void> {
  const there = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw new Fault(
      'bad_input',
      `${folder} cannot be used as a folder: ${sentenceOf(thrown)}. Name another with --out. Nothing was written.`,
      { cause: thrown },
    );
  });
  if (there.length > 0)
    throw new Fault(
      'bad_input',
      `${folder} must be new or empty, and holds ${there.length} file(s): a statement is never mixed with other files. Name another with --out. Nothing was written.`,
    );
}

/**
 * Writes the files beside their place, lets `done` happen, and moves them there: whoever finds the folder finds all of
 * it. When `done` throws nothing is left behind.
 */
export async function writeWhole(
  folder: string,
  files: Files,
  done: () => Promise<void>,
): Promise<void> {
  const place = resolve(folder);
  const beside = `${place}.${process.pid}.part`;
  try {
    for (const [name, bytes] of files) {
      await mkdir(dirname(join(beside, name)), { recursive: true });
      await writeFile(join(beside, name), bytes, { flag: 'wx' });
    }
    await refuseFull(place);
    await done();
    await rename(beside, place);
  } catch (thrown) {
    await rm(beside, { recursive: true, force: true });
    if (thrown instanceof Fault) throw thrown;
    throw new Fault(
      'unavailable',
      `The statement could not be written to ${place}: ${sentenceOf(thrown)}. Mend that and make it again.`,
      { cause: thrown },
    );
  }
}
