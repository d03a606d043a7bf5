import { requestNumber, taskNumber } from '../../core/id.ts';
import { isFinal } from '../../core/task.ts';
import { raiseIn } from '../answer/budget.ts';
import { FOR_APPROVERS } from '../answer/question.ts';
import { budgetOf, budgetsNow } from '../budget-words.ts';
import { leftToApprovers } from '../raise-budget.ts';
import { unlessErased } from '../erased.ts';
import { textOf } from '../plan/piece.ts';
import { decider } from '../roles.ts';
import type { QuestionMessage } from '../ports/message.ts';
import type { CardRow, QuestionAbout, QuestionRow } from '../ports/rows-cards.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Settings are never read out of a sentence. */
const BY_BUTTON: readonly QuestionAbout[] = ['cloud', 'client', 'budget', 'secrets'];

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
    mention: await mentionFor(world, file, question),
    about: question.about,
    text: await wordsOf(world, question),
    options: question.options,
    freeText: !BY_BUTTON.includes(question.about),
    answered: (await answeredBy(world, question)) ?? closed(question, task),
  };
}

async function wordsOf(world: World, { textBody }: QuestionRow): Promise<string> {
  if (textBody === null) return '';
  const bytes = await unlessErased(world.bodies.get(textBody), null);
  return bytes === null ? 'The words of this question were erased.' : (textOf(bytes) ?? '');
}

/** The one person it waits for: an approver for what only they may say, else whoever asked for the work. */
async function mentionFor(world: World, file: RequestFile, question: QuestionRow): Promise<string> {
  if (question.about === 'budget') return raiserFor(world, file, question);
  const forApprover = FOR_APPROVERS.includes(question.about);
  if (!forApprover && file.requester.role !== 'guest') return file.requester.slackUser;
  return decider(file)?.slackUser ?? world.facility.ownerUser;
}

/** An approver where approvers may raise it by what was offered, else the owner. */
async function raiserFor(
  world: World,
  file: RequestFile,
  { taskId, options }: QuestionRow,
): Promise<string> {
  const task = file.tasks.find(({ id }) => id === taskId);
  const states = task === undefined ? [] : await budgetsNow(world);
  const state = states.find(({ budget }) => budget.id === budgetOf(task ?? { waitsFor: null }));
  const least = raiseIn(options[0]?.value);
  const mayApprover = state !== undefined && least !== null && least <= leftToApprovers(state);
  return (mayApprover ? decider(file)?.slackUser : undefined) ?? world.facility.ownerUser;
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

const waits = (task: TaskRow | undefined): boolean => task !== undefined && budgetOf(task) !== null;

/** A question whose task came to an end another way waits for nobody any more. */
function closed(question: QuestionRow, task: TaskRow | undefined): QuestionMessage['answered'] {
  const isPast = question.about === 'budget' && (question.answeredAt !== null || !waits(task));
  if (task === undefined || !(isPast || isFinal(task.state))) return null;
  const label = `no longer needed: the task is ${task.state}`;
  return { by: 'nobody', label, at: question.askedAt };
}
