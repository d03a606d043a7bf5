import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { Month } from '../../src/core/seat-month.ts';
import { closeSeat, seatMonth } from '../../src/flow/seat.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { sumUp } from '../../src/ledger/sums.ts';
import { costOf } from '../../src/ledger/spend.ts';
import { makeShop } from '../helpers/turns.ts';
import type { Shop } from '../helpers/turns.ts';
import { OWNER } from '../helpers/world.ts';

const CREDIT = 1_000_000_000;
const month = '2026-11' as Month;
const usd = (dollars: number) => nanoUsd(Math.round(dollars * 100) * 10_000_000);

let shop: Shop;
let credits = 0;
beforeAll(async () => {
  shop = await makeShop((lane) =>
    lane === 'seat' ? { provider: 'github.copilot', credits: credits * CREDIT } : {},
  );
  shop.setNow(Date.UTC(2026, 10, 20, 9));
}, 60_000);
afterAll(async () => shop.close());

async function onSeat(used: number) {
  credits = used;
  const made = await shop.plan('kind: draft.message, write to our printer');
  expect(await made.change(1, { lane: 'seat' })).toMatchObject({ is: 'done' });
  await made.run();
  await made.settle();
  return made;
}

async function by() {
  const owner = (await shop.world.store.people()).find((one) => one.slackUser === OWNER);
  if (owner === undefined) throw new Error('the practice has no owner');
  return { kind: 'person', id: owner.id } as const;
}

async function ofClient(): Promise<readonly Entry[]> {
  const [client] = await shop.world.store.clients();
  const tasks = await shop.sql<{ id: string }[]>`select id from task`;
  const trails = await Promise.all(
    tasks.map(({ id }) => shop.world.store.trail({ task: id as never })),
  );
  const shares = (await shop.world.store.seatEntries()).filter((e) => e.client === client?.id);
  return [...trails.flat(), ...shares];
}

/** What a statement over November says. */
async function november(until = Date.UTC(2027, 0, 1)) {
  const summing = sumUp({ from: moment(Date.UTC(2026, 10, 1)), to: moment(until) });
  for (const entry of await ofClient()) summing.take(entry);
  return summing.end();
}

describe('a month of the seat', () => {
  test('each call is booked with its share of the fee, and once that is used up with what it costs', async () => {
    const first = await onSeat(900);
    const second = await onSeat(300);
    const ended = async (made: typeof first) =>
      (await made.trail(1)).find((e) => e.type === 'attempt.ended' && e.lane === 'seat');
    expect(await ended(first)).toMatchObject({
      costNano: usd(9),
      data: { basis: 'reported', cash: 0, allocated: usd(9), list: usd(9), credits_before: 0 },
    });
    expect(await ended(second)).toMatchObject({
      costNano: usd(3),
      data: { cash: usd(2), allocated: usd(1), list: usd(3), credits_before: 900 * CREDIT },
    });
    expect(await seatMonth(shop.world, month)).toMatchObject({
      used: 1_200 * CREDIT,
      over: 200 * CREDIT,
      invoice: usd(12),
      bench: 0,
      isOver: false,
      closed: null,
      parties: [{ share: usd(12), booked: usd(12) }],
    });
  });

  test('cannot be closed while it runs, and a statement says that it is open', async () => {
    await expect(closeSeat(shop.world, { month, by: await by() })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await november()).openMonths).toEqual([month]);
  });

  test('is closed by the invoice, to the cent, and then nothing is provisional any more', async () => {
    shop.setNow(Date.UTC(2026, 11, 2, 9));
    const closed = await closeSeat(shop.world, { month, invoice: usd(13.09), by: await by() });
    expect(closed).toMatchObject({ is: 'closed', month: { parties: [{ share: usd(13.09) }] } });
    const entries = await shop.world.store.seatEntries();
    expect(entries).toMatchObject([
      { type: 'seat.closed', data: { month, entered: true, expected: usd(12), bench: 0 } },
      { type: 'seat.allocated', costNano: usd(1.09), data: { share: usd(13.09), booked: usd(12) } },
    ]);
    const sums = await november();
    expect(sums.openMonths).toEqual([]);
    expect(sums.later).toMatchObject([{ item: { purpose: 'seat', adjusted: BigInt(usd(1.09)) } }]);
    // What is booked later counts in the days in which it was: both ranges together are the invoice.
    const tasks = costOf((await november(Date.UTC(2026, 11, 1))).totals.openSpend);
    expect(tasks + BigInt(usd(1.09))).toBe(BigInt(usd(13.09)));
  });

  test('closing it again changes nothing, and another invoice is one more correction', async () => {
    const again = { month, by: await by() };
    expect(await closeSeat(shop.world, again)).toMatchObject({ is: 'same' });
    expect(await shop.world.store.seatEntries()).toHaveLength(2);
    const two = [1, 2].map(() => closeSeat(shop.world, { ...again, invoice: usd(12) }));
    const ends = await Promise.allSettled(two);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    const entries = await shop.world.store.seatEntries();
    expect(entries).toHaveLength(4);
    expect(entries.at(-1)).toMatchObject({ costNano: usd(-1.09), data: { share: usd(12) } });
  });
});
