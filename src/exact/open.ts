import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import type { Exact, NamedFile, ProgramResult } from '../flow/ports/exact.ts';
import { holdToCaps } from './caps.ts';
import { readHouseStyle } from './house-style.ts';
import { makeKid, type Answer, type Limits } from './kid.ts';
import { appFolder, launch, probeFence, type Fence } from './launch.ts';
import { makePool, type Pool } from './pool.ts';
import { pack, unpack, type Work, type WireResult } from './wire.ts';

export type ExactOptions = {
  /** The child's program; by default the one built beside this file. */
  readonly childEntry?: URL;
  /** Text of the house style; by default `rules/house-style.yaml` of the app folder. */
  readonly houseStyle?: string;
  readonly limits?: Partial<Limits>;
  readonly atOnce?: number;
  /** Jobs after which a child is replaced. */
  readonly jobsPerChild?: number;
  readonly now?: () => number;
};

/** `Exact` and what health and doctor want to know of it. */
export type ExactRoom = Exact & { fence(): Promise<Fence> };

const LIMITS: Limits = { jobMs: 60_000, engineMs: 15_000, bytes: 1_600_000_000, lookMs: 100 };
const KEEP_BYTES = 700_000_000;
const IDLE_MS = 60_000;

/**
 * Opens the exact programs and checks. Nothing is started before the first job.
 * Throws Fault `bad_rules` when the house style is not sound (with file, line and column).
 */
export function makeExact(options: ExactOptions = {}): ExactRoom {
  const entry = options.childEntry ?? new URL('./child/main.js', import.meta.url);
  const style =
    options.houseStyle ?? readFileSync(join(appFolder(entry), 'rules', 'house-style.yaml'), 'utf8');
  readHouseStyle(style);
  const limits = { ...LIMITS, ...options.limits };
  const now = options.now ?? Date.now;
  let fence: Promise<Fence> | undefined;
  const fenced = (): Promise<Fence> => (fence ??= probeFence());
  const pool = makePool({
    start: async () => makeKid(launch(entry, await fenced()), limits),
    atOnce: options.atOnce ?? 2,
    most: options.jobsPerChild ?? 50,
    keepBytes: KEEP_BYTES,
    idleMs: IDLE_MS,
  });
  const ask = makeAsk(pool, { style, now });
  return {
    fence: fenced,
    close: () => pool.close(),
    run: async (program, files, signal) => {
      const answer = await ask({ is: 'run', program }, files, signal);
      if (answer.is !== 'result') throw unexpected(answer);
      return opened(answer.result);
    },
    check: async (gate, files, signal) => {
      if (gate === 'none') return { findings: [], engines: [], notChecked: [] };
      const answer = await ask({ is: 'check', gate }, files, signal);
      if (answer.is !== 'report') throw unexpected(answer);
      return answer.report;
    },
  };
}

type Ask = (work: Work, files: readonly NamedFile[], signal: AbortSignal) => Promise<Answer>;

function makeAsk(pool: Pool, told: { readonly style: string; readonly now: () => number }): Ask {
  let last = 0;
  return async (work, files, signal) => {
    holdToCaps(files);
    last += 1;
    return pool.work(
      { id: last, work, files: files.map(pack), style: told.style, now: told.now() },
      signal,
    );
  };
}

function opened(result: WireResult): ProgramResult {
  return result.is === 'done' ? { ...result, files: result.files.map(unpack) } : result;
}

function unexpected(answer: Answer): Fault {
  if (answer.is === 'fault') return new Fault(answer.code, answer.says);
  return new Fault(
    'gate_broken',
    `Expected the answer to the question asked, got a ${answer.is}; try again.`,
  );
}
