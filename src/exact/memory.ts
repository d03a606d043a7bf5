import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** Resident bytes of a process: from /proc on Linux, from ps elsewhere; 0 once it is gone. */
export async function residentBytes(pid: number): Promise<number> {
  if (process.platform !== 'linux') return fromPs(pid);
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? fromStatm(pid) : Number(kilobytes) * 1024;
}

async function fromStatm(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}

function fromPs(pid: number): Promise<number> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      resolve(error === null ? Number(stdout.trim()) * 1024 : 0);
    });
  });
}
