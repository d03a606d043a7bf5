import { NOT_KNOWN, NOTHING_SPENT } from '../../core/budget.ts';
import type { Amounts } from '../../core/budget.ts';
import { Fault } from '../../core/fault.ts';
import { taskNumber } from '../../core/id.ts';
import type { AttemptId, EntryId } from '../../core/id.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { AdjustReason } from '../../core/record-words.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { aboutTask } from '../move.ts';
import type { Entry } from '../../ledger/read.ts';
import { showGate } from '../review.ts';
import { rolesOf } from '../roles.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { findAsked } from './find.ts';
import { byPerson } from './settings.ts';
import { unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** What the commands that correct a task have in common: which task it is, and how a correction is written. */

export type Subject = {
  readonly file: TaskFile;
  readonly number: string;
  readonly trail: readonly Entry[];
};

/** The one task that is corrected. Throws Fault `bad_input`, `not_found`, or `not_allowed` for who does not decide about it. */
export async function subjectOf(world: World, asked: Asked): Promise<Subject> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const [task, ...others] = tasks;
  if (task === undefined || others.length > 0)
    throw unexpected('the number of one task', asked.words[0], 'For example: #142.2');
  if (!rolesOf(asked.person, file).some((role) => role === 'approver' || role === 'owner'))
    throw new Fault(
      'not_allowed',
      'Only an approver of this client or the owner corrects what is on record. Nothing was written.',
    );
  const whole = await world.store.taskFile(task.id);
  if (whole === null) throw new Error(`the task ${task.id} is gone`);
  return {
    file: whole,
    number: taskNumber(file.request.number, task.ordinal),
    trail: await world.store.trail({ task: task.id }),
  };
}

export type Correction = {
  /** The entry of the end of the call. */
  readonly call: Entry;
  readonly amount: NanoUsd;
  readonly why: AdjustReason;
  readonly by: PersonRow;
};

/**
 * Writes a correction beside the end of a call. The first one of a call whose cost nobody knew is its cost: budgets count it
 * in place of the worst case. Of two such at once one is lost. Throws Fault `conflict` where it was.
 */
export async function correctCall(
  world: World,
  subject: Subject,
  { call, amount, why, by }: Correction,
): Promise<void> {
  const act = openAct(world.clock);
  act.note(
    {
      type: 'cost.adjusted',
      actor: byPerson(by),
      ...aboutTask(subject.file.task),
      ...aboutCall(call),
      costNano: amount,
      data: { corrects: call.id, why },
    },
    call.id as EntryId,
  );
  if (amount >= 0 && call.attempt !== null && isNotKnown(call, subject.trail)) {
    act.change({ insert: 'inbox', row: { eventId: `cost:${call.id}`, at: act.at } });
    act.spend({ does: 'reconcile', attempt: call.attempt as AttemptId, spent: spentBy(amount) });
  }
  await write(world, act, subject);
}

/** Whether nobody knows what a call came to, and nobody has said it. */
export function isNotKnown({ id, data }: Entry, trail: readonly Entry[]): boolean {
  const isSaid = trail.some(
    (entry) => entry.type === 'cost.adjusted' && entry.data['corrects'] === id,
  );
  return data['basis'] === 'unpriced' && !isSaid;
}

/** What was not charged at all counts as nothing; of anything else only the money is known. */
function spentBy(cash: NanoUsd): Amounts {
  return cash === 0 ? NOTHING_SPENT : { ...NOT_KNOWN, cash };
}

/** The call that is corrected, so that its lane's sum is corrected with it. */
function aboutCall({ attempt, lane }: Entry) {
  return {
    ...(attempt === null ? {} : { attempt: attempt as AttemptId }),
    ...(lane === null ? {} : { lane }),
  };
}

/** Writes the entry, and has the receipt shown with it. */
export async function write(world: World, act: OpenAct, { file }: Subject): Promise<void> {
  const { task, drafts } = file;
  const draft = drafts.find((d) => d.id === task.draftId);
  if (draft !== undefined) showGate(act, task, draft);
  if ((await world.store.commit(act.close())) === 'lost')
    throw new Fault('conflict', 'The correction was not written. Please give the command again.');
}
