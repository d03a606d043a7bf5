import { Fault } from '../../core/fault.ts';
import { mayCause } from '../../core/task.ts';
import { ofRequest, ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { ANSWERS } from './answers.ts';
import { clientMeant } from './client-meant.ts';
import type { Given } from './given.ts';
import { FOR_APPROVERS, SOMETHING_ELSE } from './question.ts';
import { resumeFunded } from '../funded.ts';
import { takeTurns } from '../plan/order.ts';
import { piecesPressed } from '../plan/pieces.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { QuestionAbout, QuestionRow } from '../ports/rows-cards.ts';
import type { BodyAbout, BodyRef, World } from '../ports/world.ts';
import type { Press } from '../pressed.ts';

/** An answer to an open question: one of its options, or words and files from its thread. */
export type Answering = Omit<Given, 'ref'>;

/** Says where an answer in words belongs, for questions whose buttons did not fit. */
const IN_WORDS: PressedOutcome = {
  is: 'done',
  says: 'Say it in your own words: mention me in a reply in this thread.',
};

/** A button under a question. */
export async function answerPressed(world: World, press: Press): Promise<PressedOutcome> {
  const question =
    press.card.questionId === null ? null : await world.store.question(press.card.questionId);
  const value = press.pressed.choice;
  const option = question?.options.find((o) => o.value === value);
  if (question === null || option === undefined)
    throw new Fault('bad_input', 'This is none of the answers offered. Use a button of the card.');
  if (value === SOMETHING_ELSE && question.about === 'kind') return IN_WORDS;
  if (value === SOMETHING_ELSE && question.about === 'pieces') return piecesPressed(world, press);
  const act = openAct(world.clock);
  const said = await answer(world, act, {
    question,
    request: press.request,
    task: press.task,
    person: press.person,
    roles: press.roles,
    value: option.value,
  });
  if ((await world.store.commit(act.close())) === 'done') {
    await goOn(world, press, question);
    return said;
  }
  return { is: 'refused', says: 'Someone answered this just before you. Nothing was changed.' };
}

/** What waited for the piece of the answer, or for the same budget, goes on at once. */
async function goOn(world: World, press: Press, { about }: QuestionRow): Promise<void> {
  await takeTurns(world, press.request.request.id);
  if (about === 'budget') await resumeFunded(world);
}

/**
 * Takes an answer into the act: closes the question and lets its subject decide what follows.
 * Throws Fault `conflict` when it was answered before, `not_allowed` when it is not this person's to answer.
 */
export async function answer(world: World, act: OpenAct, how: Answering): Promise<PressedOutcome> {
  const { question } = how;
  if (question.answeredAt !== null)
    throw new Fault('conflict', 'This question is answered already. Nothing was changed.');
  if (!mayAnswer(how)) throw new Fault('not_allowed', whoMay(question.about));
  const ref = await keepWords(world, act, how);
  const { entry, says } = await ANSWERS[question.about](world, act, { ...how, ref });
  act.change({
    update: 'question',
    set: {
      answeredAt: act.at,
      answer: how.value ?? 'words',
      answerBody: ref === null ? null : ref.id,
      answeredBy: how.person.id,
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
  return says === undefined ? { is: 'done' } : { is: 'done', says };
}

async function keepWords(world: World, act: OpenAct, how: Answering): Promise<BodyRef | null> {
  if (how.text === undefined) return null;
  const { ref, row } = await world.bodies.put('reason', await aboutOf(world, how), how.text);
  act.change({ insert: 'body', row });
  return ref;
}

/** Words that say for whom a request is belong to that client already. */
async function aboutOf(world: World, how: Answering): Promise<BodyAbout> {
  if (how.task !== null) return ofTask(how.task.task);
  const { request } = how.request;
  if (how.question.about !== 'client') return ofRequest(request);
  return ofRequest(request, (await clientMeant(world, how)).id);
}

function mayAnswer({ question, task, roles }: Answering): boolean {
  if (FOR_APPROVERS.includes(question.about))
    return roles.some((r) => r === 'approver' || r === 'owner');
  return task === null ? roles.length > 0 : mayCause('asking', 'answer', roles);
}

function whoMay(about: QuestionAbout): string {
  return FOR_APPROVERS.includes(about)
    ? 'Only an approver of this client or the owner can answer this. Nothing was changed.'
    : 'Only the requester, if a member of the practice, or an approver can answer this. Nothing was changed.';
}
