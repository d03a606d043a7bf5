import { Fault } from '../core/fault.ts';
import type { FaultCode } from '../core/fault.ts';
import { answerPressed } from './answer/answer.ts';
import { approve } from './approve.ts';
import { sendBack, reject, takeBack } from './decide.ts';
import { minutesPressed } from './minutes.ts';
import { changePiece, dropPiece } from './plan/change.ts';
import { reroute, retryTask } from './plan/reroute.ts';
import { readDraft, formOf } from './read.ts';
import { startPlan, cancelAll } from './plan/clicks.ts';
import { piecesPressed } from './plan/pieces.ts';
import { whyCard } from './why.ts';
import { reopenTask } from './plan/reopen.ts';
import { rolesOf } from './roles.ts';
import { examplePressed } from './teach.ts';
import { refused } from './pressed.ts';
import type { Press } from './pressed.ts';
import { recognise } from './people.ts';
import type { Pressed, PressedOutcome, Verb } from './ports/doors.ts';
import type { CardRow } from './ports/rows-cards.ts';
import type { World } from './ports/world.ts';

type Handler = (world: World, press: Press) => Promise<PressedOutcome>;

const HANDLERS: Readonly<Record<Verb, Handler>> = {
  run: startPlan,
  drop: dropPiece,
  change: changePiece,
  pieces: piecesPressed,
  why: whyCard,
  cancel: cancelAll,
  answer: answerPressed,
  read: readDraft,
  approve,
  send_back: (world, press) =>
    press.pressed.fields === undefined ? formOf(world, press, 'send_back') : sendBack(world, press),
  reject: (world, press) =>
    press.pressed.fields === undefined ? formOf(world, press, 'reject') : reject(world, press),
  edit: async () =>
    told(
      'Reply in the thread of this card with the revised file, under the same name, and mention me. It is checked and shown to you again.',
    ),
  ask: async () =>
    told(
      'Reply in the thread of this card with your question; then press Send back with what should change.',
    ),
  reroute,
  retry: retryTask,
  reopen: reopenTask,
  take_back: takeBack,
  minutes: minutesPressed,
  example: examplePressed,
};

function told(says: string): PressedOutcome {
  return { is: 'done', says };
}

/**
 * A button, a menu or a form. Who pressed is asked of Slack now, the rest is looked up by the card's id; a press that
 * is not allowed or too late changes nothing and says so. Throws Fault `database_gone` when it could not be recorded.
 */
export async function press(world: World, pressed: Pressed): Promise<PressedOutcome> {
  const about = await lookUp(world, pressed);
  if ('is' in about) return about;
  try {
    return await HANDLERS[pressed.verb](world, about);
  } catch (thrown) {
    if (thrown instanceof Fault && TOLD.includes(thrown.code)) return refused(thrown.message);
    throw thrown;
  }
}

/** Faults that are an answer to the person who pressed. */
const TOLD: readonly FaultCode[] = ['not_allowed', 'conflict', 'bad_input'];

/** Everything a press is about, or why it is about nothing this person may touch. */
async function lookUp(world: World, pressed: Pressed): Promise<Press | PressedOutcome> {
  const card = await world.store.card(pressed.card);
  if (card === null || card.requestId === null)
    return refused('I do not know this card. It may belong to another installation.');
  if (isCopy(pressed, card))
    return refused('This card was copied from its place. Use the original.');
  const person = await recognise(world, pressed.user);
  if (person.role === 'guest')
    return refused('Only members of the practice can do this. Nothing was changed.');
  const [request, task] = await Promise.all([
    world.store.requestFile(card.requestId),
    card.taskId === null ? null : world.store.taskFile(card.taskId),
  ]);
  if (request === null) return refused('The request of this card is gone.');
  return { pressed, card, person, roles: rolesOf(person, request), request, task };
}

/** A button counts only on the message it was posted with. */
function isCopy({ at }: Pressed, card: CardRow): boolean {
  return at !== undefined && card.ts !== null && (at.ts !== card.ts || at.channel !== card.channel);
}
