import { Fault } from '../core/fault.ts';
import type { EntryId } from '../core/id.ts';
import { CLOUD_ANSWERS } from '../core/facts.ts';
import type { CloudAnswer } from '../core/facts.ts';
import type { OpenAct } from './act.ts';
import { refData } from './act.ts';
import { redecide } from './change.ts';
import { pieceOf } from './material.ts';
import { move } from './move.ts';
import { decidePiece, lanesNow } from './piece.ts';
import type { Decided } from './piece.ts';
import { placement, routeData, settle } from './put-task.ts';
import { SOMETHING_ELSE } from './question.ts';
import { showPlan, workJob } from './start.ts';
import { keepFiles } from './take-files.ts';
import type { NamedFile } from './ports/exact.ts';
import type { BodyRow } from './ports/rows.ts';
import type { QuestionAbout, QuestionRow } from './ports/rows-cards.ts';
import type { ClientRow, PersonRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { RequestFile, TaskFile } from './ports/store.ts';
import type { BodyRef, World } from './ports/world.ts';
import type { Role } from '../core/task.ts';

/** An answer that was let through, with the keyed hash of its words if it has any. */
export type Given = {
  readonly question: QuestionRow;
  readonly request: RequestFile;
  readonly task: TaskFile | null;
  readonly person: PersonRow;
  readonly roles: readonly Role[];
  readonly value?: string;
  readonly text?: string;
  readonly files?: readonly NamedFile[];
  readonly ref: BodyRef | null;
};

type Followed = { readonly entry: EntryId; readonly says?: string };
type Follow = (world: World, act: OpenAct, given: Given) => Promise<Followed>;

/** What each question's answer leads to. */
export const ANSWERS: Readonly<Record<QuestionAbout, Follow>> = {
  client: placeRequest,
  kind: decideAgain,
  pieces: leaveOr(decideAgain),
  files: decideAgain,
  lane: leaveOr(decideAgain),
  sensitivity: decideAgain,
  cloud: answerCloud,
  persona: workAgain,
  stuck: leaveOr(workAgain),
};

function leaveOr(follow: Follow): Follow {
  return (world, act, given) =>
    given.value === SOMETHING_ELSE ? leave(act, given) : follow(world, act, given);
}

async function placeRequest(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { request } = given.request;
  const clients = await world.store.clients();
  const client =
    clients.find((c) => c.id === given.value) ??
    clients.find((c) => c.slug === given.text?.trim().toLowerCase());
  if (client === undefined)
    throw new Fault(
      'bad_input',
      `Expected one of ${clients.map((c) => c.slug).join(', ')}. Use a button of the card.`,
    );
  const entry = act.note(
    {
      type: 'request.placed',
      actor: { kind: 'person', id: given.person.id },
      client: client.id,
      request: request.id,
      data: answerData(given),
    },
    given.question.lastEntry,
  );
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
  const kind = given.question.about === 'kind' ? given.value : undefined;
  const decided = decidePiece(world, {
    piece: piece.body,
    fileWords: piece.words,
    client,
    health: await lanesNow(world),
    ...(kind === undefined ? {} : { kind }),
    ...(given.value === 'confidential' || given.value === 'ordinary'
      ? { sensitivity: given.value }
      : {}),
    ...(given.question.about === 'lane' && given.value === 'local'
      ? { lane: 'local' as const }
      : {}),
  });
  return {
    entry: await afterAnswer(world, act, { given, decided, bodyId: piece.row.id, task: file.task }),
  };
}

type Redecided = {
  readonly given: Given;
  readonly decided: Decided;
  readonly bodyId: BodyRow['id'];
  readonly task: TaskRow;
};

async function afterAnswer(
  world: World,
  act: OpenAct,
  { given, decided, bodyId, task }: Redecided,
): Promise<EntryId> {
  const answered = move(act, task, {
    event: 'answer',
    mover: { by: 'person', person: given.person, roles: given.roles },
    set: { ...placement(decided), minutes: decided.minutes, bodyId },
    say: { data: { ...answerData(given), route: routeData(decided) } },
  });
  const settled = await settle(world, act, {
    task: answered,
    request: given.request.request,
    decided,
  });
  if (settled.state === 'queued') workJob(act, settled);
  showPlan(act, settled);
  return answered.lastEntry;
}

/** One answer about the cloud settles every task of that client which waits for it. */
async function answerCloud(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { file, client } = subject(given);
  const cloud = CLOUD_ANSWERS.find((c) => c === given.value && c !== 'unset') as
    CloudAnswer | undefined;
  if (cloud === undefined)
    throw new Fault('bad_input', 'Expected never or allowed. Use a button of the card.');
  const lastEntry = act.note(
    {
      type: 'client.set',
      actor: { kind: 'person', id: given.person.id },
      client: client.id,
      data: { cloud },
    },
    client.lastEntry,
  );
  act.change({
    update: 'client',
    set: { cloud, lastEntry },
    where: { id: client.id, lastEntry: client.lastEntry },
  });
  const now = { ...client, cloud, lastEntry };
  const decided = await redecide(world, { task: file.task, client: now });
  const entry = await afterAnswer(world, act, {
    given,
    decided,
    bodyId: file.task.bodyId,
    task: file.task,
  });
  return {
    entry,
    says:
      cloud === 'allowed'
        ? 'Noted: ordinary work may use outside models.'
        : 'Noted: everything of this client stays on this machine.',
  };
}

/** What was said goes to the persona as well, and the work is taken up again. */
async function workAgain(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { file, client } = subject(given);
  const piece = await enriched(world, act, { given, client, task: file.task });
  const back = move(act, file.task, {
    event: 'answer',
    mover: { by: 'person', person: given.person, roles: given.roles },
    set: { bodyId: piece.row.id },
    say: { data: answerData(given) },
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
    say: { data: answerData(given) },
  });
  showPlan(act, cancelled);
  return { entry: cancelled.lastEntry, says: 'Left to you. Nothing more happens here.' };
}

function subject(given: Given): { file: TaskFile; client: ClientRow } {
  if (given.task === null || given.request.client === null)
    throw new Fault('conflict', 'This question belongs to no task any more.');
  return { file: given.task, client: given.request.client };
}

type Enrich = { readonly given: Given; readonly client: ClientRow; readonly task: TaskRow };

/** The piece with the words and files of the answer added, kept as a new body. */
async function enriched(world: World, act: OpenAct, { given, client, task }: Enrich) {
  const before = await pieceOf(world, task);
  const added = await keepFiles(world, act, { files: given.files ?? [], client });
  const text = given.text?.trim() ?? '';
  const body = {
    ...before,
    files: [...before.files, ...added.map((f) => f.file)],
    said: text === '' ? before.said : [...before.said, text],
  };
  const { row } = await world.bodies.put('piece', client.id, JSON.stringify(body));
  act.change({ insert: 'body', row });
  // The words of files that were there before are in the facts already.
  const words =
    added.reduce((sum, f) => sum + f.words, 0) + (before.files.length > 0 ? task.facts.words : 0);
  return { body, row, words };
}

/** How an entry names an answer: the closed value, or the keyed hash of the words. */
function answerData(given: Given) {
  return {
    about: given.question.about,
    question: given.question.id,
    value: given.value ?? 'words',
    words: given.ref === null ? null : refData(given.ref),
  };
}
