import { Fault } from '../core/fault.ts';
import type { SlackPerson } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { asked } from './fault.ts';

const KEPT_MS = 60_000;
/** A channel with more people than this is not looked through: unsure counts as outsiders. */
const MOST_MEMBERS = 300;

type Known = SlackPerson & { readonly outside: boolean };

export type People = {
  whoIs(user: string): Promise<SlackPerson>;
  dm(user: string): Promise<string>;
  outsidersIn(channel: string): Promise<boolean>;
};

/** What Slack says of people and of who reads a channel. What it said of a person is believed for a minute. */
export function makePeople(around: Around, now: () => number = Date.now): People {
  const seen = new Map<string, { readonly known: Known; readonly until: number }>();
  const look = async (user: string): Promise<Known> => {
    const kept = seen.get(user);
    if (kept !== undefined && kept.until > now()) return kept.known;
    const known = await ask(around, user);
    seen.set(user, { known, until: now() + KEPT_MS });
    return known;
  };
  return {
    whoIs: async (user) => {
      const { name, role, bot } = await look(user);
      return { name, role, bot };
    },
    dm: (user) => openDm(around, user),
    outsidersIn: async (channel) => {
      try {
        return await outsiders(around, channel, look);
      } catch {
        return true;
      }
    },
  };
}

type Told = {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly team_id?: string;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly deleted?: boolean;
  readonly profile?: { readonly display_name?: string };
};

async function ask(around: Around, user: string): Promise<Known> {
  const one = await toldOf(around, user);
  const bot = one.is_bot === true || user === 'USLACKBOT';
  const outside = isStranger(around, one) || (isGuest(one) && !bot);
  const member = !outside && !bot && one.deleted !== true;
  return { name: nameOf(one) ?? user, role: member ? 'colleague' : 'guest', bot, outside };
}

const STRANGER: Told = { is_stranger: true };

/** Whoever Slack does not show us, as it does with people of other companies, is somebody from outside. */
async function toldOf(around: Around, user: string): Promise<Told> {
  try {
    const told = await asked('say who someone is', () => around.reads.users.info({ user }));
    return told.user ?? STRANGER;
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'not_found') return STRANGER;
    throw thrown;
  }
}

function nameOf({ profile, real_name: real, name }: Told): string | undefined {
  return [real, profile?.display_name, name].find((n) => n !== undefined && n !== '');
}

function isGuest(one: Told): boolean {
  return one.is_restricted === true || one.is_ultra_restricted === true;
}

/** Someone of another company's workspace, as in a shared channel. */
function isStranger(around: Around, { is_stranger: stranger, team_id: team }: Told): boolean {
  return stranger === true || (team !== undefined && team !== around.team);
}

/** Opens the direct message with someone and gives its channel. */
export async function openDm(around: Around, user: string): Promise<string> {
  const opened = await asked('open a direct message', () =>
    around.writes.conversations.open({ users: user }),
  );
  return opened.channel?.id ?? user;
}

async function outsiders(
  around: Around,
  channel: string,
  look: (user: string) => Promise<Known>,
): Promise<boolean> {
  const { channel: info } = await around.reads.conversations.info({ channel });
  if (info === undefined) return true;
  const shared = [
    info.is_ext_shared,
    info.is_shared,
    info.is_org_shared,
    info.is_pending_ext_shared,
  ];
  if (shared.includes(true)) return true;
  if (info.is_im === true) return outsideDm(info as { readonly user?: string }, look);
  const members = await membersOf(around, channel);
  if (members === 'too many') return true;
  for (const user of members) {
    if (user !== around.botUser && (await look(user)).outside) return true;
  }
  return false;
}

/** The SDK's type of a channel lacks the other person of a direct message. */
async function outsideDm(
  { user }: { readonly user?: string },
  look: (user: string) => Promise<Known>,
): Promise<boolean> {
  return user === undefined || (await look(user)).outside;
}

async function membersOf(around: Around, channel: string): Promise<readonly string[] | 'too many'> {
  const members: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await around.reads.conversations.members({
      channel,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    members.push(...(page.members ?? []));
    if (members.length > MOST_MEMBERS) return 'too many';
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return members;
}
