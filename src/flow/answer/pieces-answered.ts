import { Fault } from '../../core/fault.ts';
import { rearrange } from '../../core/pieces.ts';
import { split } from '../../core/split/split.ts';
import { ofTask } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { pieceOf } from '../attempt/material.ts';
import { planNote } from '../cards/plan-note.ts';
import { wordsOf } from '../plan/pieces-form.ts';
import { putRearranged } from '../plan/put-rearranged.ts';
import { keepFiles } from '../plan/take-files.ts';
import type { World } from '../ports/world.ts';
import { subject } from './given.ts';
import type { Followed, Given } from './given.ts';
import { SOMETHING_ELSE } from './question.ts';

/**
 * Words that say which pieces a request has, as a list or one after the other, take the place of the piece that was
 * asked about. Null where they name no more than one: then it stays one piece.
 */
export async function piecesAnswered(
  world: World,
  act: OpenAct,
  given: Given,
): Promise<Followed | null> {
  if (given.value === SOMETHING_ELSE)
    throw new Fault(
      'bad_input',
      'Expected the pieces, got none. Write them as a list in a reply, or press the button of the question.',
    );
  const texts = piecesIn(world, given);
  if (texts.length < 2) return null;
  const { file, client } = subject(given);
  const body = await pieceOf(world, file.task);
  const about = { ...ofTask(file.task), client: client.id };
  const added = await keepFiles(world, act, { files: given.files ?? [], about });
  const whole = { ...body, files: [...body.files, ...added.map((f) => f.file)] };
  const open = [{ task: file.task, body: whole }];
  const note = await planNote(world, await world.store.cardByKey(`plan:${file.request.id}`));
  const now = rearrange({ pieces: open.map(wordsOf), context: note.context }, texts);
  const entry = await putRearranged(world, act, { by: given, client, open, note, now });
  return entry === null ? null : { entry };
}

function piecesIn(world: World, { text = '', files = [] }: Given): readonly string[] {
  const names = files.map((f) => f.name);
  const parts = split(text, names, world.library.rules);
  return parts.unsure === undefined ? parts.pieces.map((piece) => piece.text) : [];
}
