import { Fault } from '../core/fault.ts';
import type { FaultCode } from '../core/fault.ts';
import { isFinal } from '../core/task.ts';
import { openAct } from './act.ts';
import { composeDraft } from './cards/draft.ts';
import type { Composed } from './cards/draft.ts';
import { composeGate } from './cards/gate.ts';
import { composePlan } from './cards/plan.ts';
import { composeQuestion } from './cards/question.ts';
import { composeDigest } from './cards/digest.ts';
import { composeNotice, composeReceived } from './cards/short.ts';
import { spotFor } from './place.ts';
import type { Message } from './ports/message.ts';
import type { CardId, CardKind, CardRow } from './ports/rows-cards.ts';
import type { RequestStep } from './ports/rows-work.ts';
import type { Placed, World } from './ports/world.ts';
import type { Spot } from './place.ts';

type Compose = (world: World, card: CardRow) => Promise<Composed | null>;

const plain =
  (compose: (world: World, card: CardRow) => Promise<Message | null>): Compose =>
  async (world, card) => {
    const message = await compose(world, card);
    return message === null ? null : { message, files: [] };
  };

/** How each card is put together from today's state. `delivered` is posted by the delivery itself. */
const COMPOSE: Readonly<Record<Exclude<CardKind, 'delivered'>, Compose>> = {
  received: plain(composeReceived),
  question: plain(composeQuestion),
  plan: plain(composePlan),
  gate: plain(composeGate),
  draft: composeDraft,
  notice: plain(composeNotice),
  digest: composeDigest,
};

/**
 * Shows a card as the world is now: a new message the first time, an edit of it afterwards. Asking twice shows once;
 * a crash between the posting and its record finds the message that was posted.
 */
export async function show(world: World, id: CardId): Promise<void> {
  const card = await world.store.card(id);
  if (card === null || card.kind === 'delivered' || card.shown >= card.wanted) return;
  const composed = await COMPOSE[card.kind](world, card);
  if (composed === null) return;
  const placed =
    card.ts === null || card.channel === null
      ? await first(world, card, composed)
      : (await overheard(world, card))
        ? await elsewhere(world, card, composed)
        : await again(world, card, composed);
  const act = openAct(world.clock);
  act.change({
    update: 'card',
    set: {
      shown: card.wanted,
      trying: false,
      channel: placed.channel,
      ts: placed.ts,
      postedAt: card.postedAt ?? act.at,
    },
    where: { id: card.id },
  });
  await world.store.commit(act.close());
}

async function first(world: World, card: CardRow, { message, files }: Composed): Promise<Placed> {
  const spot = await spotOf(world, card);
  const target = { id: card.id, ...spot, sureFirst: card.trying };
  if (!card.trying) await world.store.trying(card.id);
  return files.length === 0
    ? world.slack.post(message, target)
    : world.slack.deliver(message, files, target);
}

async function again(world: World, card: CardRow, { message, files }: Composed): Promise<Placed> {
  const placed = { channel: card.channel ?? '', ts: card.ts ?? '' };
  // Files cannot be changed in place; they are named by their draft and never change.
  if (files.length > 0) return placed;
  try {
    await world.slack.edit(message, placed);
  } catch (thrown) {
    if (!(await mayBeLeft(world, card, thrown))) throw thrown;
  }
  return placed;
}

const REFUSED: readonly FaultCode[] = ['not_found', 'not_allowed'];
const READ: readonly RequestStep[] = ['planned', 'empty'];

/** A message that was deleted, or whose channel was closed, is left as it is once its work has ended: nobody waits for it. */
async function mayBeLeft(world: World, { requestId }: CardRow, thrown: unknown): Promise<boolean> {
  if (!(thrown instanceof Fault) || !REFUSED.includes(thrown.code) || requestId === null)
    return false;
  const file = await world.store.requestFile(requestId);
  if (file === null || !READ.includes(file.request.step)) return false;
  return file.tasks.every((task) => isFinal(task.state));
}

/** Whether somebody from outside can by now read along where a card of the practice stands. */
async function overheard(world: World, card: CardRow): Promise<boolean> {
  const { channel, place } = card;
  return place.at === 'review' && channel !== null && (await world.slack.outsidersIn(channel));
}

/** What the card showed is taken out of that place, and the card stands anew where only the practice reads. */
async function elsewhere(world: World, card: CardRow, composed: Composed): Promise<Placed> {
  const { rehearsal } = world.facility;
  const gone = { is: 'notice', rehearsal, number: null, mention: null, text: MOVED } as const;
  await world.slack.edit(gone, { channel: card.channel ?? '', ts: card.ts ?? '' });
  return first(world, card, composed);
}

const MOVED = 'This card now stands where only the practice reads along.';

async function spotOf(world: World, card: CardRow): Promise<Spot> {
  if (card.place.at === 'channel')
    return card.place.thread === undefined
      ? { channel: card.place.channel }
      : { channel: card.place.channel, thread: card.place.thread };
  const file = card.requestId === null ? null : await world.store.requestFile(card.requestId);
  if (file === null) throw new Error(`card ${card.id} has no request to be placed by`);
  return spotFor(world, file, card.place);
}
