import { Fault } from '../core/fault.ts';
import { LANES } from '../core/lane.ts';
import { planDry } from '../flow/plan/dry.ts';
import type { Health } from '../flow/plan/piece.ts';
import type { Library } from '../flow/ports/world.ts';
import { CLOCK } from '../main/clock.ts';
import { openLibrary } from '../main/library.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { asData } from './route/data.ts';
import { routeBatch } from './route/batch.ts';
import { atPractice } from './route/practice.ts';
import { settingsOfNobody, toldOf } from './route/settings.ts';
import type { SettingsFor, Tried, Trying } from './route/settings.ts';
import { inWords } from './route/words.ts';

const USAGE =
  'Usage: aios route "<request>" [--files NAME ...] [--client NAME] [--cloud never|redacted|allowed|unset] [--confidential] [--json], or aios route --batch FILE.jsonl --json [--client NAME]; with --client the settings and examples of that client count, read from the database';

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
 * `aios route`: what a request would become, by the very rules and functions of a live one. Asks no model, writes
 * nothing, and opens the database only where a client is named. Returns 1 when a line of a batch could not be read.
 * Throws Fault `bad_input`, `bad_rules`, and with a client `not_found` or `database_gone`.
 */
export async function route(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const asked = askedOf(words, values);
  const { rules = config.rulesFolder, json = false, client } = values;
  const told = toldOf(values, USAGE);
  const library = await openLibrary({ rules, personas: config.personasFolder });
  if (client === undefined)
    return tryAll({ library, json, settingsFor: async () => settingsOfNobody(told) }, asked);
  return atPractice({ config, library, told }, async (settingsFor) => {
    // A name that nobody has is told once, and not for every line.
    await settingsFor(client);
    const by = (name: string | undefined) => settingsFor(name ?? client);
    return tryAll({ library, json, settingsFor: by }, asked);
  });
}

type Bench = {
  readonly library: Library;
  readonly json: boolean;
  readonly settingsFor: SettingsFor;
};

async function tryAll({ library, json, settingsFor }: Bench, asked: Asked): Promise<number> {
  const tryOut = async ({ client, text, files }: Trying): Promise<Tried> => {
    const settings = await settingsFor(client);
    const trial = { ...settings.under, health: ALL_READY, text, files };
    return { plan: planDry({ library, clock: CLOCK }, trial), settings };
  };
  if ('batch' in asked) return routeBatch(asked.batch, tryOut);
  const tried = await tryOut(asked);
  console.log(json ? JSON.stringify(asData(tried), null, 2) : inWords(tried));
  return 0;
}

type Asked = Trying | { readonly batch: string };

type Values = {
  readonly files?: readonly string[] | undefined;
  readonly batch?: string | undefined;
  readonly json?: boolean | undefined;
};

/** One request with the names of its files, or a file of requests. Throws Fault `bad_input`. */
function askedOf([text, ...more]: readonly string[], { files = [], batch, json }: Values): Asked {
  const names = [...files.flatMap((list) => list.split(',')), ...more];
  if (batch !== undefined) {
    if (text === undefined && names.length === 0 && json === true) return { batch };
    throw new Fault('bad_input', `Expected --batch with --json and no request or files. ${USAGE}`);
  }
  if (text === undefined)
    throw new Fault('bad_input', `Expected one request, or a file of them. ${USAGE}`);
  if (more.length > 0 && files.length === 0)
    throw new Fault('bad_input', `Expected the request in quotes, got several words. ${USAGE}`);
  return { text, files: names };
}
