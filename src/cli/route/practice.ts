import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { Fault } from '../../core/fault.ts';
import { nearest } from '../../core/nearest.ts';
import { isServed } from '../../flow/answer/question.ts';
import { capOf } from '../../flow/plan/may-start.ts';
import type { ClientRow } from '../../flow/ports/rows-settings.ts';
import type { Library, World } from '../../flow/ports/world.ts';
import type { Config } from '../../config.ts';
import { lookAtServer } from '../look-server.ts';
import { onBase } from '../on-base.ts';
import type { Settings, SettingsFor, Told } from './settings.ts';

type Needs = {
  readonly config: Config;
  /** The rules that are tried: those on disk, whichever are in force. */
  readonly library: Library;
  readonly told: Told;
};

/**
 * Opens the practice for reading alone and lets requests be tried with the settings and examples of its clients, each
 * looked up once. Throws Fault `database_gone`, or `not_found` where no practice was founded: nothing is made then.
 */
export async function atPractice<T>(
  { config, library, told }: Needs,
  use: (settingsFor: SettingsFor) => Promise<T>,
): Promise<T> {
  await refuseNone(config);
  return onBase(
    config,
    async ({ parts }) => {
      if ((await parts.store.practice()) === null) throw unfounded();
      const known = new Map<string, Promise<Settings>>();
      return use((client = '') => {
        const settings = known.get(client) ?? settingsOf(parts, client, told);
        known.set(client, settings);
        return settings;
      });
    },
    { library, rules: 'any' },
  );
}

const WITHOUT =
  'Without --client a trial needs no database; --cloud then says what the client answered.';

function unfounded(): Fault {
  return new Fault(
    'not_found',
    `No practice is founded here yet, so there is no client to read for. npm start founds it. ${WITHOUT}`,
  );
}

/** A trial founds nothing: what is not there is not brought up either. */
async function refuseNone(config: Config): Promise<void> {
  const server = await lookAtServer(config);
  if (server.is === 'gone')
    throw new Fault('database_gone', `${server.says} Start it, or mend DATABASE_URL. ${WITHOUT}`);
  const isThere =
    server.is === 'resting'
      ? existsSync(join(config.home, 'pg'))
      : await server.ask(hasPractice).catch(notThere);
  if (!isThere) throw unfounded();
}

async function hasPractice(sql: postgres.Sql): Promise<boolean> {
  const [row] = await sql<
    { is: boolean }[]
  >`select to_regclass('public.practice') is not null as is`;
  return row?.is === true;
}

/** The embedded server may run with another database than these settings ask for. */
function notThere(thrown: unknown): false {
  const { code } = thrown as { readonly code?: unknown };
  if (code === '3D000') return false;
  throw thrown;
}

async function settingsOf(
  world: Pick<World, 'store' | 'examples' | 'library'>,
  slug: string,
  told: Told,
): Promise<Settings> {
  const client = await clientNamed(world, slug);
  const cloud = told.cloud ?? client.cloud;
  const [own, rows] = await Promise.all([
    world.examples.of(client.id),
    world.store.examplesFor(client.id),
  ]);
  const everyone = rows.filter(({ clientId }) => clientId === null).length;
  return {
    under: { ...told, client: { cloud }, own },
    taken: {
      client: client.slug,
      cloud,
      cloudFrom: told.cloud === undefined ? 'client' : 'flag',
      cap: capOf(world, client),
      set: own?.set ?? null,
      examples: { own: rows.length - everyone, everyone },
    },
  };
}

const SHOWN = 8;

/** Throws Fault `bad_input` that names the clients there are. */
async function clientNamed({ store }: Pick<World, 'store'>, slug: string): Promise<ClientRow> {
  const clients = (await store.clients()).filter(isServed);
  const found = clients.find((client) => client.slug === slug.toLowerCase());
  if (found !== undefined) return found;
  const slugs = clients.map((client) => client.slug);
  const near = nearest(slug, slugs);
  throw new Fault(
    'bad_input',
    [
      `Expected the short name of a client, got "${slug.slice(0, 80)}".`,
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      `There are: ${slugs.slice(0, SHOWN).join(', ')}${slugs.length > SHOWN ? ` and ${slugs.length - SHOWN} more` : ''}.`,
      'All of them: aios client show',
    ].join(' '),
  );
}
