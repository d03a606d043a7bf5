import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../core/fault.ts';

/**
 * Under which account the Postgres programs run. Postgres refuses to run as root, so root has to step down somehow.
 * `before` is put in front of each command; `owner` must own the data, undefined means whoever we are.
 */
export type Account = {
  readonly name: string;
  readonly before: readonly string[];
  readonly ids: { readonly uid?: number; readonly gid?: number };
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
};

type Ids = { readonly uid: number; readonly gid: number };

const PLAIN: Account = { name: 'you', before: [], ids: {}, owner: undefined };

/**
 * The first way that works, from the most modest on:
 * 1. not root: as we are;
 * 2. an existing account (`postgres`, else `nobody`) that can reach both the programs and the data;
 * 3. a user namespace without a mapping: to Postgres we are nobody, to the files (a home folder of mode 0700) still their owner;
 * 4. such an account with the one capability it needs to reach into our folders (containers that forbid 3).
 * Throws Fault `bad_config` when none works.
 */
export function chooseAccount(postgres: string, home: string): Account {
  if (process.getuid?.() !== 0) return PLAIN;
  const known = ['postgres', 'nobody'].flatMap((name) => lookUp(name));
  const ways = [
    ...known.map(({ name, ids }): Account => ({ name, before: [], ids, owner: ids })),
    {
      name: 'an unmapped user namespace',
      before: ['unshare', '-U'],
      ids: {},
      owner: { uid: 0, gid: 0 },
    },
    ...known.map(({ name, ids }): Account => ({
      name: `${name} with leave to reach ${home}`,
      before: withReach(ids),
      ids: {},
      owner: ids,
    })),
  ];
  const found = ways.find((way) => works(way, postgres, home));
  if (found !== undefined) return found;
  throw new Fault(
    'bad_config',
    `Postgres does not run as root, and no other account can reach ${home} here: ` +
      'run AIOS as a plain user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** The command line of one program under an account. */
export function commandOf(
  account: Account,
  program: string,
  args: readonly string[],
): { readonly command: string; readonly args: readonly string[] } {
  const [command = program, ...rest] = [...account.before, program, ...args];
  return { command, args: rest };
}

/** Nothing of the user's PG* variables or language may change what the programs do. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };
}

/** Hands a folder and everything in it to the account; does nothing where it is the owner already. */
export function handOver(account: Account, folder: string): void {
  if (account.owner === undefined || lstatSync(folder).uid === account.owner.uid) return;
  const { uid, gid } = account.owner;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(path.join(folder, name), uid, gid);
  }
  // Last, so that a half-done handing over is begun again.
  chownSync(folder, uid, gid);
}

function withReach({ uid, gid }: Ids): readonly string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--bounding-set=-all,+dac_override',
  ];
}

function works(way: Account, postgres: string, home: string): boolean {
  const script = 'test -x "$1" && exec "$2" --version';
  const { command, args } = commandOf(way, '/bin/sh', ['-c', script, 'sh', home, postgres]);
  return spawnSync(command, args, { ...way.ids, cwd: '/', stdio: 'ignore' }).status === 0;
}

function lookUp(name: string): readonly { readonly name: string; readonly ids: Ids }[] {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return found.status === 0 ? Number(found.stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? [] : [{ name, ids: { uid, gid } }];
}
