import { Fault } from '../core/fault.ts';
import { LANES } from '../core/lane.ts';
import { planDry } from '../flow/plan/dry.ts';
import type { DryPlan } from '../flow/plan/dry.ts';
import type { Health } from '../flow/plan/piece.ts';
import { CLOCK } from '../main/clock.ts';
import { openLibrary } from '../main/library.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { asData } from './route/data.ts';
import { routeBatch } from './route/batch.ts';
import { settingsOf } from './route/settings.ts';
import type { Trying } from './route/settings.ts';
import { inWords } from './route/words.ts';

const USAGE =
  'Usage: aios route "<request>" [--files NAME ...] [--client NAME] [--cloud never|redacted|allowed|unset] [--confidential] [--json], or aios route --batch FILE.jsonl --json';

const FLAGS = {
  files: { type: 'string', multiple: true },
  client: TEXT,
  cloud: TEXT,
  confidential: YES,
  rules: TEXT,
  batch: TEXT,
  json: YES,
} as const;

/** Every lane as if it were set up: a dry run says where work belongs, not what is switched on here. */
const ALL_READY = Object.fromEntries(
  LANES.map((lane) => [lane, { is: 'ready', model: '', rehearsal: false }]),
) as Health;

/**
 * `aios route`: what a request would become, by the very rules and functions of a live one. Opens no database, asks no
 * model and writes nothing. Returns 1 when a line of a batch could not be read. Throws Fault `bad_input`, `bad_rules`.
 */
export async function route(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const asked = askedOf(words, values);
  const { rules = config.rulesFolder, json = false } = values;
  const library = await openLibrary({ rules, personas: config.personasFolder });
  const under = { ...settingsOf(values, USAGE), health: ALL_READY };
  const tryOut = (trying: Trying): DryPlan =>
    planDry({ library, clock: CLOCK }, { ...under, ...trying });
  if ('batch' in asked) return routeBatch(asked.batch, tryOut);
  const plan = tryOut(asked);
  console.log(json ? JSON.stringify(asData(plan), null, 2) : inWords(plan, under.client.cloud));
  return 0;
}

type Values = {
  readonly files?: readonly string[] | undefined;
  readonly batch?: string | undefined;
  readonly json?: boolean | undefined;
};

/** One request with the names of its files, or a file of requests. Throws Fault `bad_input`. */
function askedOf(
  [text, ...more]: readonly string[],
  { files = [], batch, json }: Values,
): Trying | { readonly batch: string } {
  const names = [...files.flatMap((list) => list.split(',')), ...more];
  if (batch !== undefined) {
    if (text === undefined && names.length === 0 && json === true) return { batch };
    throw new Fault('bad_input', `Expected --batch with --json and nothing else. ${USAGE}`);
  }
  if (text === undefined)
    throw new Fault('bad_input', `Expected one request, or a file of them. ${USAGE}`);
  if (more.length > 0 && files.length === 0)
    throw new Fault('bad_input', `Expected the request in quotes, got several words. ${USAGE}`);
  return { text, files: names };
}
