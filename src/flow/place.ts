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
  const origin = await originOf(world, around);
  if (place.at === 'origin') return origin;
  if (place.at === 'asker' && around.requester.role !== 'guest') return origin;
  if (place.at === 'channel')
    return place.thread === undefined
      ? { channel: place.channel }
      : { channel: place.channel, thread: place.thread };
  if (await reviewInOrigin(world, around)) return origin;
  const review = around.client?.reviewChannel ?? null;
  if (review !== null && !(await world.slack.outsidersIn(review))) return { channel: review };
  const who = decider(around) ?? (await ownerOf(world));
  return { channel: await world.slack.dm(who?.slackUser ?? world.facility.ownerUser) };
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
  if (request.thread !== '') return { channel: request.channel, thread: request.thread };
  const first = await world.store.cardByKey(`received:${request.id}`);
  return first?.ts == null
    ? { channel: request.channel }
    : { channel: request.channel, thread: first.ts };
}
