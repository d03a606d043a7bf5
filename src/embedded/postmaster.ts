import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * What `postmaster.pid` of a data folder says, compared with the process it names.
 * `dead`: nobody has that number; Postgres clears such a file itself. `reused`: somebody else has it (or a corpse
 * nobody collected), which Postgres takes for a living postmaster and refuses to start.
 */
export type Postmaster =
  | { readonly is: 'none' }
  | { readonly is: 'dead' }
  | { readonly is: 'reused'; readonly text: string }
  | { readonly is: 'starting'; readonly pid: number }
  | { readonly is: 'ready'; readonly pid: number; readonly port: number };

/** Reads the state of the Postgres on a data folder (an absolute path without links). Costs under a millisecond on Linux. */
export function readPostmaster(data: string): Postmaster {
  const text = readOr(pidFile(data));
  if (text === undefined) return { is: 'none' };
  // https://www.postgresql.org/docs/18/storage-file-layout.html: line 1 pid, line 4 port, line 8 status.
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return { is: 'reused', text };
  const who = whoIs(pid, data);
  if (who === 'nobody') return { is: 'dead' };
  if (who === 'another') return { is: 'reused', text };
  const port = Number(lines[3]);
  return lines[7] === 'ready' && port > 0 ? { is: 'ready', pid, port } : { is: 'starting', pid };
}

/**
 * Removes a pid file that names a process which is not our Postgres. Between reading and removing, another starter may
 * have put a living one there: then that one is put back. Orphaned backends are no danger, Postgres itself refuses to
 * start while their shared memory is in use.
 */
export function setAside(data: string, text: string): void {
  const aside = path.join(data, `postmaster.pid.${randomBytes(4).toString('hex')}`);
  try {
    renameSync(pidFile(data), aside);
    if (readOr(aside) !== text) linkSync(aside, pidFile(data));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(aside, { force: true });
  }
}

function pidFile(data: string): string {
  return path.join(data, 'postmaster.pid');
}

/** A pid answers to signal 0 even when dead and not collected, or given to a stranger, so the process is looked at. */
function whoIs(pid: number, data: string): 'ours' | 'another' | 'nobody' {
  const found = process.platform === 'linux' ? lookInProc(pid) : lookWithPs(pid);
  if (found === undefined) return 'nobody';
  const ours = !found.dead && /postgres/.test(found.command) && found.command.includes(data);
  return ours ? 'ours' : 'another';
}

type Seen = { readonly dead: boolean; readonly command: string };

/** Debian's slim images have no ps. */
function lookInProc(pid: number): Seen | undefined {
  const stat = readOr(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '';
  return { dead: 'ZX'.includes(state), command: readOr(`/proc/${pid}/cmdline`) ?? '' };
}

/** macOS has no /proc. */
function lookWithPs(pid: number): Seen | undefined {
  try {
    const args = ['-ww', '-o', 'stat=', '-o', 'args=', '-p', String(pid)];
    const line = execFileSync('ps', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { dead: line.trim().startsWith('Z'), command: line };
  } catch {
    return undefined;
  }
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
