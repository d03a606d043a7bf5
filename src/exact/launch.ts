import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../core/fault.ts';

/** How the child is fenced on this machine, for health and doctor. */
export type Fence = {
  /** `unshare -n` or the like, put before node; empty where the machine does not permit it. */
  readonly prefix: readonly string[];
  readonly says: string;
};

/** The nearest folder above the child's entry that holds package.json: all that the child may read. */
export function appFolder(entry: URL): string {
  let folder = dirname(fileURLToPath(entry));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Fault(
        'bad_config',
        `Expected a package.json above ${fileURLToPath(entry)}, found none; run from the checkout.`,
      );
    folder = above;
  }
  return realpathSync(folder);
}

/** The permission model's switch: `--permission` from 22.13 and 23.5 on, the experimental one before. */
export function permissionFlag(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const stable = major > 23 || (major === 22 && minor >= 13) || (major === 23 && minor >= 5);
  return stable ? '--permission' : '--experimental-permission';
}

/**
 * Tries once whether this machine lets us start a process in an empty network namespace: as root directly, else
 * inside a user namespace. Where neither works the child refuses sockets itself, and the fence says so.
 */
export async function probeFence(): Promise<Fence> {
  const unshare = ['/usr/bin/unshare', '/bin/unshare'].find((path) => existsSync(path));
  const ways =
    unshare === undefined
      ? []
      : [
          [unshare, '-n'],
          [unshare, '-Urn'],
        ];
  for (const prefix of ways) {
    if (await succeeds([...prefix, process.execPath, '--version']))
      return { prefix, says: 'no files, no programs, an empty network namespace' };
  }
  return {
    prefix: [],
    says: 'no files, no programs; this machine permits no network namespace, so sockets are refused inside the child only',
  };
}

function succeeds(command: readonly string[]): Promise<boolean> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const tried = spawn(program, args, { stdio: 'ignore', env: {}, timeout: 5000 });
    tried.once('error', () => resolve(false));
    tried.once('close', (code) => resolve(code === 0));
  });
}

/** Starts one locked-down child: no environment, read access to the app folder only, a capped heap. */
export function launch(entry: URL, fence: Fence): ChildProcess {
  const app = appFolder(entry);
  const node = [
    process.execPath,
    permissionFlag(process.versions.node),
    `--allow-fs-read=${join(app, '*')}`,
    '--max-old-space-size=768',
    '--no-warnings',
    fileURLToPath(entry),
  ];
  const [program = '', ...args] = [...fence.prefix, ...node];
  return spawn(program, args, { cwd: app, env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
}
