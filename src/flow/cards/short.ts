import { requestNumber } from '../../core/id.ts';
import { unlessErased } from '../erased.ts';
import { audienceOf } from '../place.ts';
import { textOf } from '../plan/piece.ts';
import { decider } from '../roles.ts';
import type { Message } from '../ports/message.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { World } from '../ports/world.ts';
import type { BodyId } from '../../core/id.ts';

/** The sign that a request arrived: to a client nothing but that. */
export async function composeReceived(world: World, card: CardRow): Promise<Message | null> {
  const file = card.requestId === null ? null : await world.store.requestFile(card.requestId);
  if (file === null) return null;
  const number = requestNumber(file.request.number);
  const practice = (await audienceOf(world, file)) === 'practice';
  return {
    is: 'received',
    rehearsal: world.facility.rehearsal,
    number,
    says: practice
      ? 'Received. The plan follows; nothing starts without a click.'
      : 'Received. A person looks at it before anything is sent; the result comes here.',
  };
}

/** A few plain words; the words are a body, because they may quote what people wrote. */
export async function composeNotice(world: World, card: CardRow): Promise<Message | null> {
  const body = card.note?.with['body'];
  if (typeof body !== 'string') return null;
  const file = card.requestId === null ? null : await world.store.requestFile(card.requestId);
  return {
    is: 'notice',
    rehearsal: world.facility.rehearsal,
    number: file === null ? null : requestNumber(file.request.number),
    mention: file === null ? null : mentionFor(card, file),
    text: textOf(await unlessErased(world.bodies.get(body as BodyId), ERASED_NOTICE)) ?? '',
  };
}

const ERASED_NOTICE = new TextEncoder().encode('The words of this message were erased.');

type File = NonNullable<Awaited<ReturnType<World['store']['requestFile']>>>;

/** Nobody from outside is called to where drafts are shown: what waits for a guest there waits for who decides. */
function mentionFor(card: CardRow, file: File): string | null {
  if (card.place.at === 'asker' && file.requester.role === 'guest')
    return decider(file)?.slackUser ?? null;
  return card.place.at === 'review'
    ? (file.approvers[0]?.slackUser ?? null)
    : file.requester.slackUser;
}
