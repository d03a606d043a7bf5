import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { MOST_SCANNED } from '../flow/ports/exact.ts';
import type { Exact, NamedFile, ProgramResult, ReadDocument } from '../flow/ports/exact.ts';
import type { SecretSpan } from '../core/secrets.ts';
import { CAPS, holdToCaps } from './caps.ts';
import { readHouseStyle } from './house-style.ts';
import { makeKid, type Answer, type Limits } from './kid.ts';
import { appFolder, launch, probeFence, type Fence } from './launch.ts';
import { makePool, type Pool } from './pool.ts';
import { pack, packWhole, unpack, type WireFile, type WireResult, type Work } from './wire.ts';

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
      const answer = await ask({ is: 'run', program }, packed(files), signal);
      if (answer.is !== 'result') throw unexpected(answer);
      return opened(answer.result);
    },
    check: async (gate, files, signal) => {
      if (gate === 'none') return { findings: [], engines: [], notChecked: [] };
      const answer = await ask({ is: 'check', gate }, packed(files), signal);
      if (answer.is !== 'report') throw unexpected(answer);
      return answer.report;
    },
    read: (file, signal) => readOne(ask, file, signal),
    secrets: (texts, signal) => searchSecrets(ask, texts, signal),
  };
}

type Ask = (work: Work, files: readonly WireFile[], signal: AbortSignal) => Promise<Answer>;

function makeAsk(pool: Pool, told: { readonly style: string; readonly now: () => number }): Ask {
  let last = 0;
  return async (work, files, signal) => {
    last += 1;
    return pool.work({ id: last, work, files, style: told.style, now: told.now() }, signal);
  };
}

function packed(files: readonly NamedFile[]): readonly WireFile[] {
  holdToCaps(files);
  return files.map(pack);
}

/** One document to one job: what kills the child, kills no other reading. */
async function readOne(ask: Ask, file: NamedFile, signal: AbortSignal): Promise<ReadDocument> {
  if (file.bytes.length > CAPS.document)
    return unreadable(
      `it is larger than ${CAPS.document / 1e6} MB. Take its pictures out, or send the part it is about.`,
    );
  let answer: Answer;
  try {
    answer = await ask({ is: 'read' }, [packWhole(file)], signal);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'gate_broken') throw thrown;
    return unreadable(
      'the reading was stopped, because it took more time or memory than a document may. Send a smaller part, or add its text.',
    );
  }
  if (answer.is !== 'read') throw unexpected(answer);
  return answer.read;
}

/** Texts as files of the job. Lone surrogates become a replacement of the same length, so that places stay true. */
async function searchSecrets(
  ask: Ask,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly (readonly SecretSpan[])[]> {
  const long = texts.reduce((sum, text) => sum + text.length, 0);
  if (long > MOST_SCANNED)
    throw new Fault(
      'too_large',
      `Expected at most ${MOST_SCANNED / 1e6} million characters to look through for secrets, got ${Math.ceil(long / 1e6)} million. Nothing was sent. Send a part of it.`,
    );
  const encoder = new TextEncoder();
  const files = texts.map((text, at) => packWhole({ name: `${at}`, bytes: encoder.encode(text) }));
  const answer = await ask({ is: 'secrets' }, files, signal);
  if (answer.is !== 'secrets') throw unexpected(answer);
  return answer.found;
}

function unreadable(why: string): ReadDocument {
  return { is: 'unreadable', why };
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
