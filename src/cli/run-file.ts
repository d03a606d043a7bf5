import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Aios } from '../main.ts';
import type { Config } from '../config.ts';

const RUN = z.object({ apiUrl: z.string(), botToken: z.string(), appToken: z.string() });
export type Run = z.infer<typeof RUN>;

const fileOf = (config: Config): string => join(config.home, 'run.json');

/** Leaves word, for the command line on this machine alone, of where the local workspace of the running AIOS is. */
export async function noteRun(config: Config, { front }: Aios): Promise<void> {
  if (front.workspace === null) return;
  const { apiUrl, botToken, appToken } = front.workspace;
  await writeFile(fileOf(config), JSON.stringify({ apiUrl, botToken, appToken }), { mode: 0o600 });
}

export async function forgetRun(config: Config): Promise<void> {
  await rm(fileOf(config), { force: true });
}

/** Where the running AIOS is; null when none left word. After a kill the word may be stale: whoever uses it must be ready for silence. */
export async function readRun(config: Config): Promise<Run | null> {
  try {
    return RUN.parse(JSON.parse(await readFile(fileOf(config), 'utf8')));
  } catch {
    return null;
  }
}
