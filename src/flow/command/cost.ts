import { adjustedLine, savedLine, sumText } from '../../core/digest.ts';
import type { Sum } from '../../core/digest.ts';
import { taskNumber } from '../../core/id.ts';
import { byHandText } from '../../core/minutes.ts';
import { addMoney, NO_COST, nanoUsd, signedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { reviewWords } from '../../ledger/figure-words.ts';
import { isOver } from '../../ledger/sum-minutes.ts';
import { minutesFor } from '../cards/gate.ts';
import { weekMinutes } from '../week-minutes.ts';
import { findAsked } from './find.ts';
import type { GateMessage } from '../ports/message.ts';
import type { Reply } from '../ports/doors.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { AttemptRow } from '../ports/rows-work.ts';
import type { Corrections, TaskFile, WeekFigures, WeekSpan } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { clientsOf, told } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `cost`, `cost week`: this week so far; `cost #142`: one request, task by task. */
export async function cost(world: World, asked: Asked): Promise<Reply> {
  const what = asked.words[0] ?? 'week';
  return what === 'week' ? costOfWeek(world, asked) : costOfRequest(world, asked);
}

async function costOfWeek(world: World, asked: Asked): Promise<Reply> {
  const span = await world.store.weekHolding(world.clock.now(), world.facility.zone);
  if (asked.person.role === 'owner') {
    const figures = await world.store.week(span.from, span.to, null);
    const names = new Map((await world.store.clients()).map((c) => [c.id as string, c.name]));
    const total = totalOf(figures);
    return told(
      `${span.week} so far: ${sumText(total)}`,
      ...figures.clients.map(
        (c) => `- ${names.get(c.clientId ?? '') ?? 'no client yet'}: ${sumText(sumOf(c))}`,
      ),
      ...laneLines(figures),
      ...adjustedLine(total),
      savedLine(await weekMinutes(world, span, null)),
    );
  }
  const clients = await clientsOf(world, asked.person);
  if (clients.length === 0)
    return told('You approve for no client. What one request of yours cost: cost #142');
  const lines = await Promise.all(clients.map((client) => clientWeek(world, span, client)));
  return told(`${span.week} so far`, ...lines.flat());
}

async function clientWeek(
  world: World,
  span: WeekSpan,
  client: ClientRow,
): Promise<readonly string[]> {
  const figures = await world.store.week(span.from, span.to, client.id);
  const total = totalOf(figures);
  return [
    `${client.name}: ${sumText(total)}`,
    ...laneLines(figures),
    ...adjustedLine(total),
    savedLine(await weekMinutes(world, span, client.id)),
  ];
}

function laneLines({ lanes }: WeekFigures): readonly string[] {
  return lanes.map(
    (l) =>
      `- ${l.lane}: ${sumText(sumOf(l))}, ${callsOf(l.attempts)}${
        l.unpriced === 0 ? '' : `, ${l.unpriced} of unknown price`
      }`,
  );
}

/** A sum as the store gives it. */
export function sumOf(row: Summed): Sum {
  const { costNano, adjustedNano, unpriced } = row;
  return { nano: nanoUsd(costNano), adjusted: nanoUsd(adjustedNano), unpriced };
}

type Summed = {
  readonly costNano: number;
  readonly adjustedNano: number;
  readonly unpriced: number;
};

/** What all lanes cost together. */
export function totalOf({ lanes }: Pick<WeekFigures, 'lanes'>): Sum {
  return lanes.map(sumOf).reduce(
    (sum, one) => ({
      nano: addMoney(sum.nano, one.nano),
      adjusted: addMoney(sum.adjusted ?? NO_COST, one.adjusted ?? NO_COST),
      unpriced: sum.unpriced + one.unpriced,
    }),
    { nano: NO_COST, adjusted: NO_COST, unpriced: 0 },
  );
}

async function costOfRequest(world: World, asked: Asked): Promise<Reply> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const files = await Promise.all(tasks.map((t) => world.store.taskFile(t.id)));
  const lines = await Promise.all(
    files
      .filter((f) => f !== null)
      .map(async (f) => {
        const told = [taskCost(f), minutesText(f, await minutesFor(world, f))];
        return `${taskNumber(file.request.number, f.task.ordinal)} ${told.join(', ')}`;
      }),
  );
  return told(...(lines.length === 0 ? ['No task, so no cost.'] : lines));
}

