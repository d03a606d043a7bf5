import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { USAGE } from './rules/given.ts';
import type { Given } from './rules/given.ts';

const FLAGS = {
  rules: TEXT,
  personas: TEXT,
  since: TEXT,
  until: TEXT,
  client: TEXT,
  notes: YES,
  reread: YES,
  json: YES,
} as const;

type Verb = {
  /** The flags it knows. */
  readonly flags: readonly (keyof typeof FLAGS)[];
  run(given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  show: { flags: ['rules'], run: async (given) => (await import('./rules/show.ts')).show(given) },
  check: {
    flags: ['rules', 'personas', 'notes', 'json'],
    run: async (given) => (await import('./rules/check.ts')).check(given),
  },
  diff: { flags: ['rules'], run: async (given) => (await import('./rules/diff.ts')).diff(given) },
  accept: {
    flags: ['rules'],
    run: async (given) => (await import('./rules/accept.ts')).accept(given),
  },
  replay: {
    flags: ['rules', 'since', 'until', 'client', 'reread', 'json'],
    run: async (given) => (await import('./rules/replay.ts')).replayRules(given),
  },
};

/**
 * `aios rules`: which written rules are in force, what they are worth and would have decided, and how that changes. Returns
 * 1 where something must be mended. Throws Fault `bad_input`.
 */
export async function rules(settings: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = 'show', ...more] = words;
  const verb = verbNamed(name);
  const alien = Object.keys(values).find((flag) => !verb.flags.some((known) => known === flag));
  if (alien !== undefined || more.length > 0)
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const { rules: named, personas, notes = false, reread = false, json = false } = values;
  const rulesFolder = named ?? settings.rulesFolder;
  const personasFolder = personas ?? settings.personasFolder;
  const config = { ...settings, rulesFolder, personasFolder };
  const { since, until, client } = values;
  return verb.run({ config, settings, named, since, until, client, notes, reread, json });
}

function verbNamed(name: string): Verb {
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb !== undefined) return verb;
  throw new Fault(
    'bad_input',
    `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name}". ${USAGE}`,
  );
}
