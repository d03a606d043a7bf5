import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import { servedBySlug } from '../flow/command/settings.ts';
import type { World } from '../flow/ports/world.ts';
import type { Base } from '../main/base.ts';
import { ownerOf } from '../store/key-name.ts';
import { rotateKeys } from '../store/rotate-keys.ts';
import type { Rotated } from '../store/rotate-keys.ts';
import type { Config } from '../config.ts';
import { knownPerson } from './erase-target.ts';
import { texts } from './erase-words.ts';
import { flagsOf, TEXT, YES } from './flags.ts';
import { visit } from './visit.ts';

const USAGE = 'aios keys rotate --client <slug> | --practice | --all';

/** Whose key is turned, and what it is called. */
type Whose = { readonly client: ClientId | null; readonly name: string };

/**
 * `aios keys rotate`: wraps what is left under a new key and destroys the old one, so that what was erased before is
 * unreadable in old copies of the database as well. AIOS may be running. Throws Fault `bad_input` for anything else.
 */
export async function keys(config: Config, args: readonly string[]): Promise<number> {
  const given = readGiven(args);
  return visit(config, async (world, base) => {
    const { id } = await knownPerson(world, world.facility.ownerUser);
    const actor = { kind: 'person', id } as const;
    for (const { client, name } of await whoseOf(world, base, given)) {
      const turned = await rotateKeys(base.rotating, { client, actor });
      for (const line of words(name, turned)) console.log(line);
    }
    for (const line of AFTER) console.log(line);
    return 0;
  });
}

type Given = { readonly client?: string; readonly practice?: boolean; readonly all?: boolean };

function readGiven([verb, ...args]: readonly string[]): Given {
  if (verb !== 'rotate')
    throw new Fault('bad_input', `Expected \`rotate\`, got ${verb ?? 'nothing'}. ${USAGE}`);
  const given = flagsOf(args, { client: TEXT, practice: YES, all: YES }, USAGE);
  if (Object.keys(given).length === 1) return given;
  throw new Fault('bad_input', `Expected one of --client, --practice and --all. ${USAGE}`);
}

async function whoseOf(world: World, { rotating }: Base, given: Given): Promise<readonly Whose[]> {
  const practice: Whose = { client: null, name: 'the practice' };
  if (given.practice === true) return [practice];
  if (given.client !== undefined) {
    const { id, slug } = await servedBySlug(world, given.client);
    return [{ client: id, name: slug }];
  }
  const served = (await world.store.clients()).filter((client) => client.erasedAt === null);
  const all = [practice, ...served.map(({ id, slug }): Whose => ({ client: id, name: slug }))];
  const used = await Promise.all(
    all.map(async ({ client }) => (await rotating.keys.generations(ownerOf(client))).length > 0),
  );
  return all.filter((_, at) => used[at]);
}

function words(name: string, { generation, rewrapped, destroyed }: Rotated): readonly string[] {
  const old =
    destroyed.length === 0
      ? 'There was no older one.'
      : `Destroyed: generation ${destroyed.join(', ')}.`;
  return [
    `${name}: ${texts(rewrapped)} wrapped under generation ${generation}. ${old}`,
    `  Copies of the database made before now can no longer be read for ${name} with the keys that are left.`,
  ];
}

const AFTER = [
  'What was erased before is unreadable wherever only these keys are. Old copies of AIOS_KEYS still open old copies of the database: delete them.',
  'Make a new backup of the database and of AIOS_KEYS now.',
] as const;
