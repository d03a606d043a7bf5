import { Fault } from '../core/fault.ts';
import { taskNumber } from '../core/id.ts';
import { minutesOf } from '../ledger/sum-minutes.ts';
import { openAct } from './act.ts';
import { titleOf } from './cards/title.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { World } from './ports/world.ts';
import type { Press, Shown } from './pressed.ts';
import { showGate } from './review.ts';
import { readMinutes, sayMinutes } from './say-minutes.ts';
import type { SaidMinutes } from './say-minutes.ts';

/**
 * What a person says on a receipt that the work would have taken by hand: a button says it at once, the form says it and
 * the minutes of review. It may be said again. Throws Fault `conflict`, `not_allowed`, or `bad_input`.
 */
export async function minutesPressed(world: World, press: Press): Promise<PressedOutcome> {
  const about = receipt(press);
  const { choice, fields } = press.pressed;
  if (choice === undefined && fields === undefined) return form(world, press, about);
  const said = fields === undefined ? { byHand: readMinutes('byHand', choice) } : filled(fields);
  return say(world, { ...about, press, said });
}

/** The delivered draft that this card is the receipt of. */
function receipt(press: Press): Shown {
  const { task, card, roles } = press;
  const draft = task?.drafts.find((d) => d.id === card.draftId);
  if (task === null || draft === undefined || !isReceipt(task.task, draft.id))
    throw new Fault(
      'conflict',
      'Minutes are corrected on the receipt of delivered work, and this card is none. Nothing was written.',
    );
  if (!roles.some((role) => role === 'approver' || role === 'owner'))
    throw new Fault(
      'not_allowed',
      'Only an approver of this client or the owner corrects what is on record. Nothing was written.',
    );
  return { task, draft };
}

/** Whether the card of this draft is the receipt of its delivery. */
export function isReceipt(
  { state, draftId }: Pick<Shown['task']['task'], 'state' | 'draftId'>,
  draft: Shown['draft']['id'],
): boolean {
  return state === 'delivered' && draftId === draft;
}

function filled({ by_hand: byHand, review }: NonNullable<Press['pressed']['fields']>): SaidMinutes {
  if (byHand === undefined && review === undefined)
    throw new Fault(
      'bad_input',
      'Expected minutes by hand, minutes of review, or both, got neither. Nothing was written.',
    );
  return {
    ...(byHand === undefined ? {} : { byHand: readMinutes('byHand', byHand) }),
    ...(review === undefined ? {} : { review: readMinutes('review', review) }),
  };
}

async function form(world: World, press: Press, { task }: Shown): Promise<PressedOutcome> {
  const { said, review } = minutesOf(await world.store.trail({ task: task.task.id }));
  return {
    is: 'form',
    form: {
      is: 'minutes',
      card: press.pressed.card,
      number: taskNumber(task.request.number, task.task.ordinal),
      title: titleOf(world, task.task),
      said,
      review,
    },
  };
}

type Saying = Shown & { readonly press: Press; readonly said: SaidMinutes };

/** Writes it down, and has the receipt shown with it. */
async function say(
  world: World,
  { press, task: file, draft, said }: Saying,
): Promise<PressedOutcome> {
  const { task, request } = file;
  const trail = await world.store.trail({ task: task.id });
  const act = openAct(world.clock);
  sayMinutes(act, { task, person: press.person, trail, said });
  showGate(act, task, draft);
  await world.store.commit(act.close());
  return { is: 'done', says: onRecord(taskNumber(request.number, task.ordinal), said) };
}

/** `#142.2: 30 min by hand and 12 min of review are on record.` */
export function onRecord(number: string, { byHand, review }: SaidMinutes): string {
  const parts = [
    byHand === undefined ? [] : [`${byHand} min by hand`],
    review === undefined ? [] : [`${review} min of review`],
  ].flat();
  return `${number}: ${parts.join(' and ')} ${parts.length > 1 ? 'are' : 'is'} on record.`;
}
