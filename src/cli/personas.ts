import { Fault } from '../core/fault.ts';
import { groupsOf, personaLines } from '../flow/command/personas.ts';
import { loadLibrary } from '../library/load.ts';
import type { Config } from '../config.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { USAGE } from './personas/given.ts';
import type { Given } from './personas/given.ts';

const FLAGS = { personas: TEXT, claude: TEXT, id: TEXT, json: YES } as const;

type Verb = {
  /** The flags it knows beside `--personas`. */
  readonly flags: readonly (keyof typeof FLAGS)[];
  readonly takesWord: boolean;
  run(given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  list: { flags: [], takesWord: false, run: list },
  show: { flags: [], takesWord: true, run: show },
  check: {
    flags: ['json'],
    takesWord: false,
    run: async (given) => (await import('./personas/check.ts')).check(given),
  },
  export: {
    flags: ['claude'],
    takesWord: false,
    run: async (given) => (await import('./personas/export.ts')).exportAgents(given),
  },
  import: {
    flags: ['id'],
    takesWord: true,
    run: async (given) => (await import('./personas/import.ts')).importAgent(given),
  },
  accept: {
    flags: [],
    takesWord: true,
    run: async (given) => (await import('./personas/accept.ts')).accept(given),
  },
};

/** `aios personas`: who works here, and how one is added. Returns 1 where something must be mended. Throws Fault `bad_input`. */
export async function personas(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = 'list', word, ...more] = words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name}". ${USAGE}`,
    );
  const alien = Object.keys(values).find(
    (flag) => flag !== 'personas' && !verb.flags.some((known) => known === flag),
  );
  if (alien !== undefined || more.length > 0 || verb.takesWord !== (word !== undefined))
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const { personas: folder = config.personasFolder, claude, id, json = false } = values;
  return verb.run({ config: { ...config, personasFolder: folder }, word, claude, id, json });
}

async function list({ config }: Given): Promise<number> {
  const { personas: all } = await loadLibrary(config.rulesFolder, config.personasFolder);
  for (const [group, members] of groupsOf(all)) {
    console.log(group);
    for (const { id, scope, accepts } of members)
      console.log(`  ${id.padEnd(30)} ${scope} (${accepts.join(', ')})`);
  }
  for (const { id, why } of all.waiting)
    console.log(`not in force: ${id}, ${WAITS[why]}: aios personas accept ${id}`);
  return 0;
}

const WAITS = {
  new: 'imported, not accepted yet',
  changed: 'changed since it was accepted',
} as const;

async function show({ config, word = '' }: Given): Promise<number> {
  const staff = await loadLibrary(config.rulesFolder, config.personasFolder);
  for (const line of personaLines(staff, word)) console.log(line);
  return 0;
}