type Costed = Pick<TaskFile, 'attempts' | 'corrections'>;

/**
 * Cash is what a metered call cost; allocated is the share of what is paid anyway; what was corrected afterwards stands
 * apart. Unknown is in none of them.
 */
export function taskCost({ attempts, corrections }: Costed): string {
  const ended = attempts.filter((a) => a.endedAt !== null);
  if (ended.length === 0) return 'nothing yet: no call was made';
  const unknown = ended.filter((a) => a.costNano === null).length;
  const allocated = sumOfAll(ended, allocatedIn);
  const cash = nanoUsd(sumOfAll(ended, (a) => a.costNano) - allocated);
  const checking = sumOfAll(ended, (a) => (a.purpose === 'review' ? a.costNano : null));
  const stood = ended.filter((a) => a.costBasis === 'rehearsal');
  if (unknown === ended.length && corrections.nano === 0)
    return `not known: ${callsOf(unknown)}, none with a known price`;
  const nano = addMoney(addMoney(cash, allocated), corrections.nano);
  return [
    `${sumText({ nano, unpriced: unknown })} = cash ${usd(cash)} + allocated ${usd(allocated)}${isOnSeat(ended) ? ' (provisional until the month of the seat is closed)' : ''}${correctedBy(corrections)}`,
    ...(checking === NO_COST ? [] : [`of it checking ${usd(checking)}`]),
    ...listText(ended),
    callsOf(ended.length),
    ...(unknown === 0 ? [] : [`${unknown} of unknown price, in no sum`]),
    ...(stood.length === 0 ? [] : [playedText(stood)]),
  ].join(', ');
}

/** A call of before both were kept apart was one of the two as a whole. */
function allocatedIn({ allocatedNano, costBasis, costNano }: AttemptRow): NanoUsd | null {
  return allocatedNano ?? (costBasis === 'allocated' ? costNano : null);
}

function isOnSeat(attempts: readonly AttemptRow[]): boolean {
  return attempts.some(({ credits, rehearsal }) => credits !== null && !rehearsal);
}

/** What the same calls cost at list price, where that is another figure than what they cost: never added. */
function listText(attempts: readonly AttemptRow[]): readonly string[] {
  const listed = attempts.filter(({ listNano }) => listNano !== null);
  const list = sumOfAll(listed, (a) => a.listNano);
  const cost = sumOfAll(listed, (a) => a.costNano);
  return list === cost ? [] : [`at list price ${usd(list)}, for comparison`];
}

/** A stand-in costs no money; what its calls would have cost is told apart, and is in no sum. */
function playedText(stood: readonly AttemptRow[]): string {
  const played = stood.filter(({ playedNano }) => playedNano !== null);
  const says = `${stood.length} answered by a stand-in, which costs no money`;
  if (played.length === 0) return says;
  return `${says}; played: ${usd(sumOfAll(played, (a) => a.playedNano))}`;
}

/** What is known of the cost of a task: its calls and what was corrected of them. */
export function bookedOf({
  attempts,
  corrections,
}: Pick<TaskFile, 'attempts' | 'corrections'>): NanoUsd {
  return addMoney(
    sumOfAll(attempts, (a) => a.costNano),
    corrections.nano,
  );
}

function correctedBy({ nano }: Corrections): string {
  return nano === 0 ? '' : `, corrected by ${signedUsd(nano)}`;
}

/** All figures of minutes; of work that ended without a delivery, that it saved nothing. */
function minutesText(
  { task }: Pick<TaskFile, 'task'>,
  { byHand, review }: Pick<GateMessage, 'byHand' | 'review'>,
): string {
  const isLost = task.state !== 'delivered' && isOver(task.state);
  const hand = isLost ? 'nothing saved by hand' : byHandText(byHand);
  return review === null ? hand : `${hand}, review ${reviewWords(review)}`;
}

function callsOf(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'}`;
}

function sumOfAll(
  attempts: readonly AttemptRow[],
  figure: (attempt: AttemptRow) => NanoUsd | null,
): NanoUsd {
  return attempts.reduce((sum, a) => addMoney(sum, figure(a) ?? NO_COST), NO_COST);
}
