import type { Fault } from '../../core/fault.ts';
import type { ClientId, PersonId } from '../../core/id.ts';
import { nearest } from '../../core/nearest.ts';
import { unknownNumber } from './find.ts';
import { readRuleName } from './log-values.ts';
import type { LogValues } from './log-values.ts';
import type { LogAbout, LogWords } from './log-words.ts';
import type { LogFilter, LogPage, Reach } from '../ports/record.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { Facility, World } from '../ports/world.ts';
import { clientsOf, unexpected } from './subcommand.ts';

/** What reading the record needs of the world: no Slack, so that it can be read when Slack is away. */
export type LogWorld = Pick<World, 'store' | 'library'> & {
  readonly facility: Pick<Facility, 'zone'>;
};

/** What of the record somebody may read: the owner all of it, a guest nothing. */
export async function reachOf(world: Pick<World, 'store'>, person: PersonRow): Promise<Reach> {
  if (person.role === 'owner') return 'all';
  if (person.role === 'guest') return { clients: [], asker: null };
  const clients = await clientsOf(world, person);
  return { clients: clients.map((client) => client.id), asker: person.id };
}

/**
 * Finds what the words name. What is not there and what is out of reach answer alike. Throws Fault `bad_input` or
 * `not_found`.
 */
export async function findFilter(
  world: LogWorld,
  reach: Reach,
  { about, values }: LogWords,
): Promise<LogFilter> {
  const { client, person, rule, model, type, lane, persona, from, to } = values;
  return {
    reach,
    ...(await workOf(world, reach, about)),
    ...(client === undefined ? {} : { client: await clientIn(world, reach, client) }),
    ...(person === undefined ? {} : { person: await personIn(world, reach, person) }),
    ...(rule === undefined ? {} : { rule: readRuleName(rule) }),
    ...(model === undefined ? {} : { model }),
    ...(type === undefined ? {} : { type }),
    ...(lane === undefined ? {} : { lane }),
    ...(persona === undefined ? {} : { persona }),
    ...(await spanIn(world, { from: from ?? null, to: to ?? null })),
  };
}

async function workOf(world: LogWorld, reach: Reach, about: LogAbout) {
  if (about.is !== 'work') return {};
  const found = await world.store.logAbout(reach, about.number);
  if (found === null) throw unknownNumber(about.number);
  return found.task === null ? { request: found.request } : { task: found.task };
}

/** A client by its short name, among those within reach. Throws Fault `bad_input` that names the nearest one. */
export async function clientIn(
  world: Pick<World, 'store'>,
  reach: Reach,
  slug: string,
): Promise<ClientId> {
  const clients = await world.store.logClients(reach);
  const found = clients.find((client) => client.slug === slug);
  if (found !== undefined) return found.id;
  const near = nearest(
    slug,
    clients.map((client) => client.slug),
  );
  throw unexpected(
    'the short name of a client you may read about',
    slug,
    near === undefined ? 'Known ones are listed by: client show' : `Did you mean ${near}?`,
  );
}

/** A person by Slack id or name, among those who may have acted within reach. A guest has no name here, only an id. */
async function personIn(world: LogWorld, reach: Reach, word: string): Promise<PersonId> {
  const people = await world.store.logPeople(reach);
  const byId = people.find((person) => person.slackUser === word);
  if (byId !== undefined) return byId.id;
  const members = people.filter((person) => person.role !== 'guest' && person.name !== '');
  const wanted = word.replace(/^@/, '').toLowerCase();
  const whole = members.filter((person) => person.name.toLowerCase() === wanted);
  const first = members.filter((person) => person.name.toLowerCase().split(' ')[0] === wanted);
  const [found, ...others] = whole.length > 0 ? whole : first;
  if (found === undefined) throw nobody(word, members);
  if (others.length === 0) return found.id;
  throw unexpected(
    'one person',
    word,
    `That is the name of ${others.length + 1} people: choose one from the list that opens after @, or give the Slack id.`,
  );
}

function nobody(word: string, members: readonly PersonRow[]): Fault {
  const near = nearest(
    word.replace(/^@/, ''),
    members.map((person) => person.name),
  );
  return unexpected(
    'a person who acted in what you may read',
    word,
    near === undefined
      ? 'Choose the person from the list that opens after @, or give the name or the Slack id.'
      : `Did you mean ${near}?`,
  );
}

async function spanIn(world: LogWorld, days: Parameters<World['store']['logSpan']>[0]) {
  if (days.from === null && days.to === null) return {};
  return { span: await world.store.logSpan(days, world.facility.zone) };
}

/** Where to begin, from the flags. */
export function startOf({ values, latest }: LogWords): Pick<LogPage, 'towards' | 'cursor'> {
  const { after, before } = values;
  const older = latest || before !== undefined;
  return { towards: older ? 'older' : 'newer', cursor: after ?? before ?? null };
}

/** Values that a record may hold or not: which of them the practice itself has now. */
const OPEN = {
  model: ({ library }: LogWorld) => library.prices.rows.map((row) => row.model),
  persona: ({ library }: LogWorld) => [...library.personas.byId.keys()],
  rule: ({ library }: LogWorld) => [...library.rules.byId.keys()],
} as const;

/**
 * Nothing was found: is it because a model, persona or rule was named that there is not? Throws Fault `bad_input` that
 * names the nearest. What stands only in entries out of reach is as unknown as what stands nowhere.
 */
export async function refuseUnknown(
  world: LogWorld,
  filter: LogFilter,
  values: Partial<LogValues>,
): Promise<void> {
  for (const what of ['model', 'persona', 'rule'] as const) {
    const value = what === 'rule' ? filter.rule?.id : values[what];
    if (value === undefined) continue;
    const has = OPEN[what](world);
    if (has.includes(value) || (await stands(world, filter, what))) continue;
    const near = nearest(value, has);
    throw unexpected(
      `a ${what} that the record names`,
      value,
      near === undefined ? 'No entry you may read has it.' : `Did you mean ${near}?`,
    );
  }
}

async function stands(
  world: LogWorld,
  { reach, ...filter }: LogFilter,
  what: keyof typeof OPEN,
): Promise<boolean> {
  const alone: LogFilter = { reach, [what]: filter[what] };
  const page = await world.store.log(alone, {
    towards: 'newer',
    cursor: null,
    limit: 1,
    bare: true,
  });
  return page !== null && page.rows.length > 0;
}
