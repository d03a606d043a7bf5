import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 256 * 2 ** 20;

async function git(folder, args) {
  const { stdout } = await run('git', [`--git-dir=${folder}`, ...args], {
    maxBuffer: MOST_BYTES,
    encoding: 'buffer',
  });
  return stdout.toString('utf8');
}

/**
 * Every version of a file on the main line of a repository up to a commit, oldest first, under the name it had then.
 * A commit that removes the file is left out.
 * @returns {Promise<{path: string, text: string}[]>}
 */
export async function versionsOf(folder, { path, commit = 'HEAD' }) {
  const log = ['log', '--first-parent', '-m', '--follow', '--format=%x01%H', '--name-status', '-z'];
  const commits = (await git(folder, [...log, commit, '--', path]))
    .split('\u0001')
    .slice(1)
    .map((one) => one.split('\0').map((part) => part.trim()))
    .map((parts) => parts.filter((part) => part !== ''))
    .filter(([, status]) => status !== undefined && status !== 'D')
    .reverse();
  const versions = [];
  for (const parts of commits) {
    const name = parts.at(-1);
    versions.push({ path: name, text: await git(folder, ['show', `${parts[0]}:${name}`]) });
  }
  return versions;
}

/** Versions of one file as commits in one line of a repository of their own. */
export async function openLine(versions) {
  const folder = await mkdtemp(join(tmpdir(), 'aios-bench-blame-'));
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  await fastImport(folder, versions);
  const commits = (await git(folder, ['rev-list', '--reverse', 'main'])).trim().split('\n');
  return { folder, commits, close: () => rm(folder, { recursive: true, force: true }) };
}

async function fastImport(folder, versions) {
  const child = spawn('git', [`--git-dir=${folder}`, 'fast-import', '--quiet', '--done'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  for (const [i, { path, text }] of versions.entries()) {
    const bytes = Buffer.from(text);
    const who = `v${i} <v${i}@example.org> ${1_600_000_000 + i * 60} +0000`;
    child.stdin.write(`commit refs/heads/main\ncommitter ${who}\ndata 0\n`);
    child.stdin.write(`deleteall\nM 100644 inline ${path}\ndata ${bytes.length}\n`);
    child.stdin.write(bytes);
    child.stdin.write('\n\n');
  }
  child.stdin.end('done\n');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

/**
 * What `git blame -w -M -C` says of each line of the last version.
 * @returns {Promise<{version: number, line: number}[]>} the version, and the line it was in that one, from 0
 */
export async function gitBlame({ folder, commits }, path) {
  const order = new Map(commits.map((commit, i) => [commit, i]));
  const blame = ['blame', '-w', '-M', '-C', '--line-porcelain', 'main', '--', path];
  const lines = (await git(folder, blame)).matchAll(/^([0-9a-f]{40}) (\d+) \d+/gm);
  return Array.from(lines, ([, commit, line]) => ({
    version: order.get(commit),
    line: Number(line) - 1,
  }));
}

/** For each word of a version whether git's own word diff calls it added by it. */
export async function gitAdded({ folder, commits }, version) {
  if (version === 0) return () => true;
  const words = ['--word-diff=porcelain', '--word-diff-regex=[[:alnum:]]+|[^[:space:]]'];
  const range = [commits[version - 1], commits[version]];
  const diff = await git(folder, ['diff', '-w', '-M01%', '--unified=1000000', ...words, ...range]);
  const body = diff.slice(diff.indexOf('\n@@'));
  const added = body
    .split('\n')
    .slice(2)
    .filter((line) => line.startsWith(' ') || line.startsWith('+'))
    .flatMap((line) => (line.slice(1).match(WORD) ?? []).map(() => line.startsWith('+')));
  return (word) => added[word] ?? true;
}

export const WORD = /[\p{L}\p{M}\p{N}]+/gu;
