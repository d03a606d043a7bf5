import { Fault } from '../../core/fault.ts';
import type { EntryId } from '../../core/id.ts';
import type { Role } from '../../core/task.ts';
import { ofTask } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import { tidySoon } from '../erase/tidy-examples.ts';
import { move } from '../move.ts';
import type { Mover } from '../move.ts';
import type { Decided } from '../plan/piece.ts';
import { settle } from '../plan/put-task.ts';
import { placement, routeData } from '../plan/route-data.ts';
import { showPlan, workJob } from '../start.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { BodyRow } from '../ports/rows.ts';
import type { QuestionRow } from '../ports/rows-cards.ts';
import type { ClientRow, PersonRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { RequestFile, TaskFile } from '../ports/store.ts';
import type { BodyRef, World } from '../ports/world.ts';

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

/** The entry an answer left, and words for whoever gave it. */
export type Followed = { readonly entry: EntryId; readonly says?: string };
export type Follow = (world: World, act: OpenAct, given: Given) => Promise<Followed>;

type Redecided = {
  readonly given: Given;
  readonly decided: Decided;
  readonly bodyId: BodyRow['id'];
  readonly task: TaskRow;
  /** The request of the task, which may be another than the one the question was put in. */
  readonly request: RequestRow;
};

/**
 * Moves an answered task to where the rules now want it, and whatever they want beyond that. A person's word that it is
 * no work for AIOS ends it.
 */
export async function afterAnswer(
  world: World,
  act: OpenAct,
  { given, decided, bodyId, task, request }: Redecided,
): Promise<Followed> {
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const mover: Mover = { by: 'person', person: given.person, roles: given.roles };
  const answered = move(act, task, {
    event: 'answer',
    mover,
    set: { ...placement(decided), minutes: decided.minutes, bodyId },
    say: { data: { ...answerData(act, given), route } },
  });
  if (decided.facts.sensitivity === 'confidential') tidySoon(act);
  const entry = answered.lastEntry;
  if (decided.route.is === 'answer' && decided.route.trace.facts.kind.from === 'person') {
    const event = answered.state === 'proposed' ? 'drop' : 'cancel';
    showPlan(act, move(act, answered, { event, mover: { ...mover, rule: decided.route.rule } }));
    return { entry, says: decided.route.says };
  }
  const settled = await settle(world, act, { task: answered, request, decided });
  if (settled.state === 'queued') workJob(act, settled);
  showPlan(act, settled);
  return { entry };
}

/** The task a question is about, and its client. Throws Fault `conflict` where there is none. */
export function subject(given: Given): { file: TaskFile; client: ClientRow } {
  if (given.task === null || given.request.client === null)
    throw new Fault('conflict', 'This question belongs to no task any more.');
  return { file: given.task, client: given.request.client };
}

/** How an entry names an answer: the closed value, or the keyed hash of the words, and how long it was waited for. */
export function answerData(act: OpenAct, given: Pick<Given, 'question' | 'value' | 'ref'>) {
  return {
    about: given.question.about,
    question: given.question.id,
    waited_ms: Math.max(0, act.at - given.question.askedAt),
    value: given.value ?? 'words',
    words: given.ref === null ? null : refData(given.ref),
  };
}
