import { Fault } from './core/fault.ts';
import { command } from './flow/command/command.ts';
import { found } from './flow/found.ts';
import { hear } from './flow/hear.ts';
import { runJob } from './flow/jobs.ts';
import { press } from './flow/press.ts';
import type { Verbs } from './flow/ports/doors.ts';
import type { Outbox } from './flow/ports/outbox.ts';
import type { Slack, World } from './flow/ports/world.ts';
import { shortHash } from './flow/rules-in-force.ts';
import { openBase } from './main/base.ts';
import type { Base, BaseNeeds, Keep } from './main/base.ts';
import { makeCourtesy } from './main/courtesy.ts';
import type { Courtesy } from './main/courtesy.ts';
import { FILE_CAP, openFront, TEXT_CAP } from './main/front.ts';
import type { Front } from './main/front.ts';
import { refuseUnsound } from './main/sound-rules.ts';
import { startWorkers } from './main/workers.ts';
import type { Workers } from './main/workers.ts';
import { makeOutbox } from './store/outbox.ts';
import type { Config } from './config.ts';

/** Sentences for the log of the program: never a body, a secret or a person's words. */
export type Log = (sentence: string) => void;

/** Parts that a start may bring along instead of opening them itself. */
export type Parts = Pick<BaseNeeds, 'exact' | 'lanes'>;

/** AIOS, running. */
export type Aios = {
  readonly base: Base;
  readonly world: World;
  readonly verbs: Verbs;
  readonly front: Front;
  readonly workers: Workers;
  readonly outbox: Outbox;
  close(): Promise<void>;
};

/** Brings up everything and joins the rooms. What was brought up before a failure is closed again. */
export async function startAios(config: Config, log: Log, parts: Parts = {}): Promise<Aios> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    return {
      ...(await assemble({ config, log, parts, keep: (end) => void closers.push(end) })),
      close,
    };
  } catch (thrown) {
    await close().catch((second: unknown) => log(`Closing failed as well: ${String(second)}`));
    throw thrown;
  }
}

type Assembly = {
  readonly config: Config;
  readonly log: Log;
  readonly parts: Parts;
  readonly keep: Keep;
};

async function assemble({ config, log, parts, keep }: Assembly): Promise<Omit<Aios, 'close'>> {
  const late: { verbs?: Verbs; workers?: Workers } = {};
  const base = await openBase({ config, log, keep, wake: () => late.workers?.wake(), ...parts });
  const warnings = await refuseUnsound(base);
  // It learns from the examples now, and not while the first who asks waits for an answer.
  base.library.rules.classify('', 1);
  const front = await openFront({ base, log }, () => ready(late.verbs));
  keep(() => front.close());
  const { slack, team, botUser } = front.room;
  const world = worldOf(base, { slack, team, botUser });
  await beginBy(world, base, { log, warnings });
  const courtesy = makeCourtesy();
  late.verbs = verbsOf(world, courtesy);
  const outbox = makeOutbox(base.sql);
  const workers = await startWorkers({
    base,
    outbox,
    log,
    quiet: courtesy.quiet,
    run: (job, signal) => runJob(world, job, signal),
  });
  late.workers = workers;
  keep(() => workers.close());
  base.ledger.start();
  await front.room.start();
  return { base, world, verbs: late.verbs, front, workers, outbox };
}

/**
 * Founds the practice, or goes on with it under the rules in force. A set that was looked at and has `warnings` is taken
 * by itself, and that is logged.
 */
async function beginBy(
  world: World,
  { origin }: Base,
  { log, warnings }: { readonly log: Log; readonly warnings: number | null },
): Promise<void> {
  const stood = await found(world, origin, warnings === null ? 'refuse' : 'accept');
  if (stood !== 'other') return;
  const hash = shortHash(world.library.rules.hash);
  log(
    `AIOS_RULES=auto: the rules on disk were not accepted and are in force now, with an entry: rule set ${hash}. Warnings in them: ${warnings} (aios rules check). Set it for writing rules only.`,
  );
}

/** The world as flow sees it: the base and a Slack. */
export function worldOf(
  base: Base,
  slack: { readonly slack: Slack; readonly team: string; readonly botUser: string },
): World {
  return {
    ...base.parts,
    slack: slack.slack,
    facility: {
      team: slack.team,
      botUser: slack.botUser,
      rehearsal: base.isRehearsal,
      ownerUser: base.config.owner,
      zone: base.config.zone,
      fileCap: FILE_CAP,
      textCap: TEXT_CAP,
    },
  };
}

export function verbsOf(world: World, courtesy: Courtesy): Verbs {
  return {
    hear: (heard) => courtesy.hearing(() => hear(world, heard)),
    press: (pressed) => press(world, pressed),
    command: (asked) => command(world, asked),
  };
}

function ready(verbs: Verbs | undefined): Verbs {
  if (verbs === undefined)
    throw new Fault('unavailable', 'AIOS is still starting.', { retry: true });
  return verbs;
}
