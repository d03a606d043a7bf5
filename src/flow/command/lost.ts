import { NOTHING_SPENT } from '../../core/budget.ts';
import type { Amounts } from '../../core/budget.ts';
import { Fault } from '../../core/fault.ts';
import type { AttemptId, EntryId } from '../../core/id.ts';
import { readUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { wallClock } from '../../core/moment.ts';
import type { Entry } from '../../ledger/read.ts';
import { openAct } from '../act.ts';
import { aboutTask } from '../move.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { aboutCall, subjectOf, write } from './correct.ts';
import { byPerson } from './settings.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/**
 * `cost lost #142.2 <0.012>`: what an invoice says of the oldest call of a task whose cost nobody knows. It is an entry
 * beside the end of that call, and budgets count it from then on in place of the worst case that was reserved.
 */
export async function sayLost(world: World, asked: Asked): Promise<Reply> {
  const subject = await subjectOf(world, asked);
  const { file, number, trail } = subject;
  const amount = readCost(asked.words[1]);
  const [call, ...others] = notKnown(trail);
  if (call === undefined)
    throw new Fault(
      'conflict',
      `Every call made for ${number} has a cost that is known, or was said. To correct one: cost adjust ${number} +0.12 invoice. Nothing was written.`,
    );
  const act = openAct(world.clock);
  act.note(
    {
      type: 'cost.adjusted',
      actor: byPerson(asked.person),
      ...aboutTask(file.task),
      ...aboutCall(call),
      costNano: amount,
      data: { corrects: call.id, why: 'invoice' },
    },
    call.id as EntryId,
  );
  act.spend({ does: 'reconcile', attempt: call.attempt as AttemptId, spent: spentBy(amount) });
  await write(world, act, subject);
  const { provider, outcome } = call.data;
  const which = [call.lane, provider, outcome === 'ok' ? 'without a price' : outcome]
    .filter((word) => typeof word === 'string')
    .join(', ');
  const left = others.length;
  return told(
    `${number}: the call at ${wallClock(world.facility.zone)(call.at)} (${which}) came to ${usd(amount)}. Budgets count that now in place of the most it could have come to.`,
    ...(left === 0
      ? []
      : [`${left === 1 ? '1 more call' : `${left} more calls`} of it without a known cost.`]),
  );
}

/** Calls whose cost nobody knows and nobody has said, oldest first. */
function notKnown(trail: readonly Entry[]): readonly Entry[] {
  const said = new Set(trail.filter((e) => e.type === 'cost.adjusted').map((e) => e.cause));
  return trail.filter(
    ({ type, data, id }) =>
      type === 'attempt.ended' && data['basis'] === 'unpriced' && !said.has(id),
  );
}

/** What was not charged at all counts as nothing; of anything else only the money is known. */
function spentBy(cash: NanoUsd): Amounts {
  return cash === 0 ? NOTHING_SPENT : { cash, credits: null, tokens: null, minutes: null };
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
