import { promiseIn } from '../../core/read.ts';
import { ofTask } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { clientMeant } from './client-meant.ts';
import { raiseAnswered } from './budget.ts';
import { answerCloud } from './cloud.ts';
import { afterAnswer, answerData, subject } from './given.ts';
import { keepExample } from './keep-example.ts';
import type { Follow, Followed, Given } from './given.ts';
import { piecesAnswered } from './pieces-answered.ts';
import { pieceOf } from '../attempt/material.ts';
import { move } from '../move.ts';
import { decidePiece, fileWordsOf, lanesNow } from '../plan/piece.ts';
import { broughtTo } from '../plan/redecide.ts';
import { saidBefore } from '../plan/wishes.ts';
import type { Wishes } from '../plan/wishes.ts';
import { SOMETHING_ELSE } from './question.ts';
import { showPlan, workJob } from '../start.ts';
import { placeRequest } from '../plan/place-request.ts';
import { keepFiles } from '../plan/take-files.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** What each question's answer leads to. */
export const ANSWERS: Readonly<Record<QuestionAbout, Follow>> = {
  client: placeAnswered,
  kind: decideAgain,
  pieces: async (world, act, given) =>
    (await piecesAnswered(world, act, given)) ?? decideAgain(world, act, given),
  files: decideAgain,
  demands: decideAgain,
  lane: leaveOr(decideAgain),
  sensitivity: decideAgain,
  cloud: answerCloud,
  persona: workAgain,
  stuck: leaveOr(workAgain),
  secrets: leaveOr(workAgain),
  order: leaveOr(workAgain),
  budget: raiseAnswered,
};

function leaveOr(follow: Follow): Follow {
  return (world, act, given) =>
    given.value === SOMETHING_ELSE ? leave(act, given) : follow(world, act, given);
}

async function placeAnswered(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { request } = given.request;
  const client = await clientMeant(world, given);
  const entry = await placeRequest(world, act, {
    request,
    client,
    by: { kind: 'person', id: given.person.id },
    cause: given.question.lastEntry,
    answer: answerData(act, given),
  });
  act.change({
    update: 'request',
    set: { clientId: client.id, step: 'received', lastEntry: entry },
    where: { id: request.id, step: 'asked' },
  });
  act.job({ queue: 'aios', name: 'plan', subject: request.id, jobId: `plan_${request.id}_placed` });
  return { entry };
}

/** The rules decide the piece again, with what was said and the files that came with it. */
async function decideAgain(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { file, client } = subject(given);
  const piece = await enriched(world, act, { given, client, task: file.task });
  const decided = decidePiece(world, {
    piece: piece.body,
    fileWords: piece.words,
    client,
    health: await lanesNow(world),
    own: await world.examples.of(client.id),
    ...keptWishes(given, file.task),
    ...waivedBy(world, given, file.task),
    ...(await broughtTo(world, file.task)),
    ...(given.value === 'confidential' || given.value === 'ordinary'
      ? { sensitivity: given.value }
      : {}),
    ...(given.question.about === 'lane' && given.value === 'local'
      ? { lane: 'local' as const }
      : {}),
  });
  const { task, request } = file;
  const bodyId = piece.row.id;
  const followed = await afterAnswer(world, act, { given, decided, bodyId, task, request });
  if (given.question.about === 'kind') {
    const taught = {
      task,
      piece: piece.body,
      decided,
      person: given.person,
      cause: followed.entry,
    };
    await keepExample(world, act, { ...taught, by: 'answer' });
  }
  return followed;
}

/** What people said before stays; what they left open is read from the words, the new ones too. */
function keptWishes({ question, value }: Given, task: TaskRow): Wishes {
  const { kind, ...said } = saidBefore(task);
  const named = Object.fromEntries(Object.entries(said).filter(([, wish]) => wish !== null));
  const meant = question.about === 'kind' ? value : kind;
  return { ...named, ...(meant === undefined ? {} : { kind: meant }) };
}

/**
 * A question about demands is answered by any answer, one about files by words: the answer is what there is. Words that
 * promise a file again, and bring none, are no answer.
 */
function waivedBy(
  { library }: Pick<World, 'library'>,
  { question, text, files = [] }: Given,
  task: TaskRow,
): Pick<Wishes, 'waived'> {
  const before = saidBefore(task).waived ?? [];
  const { about } = question;
  const isSaid = text !== undefined && files.length === 0;
  if (about === 'demands') return { waived: [...before, about] };
  if (about !== 'files' || !isSaid || promiseIn(text, library.rules) !== undefined) return {};
  return { waived: [...before, about] };
}

/** What was said goes to the persona as well, and the work is taken up again. */
async function workAgain(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { file, client } = subject(given);
  const piece = await enriched(world, act, { given, client, task: file.task });
  const back = move(act, file.task, {
    event: 'answer',
    mover: { by: 'person', person: given.person, roles: given.roles },
    // Whoever goes on without the piece before it waits for none any more.
    set: { bodyId: piece.row.id, ...(given.question.about === 'order' ? { after: null } : {}) },
    say: { data: answerData(act, given) },
  });
  if (back.state === 'queued') workJob(act, back);
  showPlan(act, back);
  return { entry: back.lastEntry };
}

async function leave(act: OpenAct, given: Given): Promise<Followed> {
  const { file } = subject(given);
  const cancelled = move(act, file.task, {
    event: 'cancel',
    mover: { by: 'person', person: given.person, roles: given.roles },
    say: { data: answerData(act, given) },
  });
  showPlan(act, cancelled);
  return { entry: cancelled.lastEntry, says: 'Left to you. Nothing more happens here.' };
}

type Enrich = { readonly given: Given; readonly client: ClientRow; readonly task: TaskRow };

/** The piece with the words and files of the answer added, kept as a new body. */
async function enriched(world: World, act: OpenAct, { given, client, task }: Enrich) {
  const before = await pieceOf(world, task);
  const about = { ...ofTask(task), client: client.id };
  const added = await keepFiles(world, act, { files: given.files ?? [], about });
  const text = given.text?.trim() ?? '';
  const body = {
    ...before,
    files: [...before.files, ...added.map((f) => f.file)],
    said: text === '' ? before.said : [...before.said, text],
  };
  const { row } = await world.bodies.put('piece', about, JSON.stringify(body));
  act.change({ insert: 'body', row });
  // The words of files that were there before are in the facts already.
  const words = added.reduce((sum, f) => sum + f.words, 0) + fileWordsOf(task.facts, before);
  return { body, row, words };
}
