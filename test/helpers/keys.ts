import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adminUrl } from './postgres.ts';

/** The folder of keys of this run: the writer role belongs to the whole server, so all suites share its password. */
export function keysFolder(): string {
  return path.join(os.tmpdir(), `aios-test-keys-${new URL(adminUrl()).port}`);
}

/** The password of the writer role; whoever comes first makes it. */
export function writerPassword(): string {
  mkdirSync(keysFolder(), { recursive: true, mode: 0o700 });
  const file = path.join(keysFolder(), 'writer.password');
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
  return readFileSync(file, 'utf8').trim();
}
