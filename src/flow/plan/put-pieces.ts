import type { TaskId } from '../../core/id.ts';
import type { Sensitivity } from '../../core/facts.ts';
import { inTurn, withoutCircles } from '../../core/order.ts';
import type { OpenAct } from '../act.ts';
import { wordsInFiles } from '../attempt/material.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import type { Answered } from './nothing.ts';
import { putAnswered } from './put-answered.ts';
import type { AheadFile, BroughtFile } from './brought.ts';
import { decidePiece, lanesNow } from './piece.ts';
import type { Decided, Deciding, PieceBody, Weigh } from './piece.ts';
import { putTask } from './put-task.ts';
import type { DecidedPiece } from './put-task.ts';
import { bringsOf } from './wishes.ts';
import type { Brought } from './wishes.ts';

/** A piece that is to become a task. */
export type Wanted<F extends AheadFile = BroughtFile> = {
  readonly text: string;
  readonly files: readonly F[];
  /** Words inside its files, where they were counted already. */
  readonly fileWords?: number;
  /** How confidential people said the pieces are that it is made from. */
  readonly sensitivity?: Sensitivity;
  /** The pieces that were said in one breath with it, as the request had them. */
  readonly beside?: readonly string[] | undefined;
  /** What it comes after: a task there is, another of these pieces by its index, or nothing. */
  readonly after: Pick<TaskRow, 'id' | 'facts'> | number | null;
};

/** What a piece was decided to be: a task of that id, or an answer without one. */
export type Piece<F extends AheadFile = BroughtFile> =
  | ({ readonly is: 'task' } & DecidedPiece<F>)
  | ({
      readonly is: 'answer';
      readonly to: string;
      readonly ordinal: number;
      readonly piece: PieceBody<F>;
      readonly decided: Decided;
    } & Answered);

type Wants<F extends AheadFile> = {
  readonly pieces: readonly Wanted<F>[];
  /** The number of the first of them. */
  readonly first: number;
  /** What stands around them in the request and belongs to none: it raises like their own words. */
  readonly around: string;
};

/** Decides pieces, in their order; what comes after another is decided behind it, and nothing is written. */
export async function decidePieces(
  world: World,
  all: Wants<BroughtFile> & Pick<Weigh, 'asker'> & { readonly client: ClientRow },
): Promise<readonly Piece[]> {
  const pieces = await Promise.all(
    all.pieces.map(async (wanted) => ({
      ...wanted,
      fileWords: wanted.fileWords ?? (await wordsInFiles(world, wanted.files)),
    })),
  );
  const health = await lanesNow(world);
  return decideInTurn(world, {
    ...all,
    pieces,
    health,
    own: await world.examples.of(all.client.id),
  });
}

/** The settings pieces are decided under. */
export type Under = Pick<Weigh, 'client' | 'health' | 'own' | 'asker' | 'sensitivity'>;

/** The same for pieces whose files are counted; pure but for the ids of the tasks. */
export function decideInTurn<F extends AheadFile>(
  world: Deciding,
  all: Wants<F> & Under,
): readonly Piece<F>[] {
  const links = all.pieces.map(({ after }) => (typeof after === 'number' ? after : null));
  const after = withoutCircles(links);
  const done: Piece<F>[] = [];
  for (const index of inTurn(after)) {
    const wanted = all.pieces[index];
    if (wanted === undefined) continue;
    const before = beforeOf(world, { ...all, after, done }, index);
    done[index] = decideOne(world, { ...all, wanted, before, ordinal: all.first + index });
  }
  return done;
}

type Before = { readonly id: TaskId; readonly brought: Brought };

type Links<F extends AheadFile> = Pick<Wants<F>, 'pieces'> & {
  readonly after: readonly (number | null)[];
  readonly done: readonly (Piece<F> | undefined)[];
};

/** The task a piece comes after; where that piece makes no task, what it comes after itself. */
function beforeOf<F extends AheadFile>(
  world: Deciding,
  links: Links<F>,
  index: number,
): Before | null {
  const { pieces, after, done } = links;
  const own = pieces[index]?.after ?? null;
  if (own !== null && typeof own !== 'number')
    return { id: own.id, brought: bringsOf(world, own.facts) };
  const next = after[index] ?? null;
  if (next === null) return null;
  const before = done[next];
  if (before?.is === 'task')
    return { id: before.id, brought: bringsOf(world, before.decided.facts) };
  return beforeOf(world, links, next);
}

type One<F extends AheadFile> = Under & {
  readonly wanted: Wanted<F>;
  readonly before: Before | null;
  readonly ordinal: number;
  readonly around: string;
};

function decideOne<F extends AheadFile>(world: Deciding, one: One<F>): Piece<F> {
  const { wanted, before, ordinal, around, client, health, ...under } = one;
  const { text, files, fileWords = 0, sensitivity, beside } = wanted;
  const piece = { text, files, said: [], around, ...(beside === undefined ? {} : { beside }) };
  const brought = before === null ? {} : { brought: before.brought };
  const said = sensitivity === undefined ? {} : { sensitivity };
  const weigh = { ...under, ...said, piece, fileWords, client, health, ...brought };
  const decided = decidePiece(world, weigh);
  const { route } = decided;
  if (route.is === 'answer')
    return { is: 'answer', to: text, ordinal, piece, decided, says: route.says, rule: route.rule };
  const id = world.clock.newId<TaskId>();
  return { is: 'task', id, ordinal, piece, decided, after: before?.id ?? null };
}

type Putting = {
  readonly request: RequestRow;
  readonly client: ClientRow;
  /** Whether the pieces are a guess: then each asks before anything else. */
  readonly unsure: boolean;
};

/** Adds a task for each piece that is to be one, behind the one it comes after, and the answers to all others. */
export async function putPieces(
  world: World,
  act: OpenAct,
  { pieces, ...how }: Putting & { readonly pieces: readonly Piece[] },
): Promise<void> {
  for (const answered of answersIn(pieces)) await putAnswered(world, act, { ...how, ...answered });
  const tasks = pieces.flatMap((piece) => (piece.is === 'task' ? [piece] : []));
  const at = (id: TaskId | null): number => tasks.findIndex((task) => task.id === id);
  const after = tasks.map((task) => (at(task.after) === -1 ? null : at(task.after)));
  for (const index of inTurn(after)) {
    const piece = tasks[index];
    if (piece !== undefined) await putTask(world, act, { ...how, ...piece });
  }
}

/** The answers to pieces that make no task. */
export function answersIn(pieces: readonly Piece[]): readonly (Piece & { is: 'answer' })[] {
  return pieces.flatMap((piece) => (piece.is === 'answer' ? [piece] : []));
}

/** An answer as the plan card shows it: with the words it answers, so that nothing of a request is out of sight. */
export function answerLine({ says, to }: { readonly says: string; readonly to: string }): string {
  return `“${to.replace(/\s+/g, ' ').trim()}”: ${says}`;
}
