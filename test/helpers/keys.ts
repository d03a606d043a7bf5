import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { STORE_ROLES } from '../../src/store/roles.ts';
import type { ByRole } from '../../src/store/roles.ts';
import { adminUrl } from './postgres.ts';

/** The folder of keys of this run: the roles belong to the whole server, so all suites share their passwords. */
export function keysFolder(): string {
  return path.join(os.tmpdir(), `aios-test-keys-${new URL(adminUrl()).port}`);
}

/** The password of each role of the store; whoever comes first makes it. */
export function rolePasswords(): ByRole {
  mkdirSync(keysFolder(), { recursive: true, mode: 0o700 });
  const each = Object.keys(STORE_ROLES).map((role) => [role, passwordOf(role)] as const);
  return Object.fromEntries(each) as ByRole;
}

function passwordOf(role: string): string {
  const file = path.join(keysFolder(), `${role}.password`);
  // Linked into its place as a whole: another suite must not read a file that is still empty.
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(fresh, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(fresh);
  }
  return readFileSync(file, 'utf8').trim();
}
