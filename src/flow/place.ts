import type { RequestFile } from './ports/store.ts';
import type { CardPlace } from './ports/rows-cards.ts';
import type { Audience, PersonRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';
import { decider } from './roles.ts';

export type Spot = { readonly channel: string; readonly thread?: string };

type Around = Pick<RequestFile, 'request' | 'requester' | 'client' | 'approvers' | 'origin'>;

/** Direct message channels of Slack begin with D. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/**
 * Who reads the channel a request came from. `practice` only when it was set so and nobody from outside can read it
 * now; a direct message counts by the person in it. Anything unsure is `client`.
 */
export async function audienceOf(world: Pick<World, 'slack'>, around: Around): Promise<Audience> {
  const { request, requester, origin } = around;
  if (isDirect(request.channel)) return requester.role === 'guest' ? 'client' : 'practice';
  if (origin?.audience !== 'practice') return 'client';
  return (await world.slack.outsidersIn(request.channel)) ? 'client' : 'practice';
}

/**
 * Where a card goes. `review` is the thread of the request if only the practice reads it and a person who may decide
 * is there; else the client's review channel if only the practice reads that; else the decider's direct messages.
 */
export async function spotFor(
  world: Pick<World, 'slack' | 'store' | 'facility'>,
  around: Around,
  place: CardPlace,
): Promise<Spot> {
  if (place.at === 'channel') return atMessage(place.channel, place.thread);
  const member = around.requester.role !== 'guest';
  if (place.at === 'origin' || (place.at === 'asker' && member)) return originOf(world, around);
  if (await reviewInOrigin(world, around)) return originOf(world, around);
  const review = await reviewChannel(world, around);
  if (review !== null) return { channel: review };
  const who = decider(around) ?? (await ownerOf(world));
  return { channel: await world.slack.dm(who?.slackUser ?? world.facility.ownerUser) };
}

function atMessage(channel: string, thread: string | null | undefined): Spot {
  return thread == null || thread === '' ? { channel } : { channel, thread };
}

/** The client's review channel, unless someone from outside can read it now. */
async function reviewChannel(
  world: Pick<World, 'slack'>,
  { client }: Around,
): Promise<string | null> {
  const review = client?.reviewChannel ?? null;
  return review === null || (await world.slack.outsidersIn(review)) ? null : review;
}

async function reviewInOrigin(world: Pick<World, 'slack'>, around: Around): Promise<boolean> {
  if (
    isDirect(around.request.channel) &&
    !around.approvers.some((a) => a.id === around.requester.id)
  )
    return false;
  return (await audienceOf(world, around)) === 'practice';
}

async function ownerOf(world: Pick<World, 'store'>): Promise<PersonRow | null> {
  return (await world.store.people()).find((p) => p.role === 'owner') ?? null;
}

/** The thread of the request. What came by a command has no message of its own: our first one begins the thread. */
async function originOf(world: Pick<World, 'store'>, { request }: Around): Promise<Spot> {
  if (request.thread !== '') return atMessage(request.channel, request.thread);
  const first = await world.store.cardByKey(`received:${request.id}`);
  return atMessage(request.channel, first?.ts);
}
