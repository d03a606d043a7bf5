import { Fault } from '../../core/fault.ts';
import type { OpenAct } from '../act.ts';
import { answer } from './answer.ts';
import { editDraft } from '../edit.ts';
import { rolesOf } from '../roles.ts';
import { refusalOf } from '../unfit.ts';
import type { Heard, HeardOutcome } from '../ports/doors.ts';
import type { QuestionRow } from '../ports/rows-cards.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { RequestRow } from '../ports/rows-work.ts';
import type { RequestFile, TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

type InThread = { readonly heard: Heard; readonly request: RequestRow; readonly person: PersonRow };

/**
 * A message in a thread of ours: the answer to an open question, a revised draft under its gate card, or neither.
 * Only the requester and approvers are listened to here.
 */
export async function answerInThread(
  world: World,
  act: OpenAct,
  { heard, request, person }: InThread,
): Promise<HeardOutcome | 'lost' | 'not_an_answer'> {
  const file = await world.store.requestFile(request.id);
  if (file === null) return 'not_an_answer';
  const roles = rolesOf(person, file);
  if (roles.length === 0) return 'not_an_answer';
  try {
    const edited = await asEdit(world, act, { heard, person, file });
    if (!edited && !(await asAnswer(world, act, { heard, person, file }))) return 'not_an_answer';
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.retry) throw thrown;
    return { is: 'refused', says: thrown.message };
  }
  return (await world.store.commit(act.close())) === 'done' ? { is: 'stored' } : 'lost';
}

type Said = { readonly heard: Heard; readonly person: PersonRow; readonly file: RequestFile };

/** Files under a gate card are a revised draft of what that card shows. */
async function asEdit(world: World, act: OpenAct, { heard, person, file }: Said): Promise<boolean> {
  if (heard.files.length === 0 || heard.thread === null) return false;
  const task = await taskOfThread(world, heard, file);
  if (task === null) return false;
  refuseUnfit(world, heard);
  const files = await world.slack.fetch(heard.files);
  await editDraft(world, act, { task, person, roles: rolesOf(person, file), files });
  return true;
}

/**
 * The task whose draft is talked about: that of the gate card on top of the thread; else of those whose gate card
 * stands in this channel and waits, the one with a file of this name, or the only one.
 */
async function taskOfThread(world: World, heard: Heard, file: RequestFile) {
  const card = await world.store.cardAt(heard.channel, heard.thread ?? '');
  if (card?.kind === 'gate' && card.taskId !== null) return world.store.taskFile(card.taskId);
  if (file.questions.some(waitsForWords)) return null;
  const here = await waitingHere(world, heard, file);
  const sent = heard.files.map((f) => f.name);
  const named = here.filter((t) => currentDraft(t)?.files.some((f) => sent.includes(f.name)));
  const [only, ...others] = named.length > 0 ? named : here;
  return others.length === 0 ? (only ?? null) : null;
}

/** Nobody raises a budget by a sentence, so nothing said in a thread is about that. */
function waitsForWords({ answeredAt, about }: QuestionRow): boolean {
  return answeredAt === null && about !== 'budget';
}

async function waitingHere(world: World, heard: Heard, file: RequestFile) {
  const found: TaskFile[] = [];
  for (const task of file.tasks.filter((t) => t.state === 'waiting')) {
    const card = await world.store.cardByKey(`gate:${task.draftId ?? ''}`);
    const whole = card?.channel === heard.channel ? await world.store.taskFile(task.id) : null;
    if (whole !== null) found.push(whole);
  }
  return found;
}

function currentDraft({ drafts, task }: TaskFile) {
  return drafts.find((d) => d.id === task.draftId);
}

/** Throws Fault `too_large` for words or files that cannot be taken in. */
function refuseUnfit(world: World, heard: Heard): void {
  const unfit = refusalOf(world, heard);
  if (unfit !== null) throw new Fault('too_large', unfit);
}

/** Words, or files, answer the newest open question of the request. */
async function asAnswer(
  world: World,
  act: OpenAct,
  { heard, person, file }: Said,
): Promise<boolean> {
  const question = file.questions.findLast(waitsForWords);
  if (question === undefined) return false;
  const task = question.taskId === null ? null : await world.store.taskFile(question.taskId);
  if (task !== null && task.task.state !== 'asking') return false;
  refuseUnfit(world, heard);
  const option = question.options.find(
    (o) => o.label.toLowerCase() === heard.text.trim().toLowerCase(),
  );
  await answer(world, act, {
    question,
    request: file,
    task,
    person,
    roles: rolesOf(person, file),
    ...(option === undefined ? { text: heard.text } : { value: option.value }),
    files: await world.slack.fetch(heard.files),
  });
  return true;
}
