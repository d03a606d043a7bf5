import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Fault } from '../core/fault.ts';
import { bareEnvironment, commandOf, handOver, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';

const DRAFT = 'pg-new-';

/** Which major version of Postgres made this folder; undefined when there is none yet. */
export function majorOf(data: string): string | undefined {
  const file = path.join(data, 'PG_VERSION');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (!existsSync(data) || readdirSync(data).length === 0) return undefined;
  throw new Fault(
    'data_version',
    `Expected ${data} to be empty or the data of a Postgres, found files without a PG_VERSION: ` +
      'AIOS never writes over them. Move the folder away to begin anew, or put the whole folder back from a backup.',
  );
}

/** Throws Fault `data_version` when the data were made by another major version, which these programs cannot read. */
export function refuseOtherMajor(data: string, major: string): void {
  const found = majorOf(data);
  if (found === undefined || found === major) return;
  throw new Fault(
    'data_version',
    `The data in ${data} were made by Postgres ${found}; this AIOS ships Postgres ${major}, which cannot read them. ` +
      `Nothing was changed. Dump them with a Postgres ${found} (pg_dumpall) and load them into a new folder, ` +
      'go back to the AIOS that made them, or set DATABASE_URL to a Postgres that serves them.',
  );
}

/**
 * Makes the data folder when there is none. It is made under another name and renamed when whole, so a kill in between
 * leaves no half folder, and of two starters the second finds the first one's and drops its own.
 * Throws Fault `bad_config` with what initdb said.
 */
export async function initialise(
  data: string,
  how: { readonly binaries: Binaries; readonly account: Account; readonly password: string },
): Promise<void> {
  if (majorOf(data) !== undefined) return handOver(how.account, data);
  const draft = path.join(path.dirname(data), `${DRAFT}${randomBytes(4).toString('hex')}`);
  const pwfile = `${draft}.password`;
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(pwfile, how.password, { mode: 0o600, flag: 'wx' });
    const { owner } = how.account;
    if (owner !== undefined) for (const it of [draft, pwfile]) chownSync(it, owner.uid, owner.gid);
    const failed = await runInitdb(how, draft, pwfile);
    renameUnlessThere(draft, data, failed);
  } finally {
    rmSync(pwfile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Removes what a start that was killed during `initialise` left behind; call it only when a Postgres is running on the
 * data. An initdb that outlived its starter may still be writing: its folder then goes with the next start.
 */
export function sweepDrafts(home: string): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith(DRAFT)) removeUnlessBusy(path.join(home, name));
  }
}

function removeUnlessBusy(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw thrown;
  }
}

function renameUnlessThere(draft: string, data: string, failed: Fault | undefined): void {
  try {
    if (failed !== undefined) throw failed;
    renameSync(draft, data);
  } catch (thrown) {
    // A failure does not matter once another starter has made the folder.
    if (majorOf(data) === undefined) throw thrown;
  }
}

async function runInitdb(
  how: { readonly binaries: Binaries; readonly account: Account },
  draft: string,
  pwfile: string,
): Promise<Fault | undefined> {
  const { command, args } = commandOf(how.account, how.binaries.initdb, [
    `--pgdata=${draft}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${pwfile}`,
    // The built-in locale is the same on every platform and never changes under an index.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // Skips only initdb's own flush: a folder lost to a power cut in its first second is made again.
    '--no-sync',
    '--set=timezone=UTC',
    '--set=log_timezone=UTC',
  ]);
  const child = spawn(command, args, {
    ...how.account.ids,
    cwd: '/',
    env: bareEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  if (code === 0) return undefined;
  return new Fault(
    'bad_config',
    `Postgres could not make its data folder in ${path.dirname(draft)} (initdb ended with ${String(code)}: ` +
      `${said.join('').trim()}): check free space and rights there, or set DATABASE_URL.`,
  );
}
