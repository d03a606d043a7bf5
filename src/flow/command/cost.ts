import { sumText } from '../../core/digest.ts';
import type { Sum } from '../../core/digest.ts';
import { taskNumber } from '../../core/id.ts';
import { addMoney, NO_COST, nanoUsd, usd } from '../../core/money.ts';
import { findAsked } from './find.ts';
import type { Reply } from '../ports/doors.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { AttemptRow } from '../ports/rows-work.ts';
import type { TaskFile, WeekFigures, WeekSpan } from '../ports/store.ts';
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
    return told(
      `${span.week} so far: ${sumText(totalOf(figures))}`,
      ...figures.clients.map(
        (c) => `- ${names.get(c.clientId ?? '') ?? 'no client yet'}: ${sumText(sumOf(c))}`,
      ),
      ...laneLines(figures),
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
  return [`${client.name}: ${sumText(totalOf(figures))}`, ...laneLines(figures)];
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
export function sumOf(row: { readonly costNano: number; readonly unpriced: number }): Sum {
  return { nano: nanoUsd(row.costNano), unpriced: row.unpriced };
}

/** What all lanes cost together. */
export function totalOf({ lanes }: Pick<WeekFigures, 'lanes'>): Sum {
  return lanes.map(sumOf).reduce(
    (sum, one) => ({
      nano: addMoney(sum.nano, one.nano),
      unpriced: sum.unpriced + one.unpriced,
    }),
    { nano: NO_COST, unpriced: 0 },
  );
}

async function costOfRequest(world: World, asked: Asked): Promise<Reply> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const files = await Promise.all(tasks.map((t) => world.store.taskFile(t.id)));
  const lines = files
    .filter((f) => f !== null)
    .map((f) => `${taskNumber(file.request.number, f.task.ordinal)} ${taskCost(f)}`);
  return told(...(lines.length === 0 ? ['No task, so no cost.'] : lines));
}

/** Cash is what a metered call cost; allocated is the share of what is paid anyway. Unknown is in neither. */
export function taskCost({ attempts, task }: Pick<TaskFile, 'attempts' | 'task'>): string {
  const ended = attempts.filter((a) => a.endedAt !== null);
  if (ended.length === 0) return 'nothing yet: no call was made';
  const unknown = ended.filter((a) => a.costNano === null).length;
  const cash = sumBy(ended, (a) => a.costBasis === 'computed');
  const allocated = sumBy(ended, (a) => a.costBasis === 'allocated');
  const review = sumBy(ended, (a) => a.purpose === 'review');
  const stood = ended.filter((a) => a.costBasis === 'rehearsal').length;
  if (unknown === ended.length) return `not known: ${callsOf(unknown)}, none with a known price`;
  return [
    `${sumText({ nano: addMoney(cash, allocated), unpriced: unknown })} = cash ${usd(cash)} + allocated ${usd(allocated)} (provisional)`,
    ...(review === NO_COST ? [] : [`of it checking ${usd(review)}`]),
    callsOf(ended.length),
    ...(unknown === 0 ? [] : [`${unknown} of unknown price, in no sum`]),
    ...(stood === 0 ? [] : [`${stood} answered by a stand-in, which costs no money`]),
    `${task.minutes} min by hand (table)`,
  ].join(', ');
}

function callsOf(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'}`;
}

function sumBy(attempts: readonly AttemptRow[], counts: (a: AttemptRow) => boolean) {
  return attempts.filter(counts).reduce((sum, a) => addMoney(sum, a.costNano ?? NO_COST), NO_COST);
}
