import type { Actor, EntryDraft } from '../../core/entry.ts';
import { Fault } from '../../core/fault.ts';
import { nearest } from '../../core/nearest.ts';
import type { OpenAct } from '../act.ts';
import { isServed } from '../answer/question.ts';
import type { Audience, ChannelRow, ClientRow, PersonRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { unexpected } from './subcommand.ts';

const SLUG = /^[a-z0-9][a-z0-9-]{1,30}$/;
const LONGEST_NAME = 80;

/** A person as the one who acts in an entry. */
export function byPerson(person: PersonRow): Actor {
  return { kind: 'person', id: person.id };
}

/** Checks a short name for a client. Throws Fault `bad_input`. */
export function readSlug(word: string | undefined): string {
  if (word === undefined || !SLUG.test(word))
    throw unexpected(
      'a short name of 2 to 31 small letters, digits and dashes',
      word,
      'For example: client new acme "Acme GmbH"',
    );
  return word;
}

/** Checks the full name of a client. Throws Fault `bad_input`. */
export function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
    throw unexpected(
      `a name of 1 to ${LONGEST_NAME} characters on one line`,
      name,
      'For example: client new acme "Acme GmbH"',
    );
  return name;
}

/** The client of that short name. Throws Fault `bad_input` that names the nearest one. */
export async function clientBySlug(
  world: Pick<World, 'store'>,
  slug: string | undefined,
): Promise<ClientRow> {
  const clients = await world.store.clients();
  const found = clients.find((c) => c.slug === slug);
  if (found !== undefined) return found;
  const slugs = clients.map((c) => c.slug);
  const near = slug === undefined ? undefined : nearest(slug, slugs);
  throw unexpected(
    'the short name of a client',
    slug,
    near === undefined
      ? `Known: ${slugs.join(', ') || 'none yet; make one with `client new`'}.`
      : `Did you mean ${near}?`,
  );
}

/** The client of that short name, for whom something is to change. Throws Fault `bad_input`, or `conflict` for an erased one. */
export async function servedBySlug(
  world: Pick<World, 'store'>,
  slug: string | undefined,
): Promise<ClientRow> {
  const client = await clientBySlug(world, slug);
  if (isServed(client)) return client;
  throw new Fault(
    'conflict',
    `${client.slug} was erased: nothing more can be set or kept for it. Make a new client: client new <slug> "<Name>"`,
  );
}

/** Throws Fault `not_allowed` when somebody who is no member of the practice can read the channel. */
export async function refuseOutsiders(
  world: Pick<World, 'slack'>,
  channel: string,
  what: string,
): Promise<void> {
  if (!(await world.slack.outsidersIn(channel))) return;
  throw new Fault(
    'not_allowed',
    `${what} must be read by the practice alone, but somebody from outside can read this one: a guest, a bot, or another company it is shared with. Nothing was changed. Have them leave or end the sharing, or use another channel.`,
  );
}

export type Binding = {
  readonly known: ChannelRow | null;
  readonly team: string;
  readonly channel: string;
  readonly client: ClientRow;
  readonly audience: Audience;
  readonly by: Actor;
};

/** Says whose a channel is and who reads it; a channel that was another's changes hands. */
export function bindChannel(act: OpenAct, how: Binding): void {
  const { known, team, channel, client, audience } = how;
  const id = known?.id ?? act.newId<ChannelRow['id']>();
  const lastEntry = act.note(
    { type: 'channel.bound', actor: how.by, client: client.id, data: { channel: id, audience } },
    known?.lastEntry ?? client.lastEntry,
  );
  const row: ChannelRow = { id, team, channel, clientId: client.id, audience, lastEntry };
  act.change(
    known === null
      ? { insert: 'channel', row }
      : {
          update: 'channel',
          set: { clientId: client.id, audience, lastEntry },
          where: { team, channel, lastEntry: known.lastEntry },
        },
  );
}

/** Changes settings of a client, with the entry that says which. */
export function setClient(
  act: OpenAct,
  {
    client,
    set,
    by,
    says,
  }: {
    client: ClientRow;
    set: Partial<
      Pick<
        ClientRow,
        'cloud' | 'reviewChannel' | 'retentionDays' | 'requesterCapNano' | 'termsBody'
      >
    >;
    by: Actor;
    /** What the entry says beside it. */
    says?: EntryDraft['data'];
  },
): void {
  const lastEntry = act.note(
    {
      type: 'client.set',
      actor: by,
      client: client.id,
      data: {
        ...(set.cloud === undefined ? {} : { cloud: set.cloud }),
        ...(set.reviewChannel === undefined ? {} : { review: 'set' }),
        ...(set.retentionDays === undefined ? {} : { retention_days: set.retentionDays }),
        ...(set.requesterCapNano === undefined ? {} : { requester_cap_nano: set.requesterCapNano }),
        ...says,
      },
    },
    client.lastEntry,
  );
  act.change({
    update: 'client',
    set: { ...set, lastEntry },
    where: { id: client.id, lastEntry: client.lastEntry },
  });
}
