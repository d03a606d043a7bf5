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
import { clientOf } from './route/client.ts';
import type { Trying } from './route/client.ts';
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
  const { batch, json = false, rules = config.rulesFolder } = values;
  const [text, ...more] = words;
  const files = [...(values.files ?? []).flatMap((names) => names.split(',')), ...more];
  if ((batch === undefined) === (text === undefined))
    throw new Fault('bad_input', `Expected one request, or a file of them. ${USAGE}`);
  if (more.length > 0 && values.files === undefined)
    throw new Fault('bad_input', `Expected the request in quotes, got several words. ${USAGE}`);
  if (batch !== undefined && (!json || files.length > 0))
    throw new Fault('bad_input', `Expected --batch with --json and no --files. ${USAGE}`);

  const library = await openLibrary({ rules, personas: config.personasFolder });
  const client = clientOf(values, USAGE);
  const tryOut = ({ text: said, files: names }: Trying): DryPlan =>
    planDry({ library, clock: CLOCK }, { text: said, files: names, client, health: ALL_READY });
  if (batch !== undefined) return routeBatch(batch, tryOut);
  const plan = tryOut({ text: text ?? '', files });
  console.log(json ? JSON.stringify(asData(plan), null, 2) : inWords(plan, client.cloud));
  return 0;
}
