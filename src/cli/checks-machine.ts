import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { makeExact } from '../exact/open.ts';
import { loadSeatSdk } from '../lanes/seat-sdk.ts';
import type { Config } from '../config.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding } from './check.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What AIOS needs of this machine. */
export const MACHINE: readonly Check[] = [
  { id: 'node', test: async () => node(process.versions.node) },
  { id: 'home', test: ({ config }) => privateFolder(config.home, 'AIOS_HOME') },
  { id: 'keys', test: ({ config }) => keys(config) },
  { id: 'fence', test: fence },
  { id: 'seat-sdk', test: seatSdk },
  { id: 'chromium', test: chromium },
];

/** Judges a version of Node, such as 20.19.0. */
export function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok(`Node ${version}.`);
  return missing(
    `Node ${version}; 20.19 or newer is needed.`,
    'Install a newer Node from https://nodejs.org.',
  );
}

async function privateFolder(folder: string, setting: string): Promise<Finding> {
  if (!existsSync(folder)) return ok(`${folder} is made by the first start, closed to others.`);
  const { mode, uid } = await stat(folder);
  if (uid !== process.getuid?.())
    return missing(
      `${folder} belongs to another account.`,
      `Run AIOS as its owner, or set ${setting} to a folder of your own.`,
    );
  if ((mode & 0o077) === 0) return ok(`${folder} is closed to others.`);
  return missing(
    `${folder} is open to others (mode ${(mode & 0o777).toString(8)}).`,
    `chmod 700 ${folder}`,
  );
}

async function keys({ home, keys: folder, databaseUrl, slack }: Config): Promise<Finding> {
  const inside = relative(home, folder);
  if (inside === '' || !inside.startsWith('..'))
    return missing(
      `The keys in ${folder} lie inside AIOS_HOME, so one backup would hold both.`,
      'Set AIOS_KEYS to a folder outside of AIOS_HOME.',
    );
  const found = await privateFolder(folder, 'AIOS_KEYS');
  if (found.is !== 'ok' || !existsSync(folder)) return found;
  const open = await openFiles(folder);
  if (open.length > 0)
    return missing(
      `${open.length} key(s) can be read by others: ${open.join(', ')}.`,
      `chmod 600 ${open.join(' ')}`,
    );
  const serves = databaseUrl !== undefined || slack !== undefined;
  if (serves && (await onOneDisk(home, folder)))
    return warn(
      `The keys in ${folder} lie on the same file system as AIOS_HOME: whoever takes that disk, or an image of it, has both.`,
      'Set AIOS_KEYS to a folder on another volume, and never back both up to one place.',
    );
  return ok(`${folder} and every key in it are closed to others.`);
}

async function onOneDisk(...folders: readonly string[]): Promise<boolean> {
  const there = folders.filter((folder) => existsSync(folder));
  const devices = await Promise.all(there.map(async (folder) => (await stat(folder)).dev));
  return devices.length > 1 && new Set(devices).size === 1;
}

async function openFiles(folder: string): Promise<readonly string[]> {
  const open: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && ((await stat(file)).mode & 0o077) !== 0) open.push(file);
  }
  return open;
}

async function fence(): Promise<Finding> {
  const exact = makeExact();
  try {
    const { prefix, says } = await exact.fence();
    const sentence = `Exact programs run with ${says}.`;
    if (prefix.length > 0) return ok(sentence);
    return warn(sentence, 'Run AIOS on a Linux that permits user namespaces for the full fence.');
  } finally {
    await exact.close();
  }
}

async function seatSdk(): Promise<Finding> {
  if ((await loadSeatSdk()) !== undefined) return ok('The Copilot SDK is installed.');
  return warn(
    'The Copilot SDK (113 MB) is not installed; only the seat lane needs it.',
    'npm install --no-save @github/copilot-sdk@1.0.14',
  );
}

async function chromium(): Promise<Finding> {
  const found = [process.env['CHROMIUM_PATH'] ?? '', ...CHROMIUM].find(
    (path) => path !== '' && existsSync(path),
  );
  if (found !== undefined) return ok(`Chromium at ${found}.`);
  return warn(
    'There is no Chromium; only the tests of the page need one.',
    'apt-get install chromium, or set CHROMIUM_PATH.',
  );
}
