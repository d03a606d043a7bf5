import { requestNumber, taskNumber } from '../../core/id.ts';
import { isFinal } from '../../core/task.ts';
import { FOR_APPROVERS } from '../answer/question.ts';
import { unlessErased } from '../erased.ts';
import { textOf } from '../plan/piece.ts';
import { decider } from '../roles.ts';
import type { QuestionMessage } from '../ports/message.ts';
import type { CardRow, QuestionAbout, QuestionRow } from '../ports/rows-cards.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Settings are never read out of a sentence. */
const BY_BUTTON: readonly QuestionAbout[] = ['cloud', 'client', 'secrets'];

/** A question as it stands: open with its buttons, or locked with who answered what and when. */
export async function composeQuestion(
  world: World,
  card: CardRow,
): Promise<QuestionMessage | null> {
  const question = card.questionId === null ? null : await world.store.question(card.questionId);
  const file = card.requestId === null ? null : await world.store.requestFile(card.requestId);
  if (question === null || file === null) return null;
  const task = file.tasks.find((t) => t.id === question.taskId);
  const { number } = file.request;
  return {
    is: 'question',
    rehearsal: world.facility.rehearsal,
    card: card.id,
    number: task === undefined ? requestNumber(number) : taskNumber(number, task.ordinal),
    mention: mentionFor(world, file, question),
    about: question.about,
    text: await wordsOf(world, question),
    options: question.options,
    freeText: !BY_BUTTON.includes(question.about),
    answered: (await answeredBy(world, question)) ?? closed(question, task?.state),
  };
}

async function wordsOf(world: World, { textBody }: QuestionRow): Promise<string> {
  if (textBody === null) return '';
  const bytes = await unlessErased(world.bodies.get(textBody), null);
  return bytes === null ? 'The words of this question were erased.' : (textOf(bytes) ?? '');
}

/** The one person it waits for: an approver for what only they may say, else whoever asked for the work. */
function mentionFor(world: World, file: RequestFile, question: QuestionRow): string {
  const forApprover = FOR_APPROVERS.includes(question.about);
  if (!forApprover && file.requester.role !== 'guest') return file.requester.slackUser;
  return decider(file)?.slackUser ?? world.facility.ownerUser;
}

async function answeredBy(
  world: World,
  question: QuestionRow,
): Promise<QuestionMessage['answered']> {
  if (question.answeredAt === null || question.answeredBy === null) return null;
  const person = await world.store.person(question.answeredBy);
  const label =
    question.options.find((o) => o.value === question.answer)?.label ??
    (question.answer === 'pieces' ? 'by saying which pieces there are' : 'in their own words');
  return { by: person?.name ?? 'someone', label, at: question.answeredAt };
}

/** A question whose task came to an end another way waits for nobody any more. */
function closed(
  question: QuestionRow,
  state: Parameters<typeof isFinal>[0] | undefined,
): QuestionMessage['answered'] {
  if (state === undefined || !isFinal(state)) return null;
  return { by: 'nobody', label: `no longer needed: the task is ${state}`, at: question.askedAt };
}
