import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { USAGE } from './rules/given.ts';
import type { Given } from './rules/given.ts';

const FLAGS = { rules: TEXT, personas: TEXT, notes: YES, json: YES } as const;

type Verb = {
  /** The flags it knows beside `--rules` and `--personas`. */
  readonly flags: readonly (keyof typeof FLAGS)[];
  run(given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  check: {
    flags: ['notes', 'json'],
    run: async (given) => (await import('./rules/check.ts')).check(given),
  },
};

/** `aios rules`: what the written rules are worth. Returns 1 where something must be mended. Throws Fault `bad_input`. */
export async function rules(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = '', ...more] = words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name}". ${USAGE}`,
    );
  const { rules: named, personas = config.personasFolder, notes = false, json = false } = values;
  const alien = Object.keys(values).find(
    (flag) => !['rules', 'personas', ...verb.flags].includes(flag),
  );
  if (alien !== undefined || more.length > 0)
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const rulesFolder = named ?? config.rulesFolder;
  return verb.run({
    config: { ...config, rulesFolder, personasFolder: personas },
    named,
    notes,
    json,
  });
}
