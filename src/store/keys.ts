import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { keyName, readKeyName } from './key-name.ts';
import type { KeyOwner } from './key-name.ts';

export type NamedKey = { readonly name: string; readonly key: Uint8Array };

/**
 * Keys kept outside the database, one file each, readable by the owner of the process alone. A key is the practice's or
 * a client's and has numbered generations, of which the newest wraps what is new.
 */
export type Keys = {
  /** The 32-byte key of that name; null when it is not there (any more). Throws Fault `bad_config` when its file is open to others or damaged. */
  get(name: string): Promise<Uint8Array | null>;
  /** The newest generation; the first one is made on first use. */
  current(owner: KeyOwner): Promise<NamedKey>;
  /** The generations that are there, oldest first. */
  generations(owner: KeyOwner): Promise<readonly number[]>;
  /** Makes a generation; one that is there already stays as it is. */
  rotate(owner: KeyOwner, generation: number): Promise<void>;
  /**
   * Overwrites the file, removes it and has the folder written to disk. What the disk itself, its snapshots or a copy
   * of the file elsewhere still hold is beyond this: see docs/erasure.md.
   */
  destroy(name: string): Promise<void>;
};

const KEY_BYTES = 32;
const ENDING = '.key';

/** Opens the folder of keys, mode 0700, and makes it when it is not there. */
export async function openKeys(folder: string): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const known = new Map<string, Uint8Array>();
  const get = async (name: string): Promise<Uint8Array | null> => {
    const path = join(folder, name + ENDING);
    if (!(await isThere(path))) return null;
    const key = known.get(name) ?? (await load(path));
    known.set(name, key);
    return key;
  };
  const generations = (owner: KeyOwner) => generationsIn(folder, owner);
  return {
    get,
    generations,
    rotate: (owner, generation) => makeOnce(folder, keyName(owner, generation)),
    current: async (owner) => {
      for (;;) {
        const newest = (await generations(owner)).at(-1);
        const name = keyName(owner, newest ?? 1);
        if (newest === undefined) await makeOnce(folder, name);
        const key = await get(name);
        // Destroyed since the look: then a newer one is there.
        if (key !== null) return { name, key };
      }
    },
    destroy: async (name) => {
      known.delete(name);
      await destroy(folder, name);
    },
  };
}

/** The names of the keys in a folder, sorted; none when there is no such folder. Nothing is opened. */
export async function keyNamesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch(unlessMissing<string[]>([]));
  return files
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .filter((name) => readKeyName(name) !== undefined)
    .toSorted();
}

async function generationsIn(folder: string, owner: KeyOwner): Promise<readonly number[]> {
  return (await keyNamesIn(folder))
    .map(readKeyName)
    .flatMap((read) => (read?.owner === owner ? [read.generation] : []))
    .toSorted((a, b) => a - b);
}

/** Whether the key is there. Throws Fault `bad_config` when others could read it. */
async function isThere(path: string): Promise<boolean> {
  const found = await stat(path).catch(unlessMissing(null));
  if (found === null) return false;
  if ((found.mode & 0o077) === 0) return true;
  throw new Fault(
    'bad_config',
    `The key file ${path} must have mode 0600, got ${(found.mode & 0o777).toString(8)}. Run: chmod 600 ${path}`,
  );
}

async function load(path: string): Promise<Uint8Array> {
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  if (key.length !== KEY_BYTES)
    throw new Fault(
      'bad_config',
      `The key file ${path} must hold ${KEY_BYTES} bytes as hex, got ${key.length}. Restore it from your backup; without it the texts it opens are lost.`,
    );
  return key;
}

/**
 * Makes a key unless it is there; of two processes at once exactly one does. It appears under its name whole and on
 * disk: a process that dies here leaves a draft that nothing was locked with.
 */
async function makeOnce(folder: string, name: string): Promise<void> {
  const path = join(folder, name + ENDING);
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
  await file.sync();
  await file.close();
  try {
    await link(draft, path);
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== 'EEXIST') throw thrown;
  } finally {
    await unlink(draft);
  }
  await syncFolder(folder);
}

/** Destroys a key, and the draft of it that a process left which died while it was made. */
async function destroy(folder: string, name: string): Promise<void> {
  const file = name + ENDING;
  for (const found of await readdir(folder))
    if (found === file || found.startsWith(`${file}.`)) await overwrite(join(folder, found));
  await syncFolder(folder);
}

async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+').catch(unlessMissing(null));
  if (file === null) return;
  const { size } = await file.stat();
  await file.write(randomBytes(size), 0, size, 0);
  await file.sync();
  await file.close();
  await unlink(path).catch(unlessMissing(undefined));
}

/** A name that was added or removed is on disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

const unlessMissing =
  <T>(instead: T) =>
  (thrown: unknown): T => {
    if ((thrown as { code?: string }).code !== 'ENOENT') throw thrown;
    return instead;
  };
