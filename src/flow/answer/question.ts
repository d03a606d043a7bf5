import type { EntryValue } from '../../core/entry.ts';
import type { BodyId, EntryId, QuestionId } from '../../core/id.ts';
import { ofRequest, ofTask } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import type { CardPlace, QuestionAbout, QuestionOption, QuestionRow } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** The answer that means: none of these, I will say it in words. */
export const SOMETHING_ELSE = 'something_else';

/** Questions whose answer only an approver or the owner may give. */
export const FOR_APPROVERS: readonly QuestionAbout[] = [
  'cloud',
  'sensitivity',
  'lane',
  'secrets',
  'budget',
];

export type Asking = {
  readonly about: QuestionAbout;
  readonly request: RequestRow;
  readonly task: TaskRow | null;
  /** The question in words: from the rule that asks, or from a persona. */
  readonly text: string;
  readonly options: readonly QuestionOption[];
  readonly place: CardPlace;
};

/** A question that is about to be put. */
export type Question = {
  readonly id: QuestionId;
  /** What its entry says of it: which question, its words by their keyed hash, its closed answers. */
  readonly data: Readonly<Record<string, EntryValue>>;
  /** Adds its row, its text and its card, once the entry that puts it is known. */
  write(entry: EntryId): void;
};

/**
 * Prepares a question for the act. What concerns a client as a whole is asked once, however many tasks wait for it: null
 * when it is asked already.
 */
export async function makeQuestion(
  world: World,
  act: OpenAct,
  ask: Asking,
): Promise<Question | null> {
  if (ask.about === 'cloud' && (await cloudAsked(world, act, ask))) return null;
  const id = act.newId<QuestionId>();
  const about = ask.task === null ? ofRequest(ask.request) : ofTask(ask.task);
  const { ref, row } = await world.bodies.put('question', about, ask.text);
  return {
    id,
    data: { question: id, text: refData(ref), options: ask.options.map((o) => o.value) },
    write: (entry) => {
      act.change({ insert: 'body', row });
      put(act, ask, { id, textBody: ref.id, entry });
    },
  };
}

/** The job that asks a model what a request may be that this question is about. */
export function proposeJob(act: OpenAct, id: QuestionId): void {
  act.job({ queue: 'lane-local', name: 'propose', subject: id, jobId: `propose_${id}` });
}

type Put = {
  readonly id: QuestionId;
  readonly textBody: BodyId;
  readonly entry: EntryId;
};

function put(act: OpenAct, ask: Asking, { id, textBody, entry }: Put): void {
  const row: QuestionRow = {
    id,
    requestId: ask.request.id,
    taskId: ask.task?.id ?? null,
    about: ask.about,
    options: ask.options,
    textBody,
    askedAt: act.at,
    answeredAt: null,
    answer: null,
    answerBody: null,
    answeredBy: null,
    lastEntry: entry,
  };
  act.change({ insert: 'question', row });
  act.show({
    key: `question:${id}`,
    kind: 'question',
    place: ask.place,
    requestId: ask.request.id,
    taskId: ask.task?.id ?? null,
    questionId: id,
  });
}

/** Whether the same act, or another task of the client, asks about the cloud already. */
async function cloudAsked(world: World, act: OpenAct, { task }: Asking): Promise<boolean> {
  const puts = act.close().changes;
  if (puts.some((c) => 'insert' in c && c.insert === 'question' && c.row.about === 'cloud'))
    return true;
  const open = task?.clientId == null ? [] : await world.store.openTasks(task.clientId);
  const ends = new Set(
    puts.flatMap((c) =>
      'update' in c && c.update === 'task' && c.set.state === 'cancelled' ? [c.where.id] : [],
    ),
  );
  return open.some(
    (o) =>
      o.task.id !== task?.id &&
      !ends.has(o.task.id) &&
      o.task.state === 'asking' &&
      o.task.waitsFor === 'answer:cloud',
  );
}

/** Whether new work may come in for a client: not once it was erased. */
export function isServed(client: Pick<ClientRow, 'erasedAt'>): boolean {
  return client.erasedAt === null;
}

/** Clients as buttons; the practice itself is one of them. */
export function clientOptions(clients: readonly ClientRow[]): readonly QuestionOption[] {
  return clients.filter(isServed).map((c) => ({ value: c.id, label: c.name }));
}

const PLAIN_OPTIONS: Readonly<Partial<Record<QuestionAbout, readonly QuestionOption[]>>> = {
  cloud: [
    { value: 'never', label: 'Never: own machine only' },
    { value: 'redacted', label: 'Only redacted, never confidential work' },
    { value: 'allowed', label: 'Allowed, except confidential work' },
  ],
  pieces: [
    { value: 'one', label: 'It is one piece' },
    { value: SOMETHING_ELSE, label: 'Several: show me the pieces' },
  ],
  demands: [{ value: 'as_written', label: 'Both, as it is written' }],
  lane: [
    { value: 'local', label: 'On our own machine' },
    { value: SOMETHING_ELSE, label: 'By hand, without AIOS' },
  ],
  sensitivity: [
    { value: 'confidential', label: 'Yes, confidential' },
    { value: 'ordinary', label: 'No, ordinary work' },
  ],
  order: [
    { value: 'go_on', label: 'Go on without it' },
    { value: SOMETHING_ELSE, label: 'Leave it, I will do it myself' },
  ],
  secrets: [
    { value: 'mask', label: 'Mask them and go on' },
    { value: SOMETHING_ELSE, label: 'Leave it, I will do it myself' },
  ],
  stuck: [
    { value: 'retry', label: 'Try again' },
    { value: SOMETHING_ELSE, label: 'Leave it, I will do it myself' },
  ],
};

/** The closed answers of a question: the likeliest kinds, best first, or the fixed ones of its subject. */
export function optionsFor(
  world: World,
  about: QuestionAbout,
  likely: readonly string[],
): readonly QuestionOption[] {
  if (about !== 'kind') return PLAIN_OPTIONS[about] ?? [];
  const { kinds, settings } = world.library.rules;
  const named = likely.slice(0, settings.offered);
  const work = [...kinds.values()].filter((k) => k.sort === 'work').map((k) => k.id);
  const offered = [...new Set([...named, ...work])].slice(0, settings.offered);
  const options = offered.map((id) => ({ value: id, label: kinds.get(id)?.title ?? id }));
  return [...options, { value: SOMETHING_ELSE, label: 'Something else' }];
}
