import { Fault } from '../../core/fault.ts';
import { readPieces, rearrange } from '../../core/pieces.ts';
import { mayCause } from '../../core/task.ts';
import { pieceOf } from '../attempt/material.ts';
import { planNote } from '../cards/plan-note.ts';
import { openAct } from '../act.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { clientOf, MOVED_ON, refused } from '../pressed.ts';
import type { Press } from '../pressed.ts';
import { takeTurns } from './order.ts';
import { canChange, piecesForm, textIn, wordsOf } from './pieces-form.ts';
import type { Arranged, Standing } from './pieces-form.ts';
import { putRearranged } from './put-rearranged.ts';

/**
 * Says anew which pieces a request has, before any of them starts: joined, split, dropped or in other words. What
 * says the same stays; everything else ends in the same act in which its words become new pieces, decided by the same
 * rules. No sentence is lost: what no piece holds any more is shown as not used as work.
 */
export async function piecesPressed(world: World, press: Press): Promise<PressedOutcome> {
  refuseOthers(press);
  const arranged = await standing(world, press);
  if (arranged.open.length === 0)
    throw new Fault('conflict', 'Every piece of this plan was started. Nothing can be rearranged.');
  const { fields } = press.pressed;
  const card = await world.store.cardByKey(`plan:${press.request.request.id}`);
  const note = await planNote(world, card);
  if (fields === undefined) {
    const form = piecesForm(press.request, arranged, { card: press.pressed.card, note });
    return { is: 'form', form };
  }
  const text = textIn(fields, arranged.open);
  if (text === null) return MOVED_ON;
  return save(world, press, { ...arranged, note, texts: readPieces(text) });
}

/** Throws Fault `not_allowed` for whoever may not change this plan. */
function refuseOthers({ roles }: Press): void {
  if (mayCause('proposed', 'change', roles)) return;
  throw new Fault(
    'not_allowed',
    'Only the requester, if a member of the practice, or an approver can do this. Nothing was changed.',
  );
}

const OVER = ['cancelled', 'rejected', 'delivered'];

async function standing(world: World, { request }: Press): Promise<Arranged> {
  const all = await Promise.all(
    request.tasks
      .filter((task) => !OVER.includes(task.state))
      .map(async (task): Promise<Standing> => ({ task, body: await pieceOf(world, task) })),
  );
  return { open: all.filter(canChange), fixed: all.filter((one) => !canChange(one)) };
}

type Saving = Arranged & {
  readonly note: Awaited<ReturnType<typeof planNote>>;
  readonly texts: readonly string[];
};

const MOST_PIECES = 20;

async function save(
  world: World,
  press: Press,
  { open, fixed, note, texts }: Saving,
): Promise<PressedOutcome> {
  if (texts.length === 0)
    return refused(
      'Expected at least one piece, got none. To end all of them press Cancel in the menu of the card.',
    );
  if (texts.length + fixed.length > MOST_PIECES)
    return refused(
      `Expected at most ${MOST_PIECES} pieces, got ${texts.length + fixed.length}. Join some, or write a second request.`,
    );
  const before = { pieces: open.map(wordsOf), context: note.context };
  const now = rearrange(before, texts);
  const act = openAct(world.clock);
  const client = clientOf(press);
  const entry = await putRearranged(world, act, { by: press, client, open, note, now });
  if (entry === null)
    return { is: 'done', says: 'These are the pieces there were. Nothing was changed.' };
  if ((await world.store.commit(act.close())) !== 'done') return MOVED_ON;
  await takeTurns(world, press.request.request.id);
  return { is: 'done' };
}
