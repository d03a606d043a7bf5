import { Fault } from '../../core/fault.ts';
import { countsWithout } from '../../core/lost-answer.ts';
import { exactAmount, readUsd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { wallClock } from '../../core/moment.ts';
import { textIn } from '../../ledger/data.ts';
import type { Entry } from '../../ledger/read.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { correctCall, isNotKnown, subjectOf } from './correction.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `cost lost #142.2 <0.012>`: what an invoice says of the oldest call of a task that may have cost something nobody knows. */
export async function sayLost(world: World, asked: Asked): Promise<Reply> {
  const subject = await subjectOf(world, asked);
  const { number, trail } = subject;
  const amount = readCost(asked.words[1]);
  const [call, ...others] = trail.filter((entry) => mayHaveCost(entry, trail));
  if (call === undefined)
    throw new Fault(
      'conflict',
      `Every call made for ${number} has a cost that is known, or was said. To correct one: cost adjust ${number} +0.12 invoice. Nothing was written.`,
    );
  await correctCall(world, subject, { call, amount, why: 'invoice', by: asked.person });
  const outcome = textIn(call.data, 'outcome');
  const which = `${call.lane ?? 'no lane'}, ${outcome === 'ok' ? 'without a price' : outcome}`;
  const left = others.length;
  return told(
    `${number}: the call at ${wallClock(world.facility.zone)(call.at)} (${which}) came to ${exactAmount(amount)}. Budgets count that now in place of the most it could have come to.`,
    ...(left === 0
      ? []
      : [`${left === 1 ? '1 more call' : `${left} more calls`} of it without a known cost.`]),
  );
}

/** A call that was turned away costs nothing, though no price says so. */
function mayHaveCost(entry: Entry, trail: readonly Entry[]): boolean {
  return (
    entry.type === 'attempt.ended' &&
    isNotKnown(entry, trail) &&
    countsWithout(textIn(entry.data, 'outcome') ?? '') === 'lost'
  );
}

function readCost(word: string | undefined): NanoUsd {
  const amount = word === undefined ? undefined : readUsd(word);
  if (amount === undefined)
    throw unexpected(
      'what the invoice says, in USD without a sign',
      word,
      'For example: cost lost #142.2 0.012',
    );
  return amount;
}
