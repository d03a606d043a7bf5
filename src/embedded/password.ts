import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Fault } from '../core/fault.ts';

/**
 * The superuser's password, kept in `postgres.password` of the keys folder, mode 0600; made on the first start.
 * A file that others may read is closed again and said so through `log`.
 * Throws Fault `bad_config` when the file is no plain file of ours, is empty, or is missing although there is `data` already.
 */
export function keepPassword(
  keys: string,
  dataExists: boolean,
  log: (sentence: string) => void,
): string {
  const file = path.join(keys, 'postgres.password');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) {
    if (dataExists) throw missing(file);
    create(file);
  }
  secure(file, log);
  const password = readFileSync(file, 'utf8').trim();
  if (password === '') throw missing(file);
  return password;
}

/** Two starters may come here at once: the whole file appears under its name, or another's was first. */
function create(file: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
}

function secure(file: string, log: (sentence: string) => void): void {
  const found = lstatSync(file);
  if (!found.isFile() || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new Fault(
      'bad_config',
      `Expected ${file} to be a plain file of the account that runs AIOS, found a ` +
        `${found.isFile() ? 'file of another account' : 'link or folder'}: check who put it there, and give it back.`,
    );
  }
  if ((found.mode & 0o077) === 0) return;
  chmodSync(file, 0o600);
  log(
    `${file} was readable by others (mode ${(found.mode & 0o777).toString(8)}); it is 600 again.`,
  );
}

function missing(file: string): Fault {
  return new Fault(
    'bad_config',
    `Expected the password of the database in ${file}, found none, while its data exist: ` +
      'put the file back from your backup of the keys, or set AIOS_KEYS to the folder that holds it.',
  );
}
