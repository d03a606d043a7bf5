import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { USAGE } from './rules/given.ts';
import type { Given } from './rules/given.ts';

const FLAGS = {
  rules: TEXT,
  since: TEXT,
  until: TEXT,
  client: TEXT,
  reread: YES,
  json: YES,
} as const;

type Verb = {
  /** The flags it knows. */
  readonly flags: readonly (keyof typeof FLAGS)[];
  run(given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  replay: {
    flags: ['rules', 'since', 'until', 'client', 'reread', 'json'],
    run: async (given) => (await import('./rules/replay.ts')).replayRules(given),
  },
};

/** `aios rules`: what the written rules say, and would have said. Returns 1 where something must be mended. Throws Fault `bad_input`. */
export async function rules(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = '', ...more] = words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name}". ${USAGE}`,
    );
  const alien = Object.keys(values).find((flag) => !verb.flags.some((known) => known === flag));
  if (alien !== undefined || more.length > 0)
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const { rules: folder, since, until, client, reread = false, json = false } = values;
  return verb.run({ config, rules: folder, since, until, client, reread, json });
}
