import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientBySlug } from '../../flow/command/settings.ts';
import type { Aios } from '../../main.ts';
import { handOver } from '../statement.ts';

/** What the client's own check said of the statement of the day, line by line. */
export type Checked = { readonly accepted: boolean; readonly lines: readonly string[] };

/**
 * Makes Acme's statement of the day and checks it as Acme would: in a folder with nothing else in it, by the one file
 * that came with it. `keep` names a new folder the statement stays in.
 */
export async function handOverDay({ world, base }: Aios, keep: string | null): Promise<Checked> {
  const desk = await mkdtemp(join(tmpdir(), 'aios-client-'));
  const folder = join(desk, 'statement');
  try {
    const client = await clientBySlug(world, 'acme');
    const day = new Intl.DateTimeFormat('sv', { timeZone: base.config.zone, dateStyle: 'short' });
    const today = day.format(world.clock.now());
    const ask = { client, days: { from: today, to: today }, practice: undefined };
    const { keys } = await handOver({ world, base }, ask, folder);
    if (keep !== null)
      await cp(folder, keep, { recursive: true, errorOnExist: true, force: false });
    return await checked(folder, keys.at(-1) ?? '');
  } finally {
    await rm(desk, { recursive: true, force: true });
  }
}

function checked(cwd: string, key: string): Promise<Checked> {
  const args = ['verify.mjs', '--key', key];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env: {} }, (error, says, complaints) =>
      resolve({ accepted: error === null, lines: `${says}${complaints}`.trimEnd().split('\n') }),
    );
  });
}
