import { Fault } from '../../core/fault.ts';
import { taskNumber } from '../../core/id.ts';
import type { AttemptId, EntryId } from '../../core/id.ts';
import { byHandText } from '../../core/minutes.ts';
import { addMoney, readSignedUsd, signedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { ADJUST_REASONS } from '../../core/record-words.ts';
import type { AdjustReason } from '../../core/record-words.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { aboutTask } from '../move.ts';
import type { Entry } from '../../ledger/read.ts';
import { reviewWords } from '../../ledger/figure-words.ts';
import { minutesOf } from '../../ledger/sum-minutes.ts';
import { onRecord } from '../minutes.ts';
import { showGate } from '../review.ts';
import { rolesOf } from '../roles.ts';
import { readMinutes, sayMinutes } from '../say-minutes.ts';
import type { SaidMinutes } from '../say-minutes.ts';
import type { Reply } from '../ports/doors.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bookedOf } from './cost.ts';
import { findAsked } from './find.ts';
import { byPerson } from './settings.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** A correction is an entry beside the one it corrects: what was booked stays as it was booked. */

/** `cost adjust #142.2 <+0.12|-0.12> invoice|credit|mistake|allocation` */
export async function adjustCost(world: World, asked: Asked): Promise<Reply> {
  const subject = await subjectOf(world, asked);
  const amount = readAmount(asked.words[1]);
  const why = readReason(asked.words[2]);
  const { file, number } = subject;
  const booked = lastBooked(subject);
  const cost = addMoney(bookedOf(file), amount);
  if (cost < 0)
    throw new Fault(
      'bad_input',
      `Expected a correction that leaves at least $0.00, got one that makes the cost of ${number} ${signedUsd(cost)}. Nothing was written.`,
    );
  const act = openAct(world.clock);
  act.note(
    {
      type: 'cost.adjusted',
      actor: byPerson(asked.person),
      ...aboutTask(file.task),
      ...aboutCall(booked),
      costNano: amount,
      data: { corrects: booked.id, why },
    },
    booked.id as EntryId,
  );
  await write(world, act, subject);
  const all = addMoney(file.corrections.nano, amount);
  return told(
    `${number}: ${signedUsd(amount)} (${why}) is on record beside what was booked.`,
    `Its known cost is ${usd(cost)} now, corrected by ${signedUsd(all)} in all.`,
  );
}

/** `cost minutes #142.2 90`: minutes by hand. */
export async function correctMinutes(world: World, asked: Asked): Promise<Reply> {
  return correctBy(world, asked, { byHand: readMinutes('byHand', asked.words[1]) });
}

/** `cost review #142.2 12`: minutes of all its reviews together. */
export async function correctReview(world: World, asked: Asked): Promise<Reply> {
  return correctBy(world, asked, { review: readMinutes('review', asked.words[1]) });
}

async function correctBy(world: World, asked: Asked, said: SaidMinutes): Promise<Reply> {
  const subject = await subjectOf(world, asked);
  const { file, number, trail } = subject;
  const act = openAct(world.clock);
  sayMinutes(act, { task: file.task, person: asked.person, trail, said });
  await write(world, act, subject);
  const before = minutesOf(trail);
  const was =
    said.review === undefined
      ? `Before: ${byHandText({ ...before.said, table: file.task.minutes || null })}.`
      : `Before: ${before.review === null ? 'nothing recorded' : reviewWords(before.review)}.`;
  return told(`${onRecord(number, said)} ${was}`);
}

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

function readAmount(word: string | undefined): NanoUsd {
  const amount = word === undefined ? undefined : readSignedUsd(word);
  if (amount === undefined || amount === 0)
    throw unexpected(
      'an amount in USD with its sign and at most nine decimals',
      word,
      'For example: cost adjust #142.2 +0.12 invoice',
    );
  return amount;
}

function readReason(word: string | undefined): AdjustReason {
  const why = ADJUST_REASONS.find((reason) => reason === word);
  if (why === undefined)
    throw unexpected(
      `why: one of ${ADJUST_REASONS.join(', ')}`,
      word,
      'For example: cost adjust #142.2 -0.12 credit',
    );
  return why;
}

/** The last call of the task, whose booking is corrected. Throws Fault `conflict` where there is none. */
function lastBooked({ number, trail }: Subject): Entry {
  const booked = trail.findLast((e) => e.type === 'attempt.ended');
  if (booked === undefined)
    throw new Fault(
      'conflict',
      `No call was made for ${number} yet, so there is no cost to correct. Nothing was written.`,
    );
  return booked;
}

/** The call that is corrected, so that its lane's sum is corrected with it. */
export function aboutCall({ attempt, lane }: Entry) {
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
