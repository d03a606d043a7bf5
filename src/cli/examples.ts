import { Fault } from '../core/fault.ts';
import { exampleLine, exampleNamed, removedLine } from '../flow/command/examples.ts';
import { clientBySlug } from '../flow/command/settings.ts';
import { removeExample } from '../flow/erase/tidy-examples.ts';
import type { ExampleOf } from '../flow/ports/rows-examples.ts';
import type { ClientRow } from '../flow/ports/rows-settings.ts';
import type { SaidExample, World } from '../flow/ports/world.ts';
import type { Config } from '../config.ts';
import { knownPerson } from './erase-target.ts';
import { TEXT, wordsAndFlagsOf, YES } from './flags.ts';
import { visit } from './visit.ts';

const USAGE = 'aios examples list [--client <slug>] [--json] | remove <id>';
const FLAGS = { client: TEXT, json: YES } as const;

type Given = {
  readonly words: readonly string[];
  readonly client: string | undefined;
  readonly json: boolean;
};

type Verb = {
  readonly flags: readonly (keyof typeof FLAGS)[];
  readonly takesWord: boolean;
  readonly does: 'reads' | 'acts';
  run(world: World, given: Given): Promise<number>;
};

const VERBS: Readonly<Record<string, Verb>> = {
  list: { flags: ['client', 'json'], takesWord: false, does: 'reads', run: list },
  remove: { flags: [], takesWord: true, does: 'acts', run: remove },
};

/**
 * `aios examples`: the words that people gave a kind of work to, shown to the owner on the own machine, and removing one.
 * Throws Fault `bad_input` or `not_found`.
 */
export async function examples(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, FLAGS, USAGE);
  const [name = 'list', ...rest] = words;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${Object.keys(VERBS).join(', ')}, got "${name.slice(0, 80)}". ${USAGE}`,
    );
  const alien = Object.keys(values).some((flag) => !verb.flags.some((known) => known === flag));
  if (alien || rest.length !== (verb.takesWord ? 1 : 0))
    throw new Fault('bad_input', `Expected the words of \`${name}\`, got others. ${USAGE}`);
  const { client, json = false } = values;
  const given = { words: rest, client, json };
  const more = verb.does === 'reads' ? ({ rules: 'any' } as const) : {};
  return visit(config, (world) => verb.run(world, given), more);
}

async function list(world: World, { client: slug, json }: Given): Promise<number> {
  const client = slug === undefined ? null : await clientBySlug(world, slug);
  const clients = await world.store.clients();
  const said = await world.examples.words(await world.store.examplesFrom(client?.id ?? null));
  if (json)
    console.log(
      JSON.stringify(
        said.map((one) => asData(one, clients)),
        null,
        2,
      ),
    );
  else if (said.length === 0) console.log('No words are kept as examples.');
  else for (const one of said) console.log(exampleLine(one, clients));
  return 0;
}

function asData(one: SaidExample, clients: readonly ClientRow[]) {
  const { id, kind, request, ordinal, madeAt, clientId, text } = one;
  return {
    id,
    kind,
    for: clientId === null ? 'everyone' : 'client',
    client: clients.find((client) => client.id === one.source)?.slug ?? null,
    task: `${request}.${ordinal}`,
    made_at: new Date(madeAt).toISOString(),
    text,
  };
}

async function remove(world: World, { words }: Given): Promise<number> {
  const all: readonly ExampleOf[] = await world.store.examplesFrom(null);
  const example = exampleNamed(all, words);
  const owner = await knownPerson(world, world.facility.ownerUser);
  await removeExample(world, example, owner);
  console.log(removedLine(example));
  return 0;
}
