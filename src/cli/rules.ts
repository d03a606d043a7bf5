import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf } from './flags.ts';
import { USAGE } from './rules/given.ts';
import type { Given } from './rules/given.ts';

const FLAGS = { rules: TEXT } as const;

type Verb = {
  /** The flags it knows beside `--rules`. */
  readonly flags: readonly (keyof typeof FLAGS)[];
  run(given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  show: { flags: [], run: async (given) => (await import('./rules/show.ts')).show(given) },
  diff: { flags: [], run: async (given) => (await import('./rules/diff.ts')).diff(given) },
  accept: { flags: [], run: async (given) => (await import('./rules/accept.ts')).accept(given) },
};

/** `aios rules`: which written rules are in force, and how that changes. Returns 1 where something must be mended. Throws Fault `bad_input`. */
export async function rules(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = 'show', ...more] = words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name}". ${USAGE}`,
    );
  const alien = Object.keys(values).find(
    (flag) => flag !== 'rules' && !verb.flags.some((known) => known === flag),
  );
  if (alien !== undefined || more.length > 0)
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const { rules: folder = config.rulesFolder } = values;
  const usual = folder === config.rulesFolder ? undefined : config.rulesFolder;
  return verb.run({ config: { ...config, rulesFolder: folder }, usual });
}
