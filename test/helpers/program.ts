import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopEmbedded } from '../../src/embedded/launch.ts';
import { until } from './until.ts';

const BIN = path.resolve('bin/aios.mjs');

/** A folder for one installation, and the environment that names it: nothing else of ours is in it. */
export type Place = {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends whatever of it still runs and removes it. */
  remove(): Promise<void>;
};

export function makePlace(): Place {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-program-'));
  const home = path.join(folder, 'home');
  return {
    home,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: path.join(folder, 'empty'),
      AIOS_HOME: home,
      AIOS_PORT: '0',
      AIOS_TIME_ZONE: 'Europe/Berlin',
    },
    remove: async () => {
      await stopEmbedded(home);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A started `aios`, with what it said so far. */
export type Program = {
  readonly child: ChildProcess;
  /** stdout and stderr as they came. */
  said(): string;
  /** Resolves to the exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
};

export function aios(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => text, ended };
}

/** The port in the address it prints; throws when it ends without one. */
export function portOf(program: Program): Promise<number> {
  const look = (): number | undefined => {
    const port = /http:\/\/127\.0\.0\.1:([0-9]+)\//.exec(program.said())?.[1];
    if (port === undefined && program.child.exitCode !== null)
      throw new Error(`aios ended without an address:\n${program.said()}`);
    return port === undefined ? undefined : Number(port);
  };
  return until('aios prints its address', look, 60_000);
}
