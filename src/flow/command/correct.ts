import { Fault } from '../../core/fault.ts';
import { byHandText } from '../../core/minutes.ts';
import { addMoney, readSignedUsd, signedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { ADJUST_REASONS } from '../../core/record-words.ts';
import type { AdjustReason } from '../../core/record-words.ts';
import { openAct } from '../act.ts';
import type { Entry } from '../../ledger/read.ts';
import { reviewWords } from '../../ledger/figure-words.ts';
import { minutesOf } from '../../ledger/sum-minutes.ts';
import { onRecord } from '../minutes.ts';
import { readMinutes, sayMinutes } from '../say-minutes.ts';
import type { SaidMinutes } from '../say-minutes.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { correctCall, subjectOf, write } from './correction.ts';
import type { Subject } from './correction.ts';
import { bookedOf } from './cost.ts';
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
  await correctCall(world, subject, { call: booked, amount, why, by: asked.person });
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
