import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChangedStuck } from '../../src/core/replay/consult-tally.ts';
import type { Cascade } from '../../src/core/rule.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { openStuck } from '../helpers/stuck.ts';
import type { StuckShop } from '../helpers/stuck.ts';
import { SENIOR } from '../helpers/stuck-script.ts';
import type { Event, Script } from '../helpers/stuck-script.ts';

let at: StuckShop;
beforeAll(async () => {
  at = await openStuck();
}, 60_000);
afterAll(() => at.shop.close());

const check = (errors: number): Event => ({ is: 'check', errors });
const STUCK: Script = { events: [check(3), check(2), check(1)], clicks: [] };
const MENDED: Script = { events: [check(3), check(2), check(0)], clicks: [] };
const WELL: Script = { events: [check(1), check(0)], clicks: [] };

/** The rules of then with another first cascade rule, under a hash of their own. */
function other(says: Partial<Cascade>): RuleSet {
  const cascades = at.rules.cascades.map((rule, n) => (n === 0 ? { ...rule, ...says } : rule));
  return { ...at.rules, hash: 'ff'.repeat(32), cascades };
}

/** What one call of this file costs on the senior lane, nano-USD: 1,000 tokens in and 500 out at pico-USD each. */
function oneCall(): number {
  const { rows } = at.shop.world.library.prices;
  const row = rows.findLast((one) => one.model === SENIOR && one.promptOver === 0);
  return ((row?.input ?? 0) * 1_000 + (row?.output ?? 0) * 500) / 1_000;
}

const told = ({ changed }: { readonly changed: readonly ChangedStuck[] }) =>
  changed.map(
    ({
      number,
      replayed: {
        changes,
        now: { to },
      },
    }) => [number, ...changes, to],
  );

describe('consulted again under other rules', () => {
  test('after one time back instead of two: the tasks that would go on then, once each, and no other', async () => {
    const stuck = await at.played(STUCK);
    const mended = await at.played(MENDED);
    const well = await at.played(WELL);
    expect([await at.escalationsOf(stuck), await at.escalationsOf(mended)]).toEqual([
      [expect.stringMatching(/^local seat cascade\.yaml#CASCADE-910@/)],
      [],
    ]);
    const all = (await Promise.all([stuck, mended, well].map((id) => at.stuckOf(id)))).flat();
    const sooner = at.again(all, other({ after: { sendBacks: 1 }, to: 'senior' }));
    expect(told(sooner)).toEqual([
      [await at.numberOf(stuck), 'now_escalates', 'senior'],
      [await at.numberOf(mended), 'now_escalates', 'senior'],
    ]);
    expect(sooner.changed.map(({ replayed: { now: after } }) => after.rule)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('#CASCADE-910@')),
    );
    // The third check of the one that was stuck would never have been.
    expect(sooner.tally).toMatchObject({ moot: 1, faults: 0, unreadable: 0, qualityUnknown: 2 });
    expect(sooner.tally.priced).toBe(2);
    // Of its three calls on its own machine one came after it would have gone on.
    for (const { nano } of sooner.changed) {
      expect(nano).toBeLessThanOrEqual(oneCall());
      expect(nano).toBeGreaterThan(oneCall() / 2);
    }
  }, 60_000);

  test('without the rule it stays; to another lane it costs what its tokens cost there', async () => {
    const id = await at.played({ ...STUCK, clicks: [] });
    const all = await at.stuckOf(id);
    const number = await at.numberOf(id);
    const never = at.again(all, other({ after: { sendBacks: 5 } }));
    expect(told(never)).toEqual([[number, 'no_longer_escalates', null]]);
    const dearer = at.again(all, other({ to: 'senior' }));
    expect(told(dearer)).toEqual([[number, 'escalates_elsewhere', 'senior']]);
    expect(dearer.changed[0]?.replayed.asPlanned).toBe(true);
    // The seat is paid anyway.
    const nano = oneCall();
    expect(dearer.changed[0]?.nano).toBe(nano);
    expect(dearer.tally).toMatchObject({ priced: 1, unpriced: 0, nano: BigInt(nano) });
    const renamed = at.again(all, other({ id: 'CASCADE-999' }));
    expect(told(renamed)).toEqual([[number, 'escalates_by_another_rule', 'seat']]);
    const retold = at.again(all, other({ hash: 'ab'.repeat(32) }));
    expect([retold.tally.otherRules, retold.changed]).toEqual([all.length, []]);
  }, 60_000);

  test('the click of a person is no decision of a rule; what comes after it starts from the lane it went to', async () => {
    const id = await at.played({
      events: [check(3), check(2), { is: 'call', ends: 'ok' }, check(1)],
      clicks: [],
    });
    const refused = await at.played({
      events: [
        { is: 'call', ends: 'refused' },
        { is: 'call', ends: 'too_large' },
      ],
      clicks: ['seat'],
    });
    expect(await at.escalationsOf(id)).toHaveLength(1);
    const all = await at.stuckOf(refused);
    expect(all.map(({ past }) => past?.recorded.on.lane)).toEqual(['local', 'seat']);
    expect(all.map(({ past }) => past?.recorded.outcome.came)).toEqual(['no_rule', 'goes']);
    // What the person did stands: also where the rules would have moved it before, what came after the click is decided again.
    const early = other({ after: { faults: ['refused'], times: 1 } });
    expect(told(at.again(all, early))).toEqual([
      [await at.numberOf(refused), 'now_escalates', 'seat'],
    ]);
    expect(at.again(all, early).tally).toMatchObject({ moot: 0, identical: 1 });
  }, 60_000);
});
