import type { Actor, EntryValue } from '../../core/entry.ts';
import type { EntryId } from '../../core/id.ts';
import type { OpenAct } from '../act.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

export type Placing = {
  readonly request: RequestRow;
  readonly client: ClientRow;
  /** Who said for whom it is: a person, or the setting of the channel it was written in. */
  readonly by: Actor;
  readonly cause: EntryId;
  /** The answer that said so. */
  readonly answer?: { readonly [key: string]: EntryValue };
};

type Around = { readonly request: RequestRow; readonly client: ClientRow };
type Needs = Pick<World, 'store' | 'bodies'>;

/** The entry that says for whom a request is: the one there is, or a new one where the channel's setting said it. */
export async function placedBefore(
  world: Needs,
  act: OpenAct,
  { request, client }: Around,
): Promise<EntryId> {
  if (request.clientId !== null) return request.lastEntry;
  const by: Actor = { kind: 'system', id: 'channel' };
  return placeRequest(world, act, { request, client, by, cause: request.lastEntry });
}

/**
 * Notes for whom a request is, and with it what was received: a request comes in before its client is known, and the
 * record of a client begins with what that client's work began with. What was said of it becomes the client's as well.
 */
export async function placeRequest(
  world: Needs,
  act: OpenAct,
  { request, client, by, cause, answer }: Placing,
): Promise<EntryId> {
  const trail = await world.store.trail({ request: request.id });
  const received = trail.find((entry) => entry.type === 'request.received');
  if (received === undefined)
    throw new Error(`the request ${request.id} has no entry that it was received`);
  await giveWords(world, act, { request, client });
  return act.note(
    {
      type: 'request.placed',
      actor: by,
      client: client.id,
      request: request.id,
      data: {
        received: received.id,
        number: request.number,
        requester: request.personId,
        received_at: request.receivedAt,
        ...received.data,
        ...answer,
      },
    },
    cause,
  );
}

/** Wraps the words of a request, and of what was asked and answered about it, under the client's key. */
async function giveWords(world: Needs, act: OpenAct, { request, client }: Around): Promise<void> {
  const questions = (await world.store.requestFile(request.id))?.questions ?? [];
  const said = questions.flatMap(({ textBody, answerBody }) => [textBody, answerBody]);
  for (const body of [request.bodyId, ...said]) {
    const given = body === null ? null : await world.bodies.give(body, client.id);
    if (given !== null) act.change(given);
  }
}
