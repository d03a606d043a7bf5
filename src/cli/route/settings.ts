import { Fault } from '../../core/fault.ts';
import type { CloudAnswer, Sensitivity } from '../../core/facts.ts';
import { CLOUD_ANSWERS } from '../../core/facts.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { DryPlan } from '../../flow/plan/dry.ts';
import type { Under } from '../../flow/plan/put-pieces.ts';

/** A request to try out, and for whom where that is said. */
export type Trying = {
  readonly text: string;
  readonly files: readonly string[];
  readonly client?: string | undefined;
};

/** What was said of the settings on the command line: it wins over those of a client. */
export type Told = {
  readonly cloud: CloudAnswer | undefined;
  readonly sensitivity?: Sensitivity;
};

/** What was taken from a client, so that whoever reads the trial knows what it went by. */
export type Taken = {
  /** Its short name. */
  readonly client: string;
  readonly cloud: CloudAnswer;
  readonly cloudFrom: 'client' | 'flag';
  /** What a requester may start alone, nano-USD. */
  readonly cap: NanoUsd;
  /** Which examples it is read with, as a route names them in `own_examples`; null for none. */
  readonly set: string | null;
  readonly examples: { readonly own: number; readonly everyone: number };
};

/** The settings a trial meets; `taken` is null where no client was looked up. */
export type Settings = {
  readonly under: Pick<Under, 'client' | 'own' | 'sensitivity'>;
  readonly taken: Taken | null;
};

/** The settings for a client by its short name; without one, those that stand for a request that names none. */
export type SettingsFor = (client: string | undefined) => Promise<Settings>;

/** What a request would become, and the settings that were taken for it. */
export type Tried = { readonly plan: DryPlan; readonly settings: Settings };

/** Reads what was said of the settings. Throws Fault `bad_input`. */
export function toldOf(
  given: { readonly cloud?: string | undefined; readonly confidential?: boolean | undefined },
  usage: string,
): Told {
  const { cloud, confidential = false } = given;
  const answer = CLOUD_ANSWERS.find((one) => one === cloud);
  if (answer === undefined && cloud !== undefined)
    throw new Fault(
      'bad_input',
      `Expected --cloud with one of ${CLOUD_ANSWERS.join(', ')}, got "${cloud}". ${usage}`,
    );
  return { cloud: answer, ...(confidential ? { sensitivity: 'confidential' as const } : {}) };
}

/**
 * Without a database nobody knows what an owner said of a client, so one is taken for a client whose ordinary work may
 * leave the machine, unless it is said otherwise.
 */
export function settingsOfNobody({ cloud = 'allowed', ...more }: Told): Settings {
  return { under: { client: { cloud }, ...more }, taken: null };
}
