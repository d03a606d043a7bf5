import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHECKS } from '../../src/cli/checks.ts';
import { examine } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { settleAcme } from './acme.ts';
import { runAios } from './aios.ts';
import type { Running } from './aios.ts';
import { built } from './built.ts';
import { aios, makePlace } from './program.ts';

/** AIOS with a record, a copy of the rules to change, and the program that ships to replay it with. */
export type Replaying = {
  readonly running: Running;
  /** The folder of the copied rules. */
  readonly rules: string;
  /** As the program is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** `aios rules replay` with these flags, as a process of its own. */
  replay(
    ...flags: readonly string[]
  ): Promise<{ readonly code: number | null; readonly said: string }>;
  /** What doctor finds of it. */
  doctor(): ReturnType<typeof examine>;
  close(): Promise<void>;
};

export async function startReplaying(): Promise<Replaying> {
  await built();
  const running = await runAios();
  const place = makePlace();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-rules-'));
  const rules = path.join(folder, 'rules');
  cpSync('rules', rules, { recursive: true });
  await settleAcme(running);
  const env = { ...place.env, ...running.env };
  return {
    running,
    rules,
    env,
    replay: async (...flags) => {
      const program = aios(['rules', 'replay', ...flags], env);
      const code = await program.ended;
      return { code, said: program.said() };
    },
    doctor: () => {
      const own = CHECKS.filter(({ id }) => id === 'replay');
      return examine(readConfig(env), own);
    },
    close: async () => {
      await running.close();
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
