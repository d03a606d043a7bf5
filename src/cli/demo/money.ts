import { addMoney, nanoUsd, NO_COST, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { monthOf } from '../../core/seat-month.ts';
import { taskCost } from '../../flow/command/cost.ts';
import { priceHash, pricedOf, priceText } from '../../flow/price-text.ts';
import { seatMonth } from '../../flow/seat.ts';
import type { World } from '../../flow/ports/world.ts';
import { numberIn, recordIn } from '../../ledger/data.ts';
import type { Data } from '../../ledger/data.ts';
import type { Entry } from '../../ledger/read.ts';
import { recompute } from '../../ledger/recompute.ts';
import { monthLines } from '../seat.ts';
import type { DayRecord } from './record.ts';

/**
 * What each task cost, in its parts, and the month of the seat as it would divide now. Stand-ins cost nothing, so beside it
 * stands what the same calls would have cost with the models that were asked.
 */
export async function moneyLines(world: World, day: DayRecord): Promise<readonly string[]> {
  const tasks = [...day.tasks].map(([number, file]) => {
    const played = playedBy(day.entries.filter((entry) => entry.task === file.task.id));
    return `${number.padEnd(6)} ${taskCost(file)}${played}`;
  });
  const month = await seatMonth(world, monthOf(world.clock.now()));
  const names = new Map((await world.store.clients()).map(({ id, slug }) => [id as string, slug]));
  return [...tasks, '', secondLook(world, day), '', ...monthLines(month, names)];
}

/** Cash and allocated apart, of calls that were no money. */
function playedBy(entries: readonly Entry[]): string {
  const played = entries
    .filter(({ type }) => type === 'attempt.ended')
    .map(({ data }) => recordIn(data, 'played'))
    .filter((one) => one !== null);
  const sum = (part: string): NanoUsd =>
    played.reduce((all, one) => addMoney(all, nanoUsd(numberIn(one, part) ?? 0)), NO_COST);
  return played.length === 0
    ? ''
    : ` (cash ${usd(sum('cash'))} + allocated ${usd(sum('allocated'))})`;
}

/** Every call of the day, computed again by other code from the prices alone. */
function secondLook({ library }: World, { entries }: DayRecord): string {
  const prices = new Map(
    pricedOf(library.prices).map(({ priced }) => [
      priceHash(priced),
      JSON.parse(priceText(priced)) as Data,
    ]),
  );
  const seconds = entries
    .filter(({ type }) => type === 'attempt.ended')
    .map((entry) => recompute(entry, (hash) => prices.get(hash)));
  const wrong = seconds.filter(({ is }) => is === 'differs').length;
  return `${seconds.length} calls computed a second time: ${wrong === 0 ? 'nothing differs' : `${wrong} differ`}.`;
}
