import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import { ACME, COLLEAGUE, numberAt } from './acme.ts';
import type { Running } from './aios.ts';
import { deskOf } from './desk.ts';
import { until } from './until.ts';

/** Somebody writes; gives the request with its first piece once it is planned, or asks what it is. */
export async function ask(running: Running, text: string, { channel = ACME, as = COLLEAGUE } = {}) {
  const { store } = running.aios.world;
  const said = await deskOf(running, as).say(channel, `@aios ${text}`);
  const number = await numberAt(running, said);
  const file = await until(`request ${number} is read`, async () => {
    const id = await store.findRequest(number);
    const found = id === null ? null : await store.requestFile(id);
    return found !== null && found.tasks.length > 0 && found;
  });
  const task = file.tasks[0] as TaskRow;
  return { said, number, task, request: file.request.id, question: file.questions[0] };
}
export type Asked = Awaited<ReturnType<typeof ask>>;

/** Answers the question about the kind of a request with a button of a kind of work, best one that needs no file. */
export async function answerKind(running: Running, asked: Asked) {
  const { store, library } = running.aios.world;
  const options = asked.question?.options ?? [];
  const kindOf = ({ value }: { readonly value: string }) => library.rules.kinds.get(value);
  const work = options.filter((one) => kindOf(one)?.sort === 'work');
  const needsNone = work.find((one) => {
    const kind = kindOf(one);
    return kind?.sort === 'work' && kind.needs.files === undefined;
  });
  const option = needsNone ?? work[0];
  if (option === undefined) throw new Error('no kind is offered');
  const desk = deskOf(running, COLLEAGUE);
  const card = await desk.card(asked.said.channel, 'answer', `*#${asked.number}.1`);
  await desk.press(card, option.label);
  const task = await until('the answer is taken', async () => {
    const file = await store.taskFile(asked.task.id);
    return file !== null && file.task.waitsFor !== 'answer:kind' && file.task;
  });
  return { kind: option.value, task };
}
