import type { EntryId } from '../../core/id.ts';
import type { Rearranged } from '../../core/pieces.ts';
import { refOf } from '../../core/rule-set.ts';
import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { answerData } from '../answer/given.ts';
import { move } from '../move.ts';
import { moverOf } from '../pressed.ts';
import type { Press } from '../pressed.ts';
import type { QuestionRow } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { newPieces } from './new-pieces.ts';
import type { NewPieces } from './new-pieces.ts';
import type { Standing } from './pieces-form.ts';
import { answerLine, answersIn, decidePieces, putPieces } from './put-pieces.ts';
import type { Piece } from './put-pieces.ts';
import type { PlanNote } from './write.ts';

/** Who rearranges which request; with the question that this answers, where it is an answer. */
type By = Pick<Press, 'request' | 'person' | 'roles'> & { readonly question?: QuestionRow };

export type Rearranging = {
  readonly by: By;
  readonly client: ClientRow;
  /** The pieces as they stood. */
  readonly open: readonly Standing[];
  readonly note: PlanNote;
  readonly now: Rearranged;
};

/**
 * Adds a rearrangement to the act: one entry that says what became what, the end of each piece that is replaced, the new
 * pieces decided by the rules, and the plan card. Gives that entry; null when nothing would change.
 */
export async function putRearranged(
  world: World,
  act: OpenAct,
  how: Rearranging,
): Promise<EntryId | null> {
  const { by, client, open, now } = how;
  const { request, tasks } = by.request;
  const become = newPieces(open, now, tasks);
  if (become.replaced.length === 0 && become.wanted.length === 0) return null;
  const first = Math.max(...tasks.map((t) => t.ordinal)) + 1;
  const around = now.context.join('\n');
  const pieces = await decidePieces(world, { client, pieces: become.wanted, first, around });
  const done: Done = { ...how, become, pieces };
  const entry = noteChange(world, act, done);
  // First of all they end: a question that concerns the client as a whole is theirs no more.
  endReplaced(world, act, { ...done, entry });
  const row = { ...request, lastEntry: entry };
  await putPieces(world, act, { request: row, client, pieces, unsure: false });
  await showAnew(world, act, { ...done, entry });
  return entry;
}

type Done = Rearranging & {
  readonly become: NewPieces;
  readonly pieces: readonly Piece[];
};

function noteChange(world: World, act: OpenAct, { by, now, become, pieces }: Done): EntryId {
  const { request } = by.request;
  const asked = by.question ?? openQuestions(by, become).find((q) => q.about === 'pieces');
  const answer =
    asked === undefined ? {} : answerData(act, { question: asked, value: 'pieces', ref: null });
  return act.note(
    {
      type: 'request.pieces_changed',
      actor: { kind: 'person', id: by.person.id },
      rule: refOf(world.library.rules, 'SPLIT-PERSON'),
      ...(request.clientId === null ? {} : { client: request.clientId }),
      request: request.id,
      data: {
        replaced: become.replaced.map(({ task }) => task.id),
        pieces: pieces.length,
        made: idsOf(pieces),
        context: now.context.length,
        edited: now.edited,
        ...answer,
      },
    },
    request.lastEntry,
  );
}

function idsOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => (piece.is === 'task' ? [piece.id] : []));
}

/** Questions about the pieces that end, but for the one that is just answered; one about the cloud concerns the client as a whole. */
function openQuestions(by: By, { replaced }: NewPieces): readonly QuestionRow[] {
  const ends = new Set<string | null>(replaced.map(({ task }) => task.id));
  return by.request.questions.filter(
    (q) =>
      q.answeredAt === null &&
      q.about !== 'cloud' &&
      q.id !== by.question?.id &&
      ends.has(q.taskId),
  );
}

type Entered = Done & { readonly entry: EntryId };

function endReplaced(world: World, act: OpenAct, { by, become, pieces, entry }: Entered): void {
  const mover = { ...moverOf(by), rule: refOf(world.library.rules, 'SPLIT-PERSON') };
  for (const standing of become.replaced) {
    const { task } = standing;
    const holders = pieces.filter((_, i) => become.from[i]?.includes(standing));
    move(act, task, {
      event: task.state === 'proposed' ? 'drop' : 'cancel',
      mover,
      say: { data: { pieces: entry, replaced_by: idsOf(holders) } },
    });
  }
  for (const question of openQuestions(by, become)) {
    act.change({
      update: 'question',
      set: {
        answeredAt: act.at,
        answer: 'pieces',
        answeredBy: by.person.id,
        lastEntry: entry,
      },
      where: { id: question.id, answeredAt: null },
    });
    act.show({
      key: `question:${question.id}`,
      kind: 'question',
      place: { at: 'asker' },
      questionId: question.id,
    });
  }
}

/** What the card says beside the tasks, and that nobody else wrote the request meanwhile. */
async function showAnew(world: World, act: OpenAct, done: Entered): Promise<void> {
  const { by, client, note, now, become, pieces, entry } = done;
  const { request } = by.request;
  const said: PlanNote = {
    context: now.context,
    answers: [...note.answers, ...answersIn(pieces).map(answerLine)],
    replaced: [...(note.replaced ?? []), ...become.replaced.map(({ task }) => task.ordinal)],
  };
  const about = ofRequest(request, client.id);
  const body = await world.bodies.put('note', about, JSON.stringify(said));
  act.change({ insert: 'body', row: body.row });
  act.change({
    update: 'request',
    set: { lastEntry: entry },
    where: { id: request.id, lastEntry: request.lastEntry },
  });
  const key = `plan:${request.id}`;
  const shown = { code: 'plan', with: { body: body.ref.id } };
  act.change({ update: 'card', set: { note: shown }, where: { key } });
  act.show({ key, kind: 'plan', place: { at: 'review' }, requestId: request.id });
}
