import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';

/** Keys kept outside the database, one file each, readable by the owner of the process alone. */
export type Keys = {
  /** The 32-byte key of that name; made on first use. Throws Fault `bad_config` when a file is open to others or damaged. */
  get(name: string): Promise<Uint8Array>;
};

const KEY_BYTES = 32;

/** Opens the folder of keys, mode 0700, and makes it when it is not there. */
export async function openKeys(folder: string): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const known = new Map<string, Promise<Uint8Array>>();
  return {
    get: (name) => {
      const held = known.get(name) ?? load(join(folder, `${name}.key`));
      known.set(name, held);
      held.catch(() => known.delete(name));
      return held;
    },
  };
}

async function load(path: string): Promise<Uint8Array> {
  await makeOnce(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0)
    throw new Fault(
      'bad_config',
      `The key file ${path} must have mode 0600, got ${(mode & 0o777).toString(8)}. Run: chmod 600 ${path}`,
    );
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  if (key.length !== KEY_BYTES)
    throw new Fault(
      'bad_config',
      `The key file ${path} must hold ${KEY_BYTES} bytes as hex, got ${key.length}. Restore it from your backup; without it the texts it opens are lost.`,
    );
  return key;
}

/** Writes a fresh key unless the file is there; of two processes at once exactly one writes. */
async function makeOnce(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await file.sync();
    await file.close();
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== 'EEXIST') throw thrown;
    await written(path);
  }
}

/** A file just made by another process may still be empty for a moment. */
async function written(path: string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if ((await stat(path)).size > 0) return;
    await new Promise((next) => setImmediate(next));
  }
}
