import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cascadeFor } from '../../../src/core/cascade.ts';
import { cameOf, countedOf, factsNow } from '../../../src/core/consult.ts';
import type { Ahead, Consult } from '../../../src/core/consult.ts';
import { emptyConsultTally, noteRoute, takeStuck } from '../../../src/core/replay/consult-tally.ts';
import type { PastStuck } from '../../../src/core/replay/consult-tally.ts';
import type { EntryDraft } from '../../../src/core/entry.ts';
import type { EntryType } from '../../../src/core/entry-type.ts';
import { CLOUD_ANSWERS, plainFacts } from '../../../src/core/facts.ts';
import { FAULT_CODES } from '../../../src/core/fault.ts';
import type { EntryId } from '../../../src/core/id.ts';
import { hasDearer, isDearer, LANES } from '../../../src/core/lane.ts';
import { moment } from '../../../src/core/moment.ts';
import { nanoUsd } from '../../../src/core/money.ts';
import { readConsult, rebuiltFrom } from '../../../src/core/replay/recorded-consult.ts';
import type { Line, RecordedConsult } from '../../../src/core/replay/recorded-consult.ts';
import { replayConsult } from '../../../src/core/replay/replay-consult.ts';
import type { PastConsult } from '../../../src/core/replay/replay-consult.ts';
import type { Changed } from '../../../src/core/replay/replay-tally.ts';
import { ruleRef } from '../../../src/core/rule.ts';
import type { Cascade } from '../../../src/core/rule.ts';
import type { RuleSet } from '../../../src/core/rule-set.ts';
import { USUAL } from '../../../src/core/usual.ts';
import { dearerData, onData, stayedData } from '../../../src/flow/attempt/consult.ts';
import type { Consulted } from '../../../src/flow/attempt/consult.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { seal } from '../../../src/ledger/seal.ts';
import { loadPrices } from '../../../src/library/prices.ts';
import { rules } from '../../helpers/decide.ts';
import { sampleData } from '../../helpers/entries.ts';
import { anyFacts, anyOffers, anyRules } from '../../helpers/generated-rules.ts';

const ID = '00000000-0000-7000-8000-000000000000' as EntryId;
const hex = fc
  .array(fc.constantFrom(...'0123456789abcdef'.split('')), { minLength: 64, maxLength: 64 })
  .map((all) => all.join(''));

const anyCascade: fc.Arbitrary<Cascade> = fc
  .record({
    hash: hex,
    from: fc.constantFrom(...LANES.filter(hasDearer)),
    to: fc.constantFrom(...LANES),
    after: fc.oneof(
      fc.nat(3).map((sendBacks) => ({ sendBacks })),
      fc.record({
        faults: fc.subarray([...FAULT_CODES], { minLength: 1 }),
        times: fc.integer({ min: 1, max: 3 }),
      }),
    ),
  })
  .filter(({ from, to }) => isDearer(from, to))
  .map(({ hash, ...says }) => ({
    ...rules.otherwise,
    id: `CASCADE-${hash.slice(0, 6)}`,
    file: 'cascade.yaml',
    when: {},
    hash,
    ...says,
  }));

const anySet: fc.Arbitrary<RuleSet> = fc
  .tuple(anyRules, fc.array(anyCascade, { maxLength: 8 }), fc.integer({ min: -5, max: 5 }))
  .map(([set, cascades, most]) => ({
    ...set,
    cascades,
    settings: { ...set.settings, unaskedUpTo: nanoUsd(most) },
  }));

const anyOn: fc.Arbitrary<Consult> = fc.record(
  {
    lane: fc.constantFrom(...LANES.filter(hasDearer)),
    sendBacks: fc.nat(4),
    outcomes: fc
      .array(fc.constantFrom('ok', 'interrupted', 'discarded', ...FAULT_CODES), { maxLength: 6 })
      .map(countedOf),
    cloud: fc.constantFrom(...CLOUD_ANSWERS),
  },
  { noNullPrototype: true },
);

const anyAhead: fc.Arbitrary<Ahead> = fc.record({
  ready: fc.boolean(),
  difference: fc.option(fc.integer({ min: -9, max: 9 }).map(nanoUsd)),
});

/** Decides as the walk does, with the lane ahead as it is said to be. */
function decided(facts: Parameters<typeof factsNow>[0], on: Consult, given: Given): Consulted {
  const { set, ahead } = given;
  const cascade = cascadeFor(set, factsNow(facts, on), on);
  if (cascade === undefined) return { on, came: 'no_rule' };
  const came = cameOf(ahead, set.settings.unaskedUpTo);
  if (came === 'not_ready') return { on, came, cascade };
  return { on, came, next: { cascade, difference: ahead.difference, basis: 'estimate' } };
}
type Given = { readonly set: RuleSet; readonly ahead: Ahead };

/** The entry that says what came of it, sealed and read back from its bytes. */
function kept(consulted: Consulted, under: RuleSet, type: EntryType = 'gate.reviewed'): Line {
  const draft: EntryDraft =
    consulted.came === 'goes'
      ? {
          type: 'task.escalated',
          actor: { kind: 'rule', id: ruleRef(consulted.next.cascade) },
          rule: ruleRef(consulted.next.cascade),
          lane: consulted.next.cascade.to,
          data: {
            from_lane: consulted.on.lane,
            ...dearerData(consulted.next),
            ...onData(consulted.on),
          },
        }
      : {
          type,
          actor: { kind: 'gate', id: 'editorial' },
          lane: consulted.on.lane,
          data: { ...sampleData(type), ...stayedData(consulted) },
        };
  const envelope = { nonce: '0'.repeat(32), at: moment(0), cause: null, build: 'test' };
  return readEntry(seal(draft, { ...envelope, id: ID, policy: under.hash, origin: 'test' }).bytes);
}

function past(
  line: Line,
  more: Omit<PastConsult, 'recorded' | 'rebuilt' | 'ruleSet'>,
  set: RuleSet,
) {
  const recorded = readConsult(line) as RecordedConsult;
  return { ...more, recorded, rebuilt: recorded.on, ruleSet: set.hash.slice(0, 16) };
}

describe('cascade rules consulted again from the entry', () => {
  test('say the same, under any rules, whatever came of it', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.tuple(anyFacts, anyOffers, anySet, anyOn, anyAhead),
        ([sourced, offers, set, on, ahead]) => {
          const facts = plainFacts(sourced);
          const consulted = decided(facts, on, { set, ahead });
          seen.set(consulted.came, (seen.get(consulted.came) ?? 0) + 1);
          const found = replayConsult(past(kept(consulted, set), { facts, offers }, set), set);
          expect(found).toMatchObject({ sameRules: true, changes: [], asPlanned: false });
          expect(found.now).toEqual(found.before);
          expect(found.now.came).toBe(consulted.came);
        },
      ),
      { numRuns: 2_000 },
    );
    expect([...seen.keys()].sort()).toEqual(['goes', 'no_rule', 'not_ready', 'too_dear']);
  });

  test('under another set say what comes of it there', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyFacts, anyOffers, anySet, anySet, anyOn, anyAhead),
        ([sourced, offers, then, now, on, ahead]) => {
          const facts = plainFacts(sourced);
          const consulted = decided(facts, on, { set: then, ahead });
          const found = replayConsult(past(kept(consulted, then), { facts, offers }, then), now);
          const expected = cascadeFor(now, factsNow(facts, on), on);
          expect(found.now.to).toBe(expected?.to ?? null);
          const [went, goes] = [found.before.came === 'goes', found.now.came === 'goes'];
          expect(found.changes.includes('now_escalates')).toBe(!went && goes);
          expect(found.changes.includes('no_longer_escalates')).toBe(went && !goes);
          // Without a look at the lane then, it goes where the plan had it at a price a rule may spend.
          if (!found.asPlanned || !goes) return;
          expect(offers.map(({ lane }) => lane)).toContain(found.now.to);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** A task in which calls and checks follow on one another, as the walk counts them. */
const anyEvents = fc.array(
  fc.oneof(
    fc.record({
      is: fc.constant('call' as const),
      lane: fc.constantFrom('local', 'seat'),
      outcome: fc.constantFrom('ok', 'interrupted', 'discarded', 'timeout', 'invalid_output'),
      purpose: fc.constantFrom('work', 'work', 'repair', 'propose'),
    }),
    fc.record({
      is: fc.constant('check' as const),
      outcome: fc.constantFrom('pass', 'send_back', 'send_back', 'ask'),
    }),
  ),
  { minLength: 1, maxLength: 20 },
);

test('what the entries before it say is what the walk had counted', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const lines: Line[] = [];
      const outcomes: Record<string, string[]> = { local: [], seat: [] };
      let round = 0;
      for (const event of events) {
        const common = { rule: null, lane: null };
        if (event.is === 'check') {
          const { outcome } = event;
          lines.push({ ...common, type: 'gate.reviewed', data: { outcome } });
          expect(rebuiltFrom(lines)).toEqual({ sendBacks: round, outcomes: [] });
          if (outcome === 'send_back') round += 1;
          continue;
        }
        const { lane, outcome, purpose } = event;
        lines.push({ ...common, lane, type: 'attempt.ended', data: { outcome, purpose } });
        if (purpose === 'propose') continue;
        outcomes[lane]?.unshift(outcome);
        const counted = countedOf(outcomes[lane] ?? []);
        expect(rebuiltFrom(lines)).toEqual({ sendBacks: round, outcomes: counted });
      }
    }),
  );
});

const table = await loadPrices('rules');

describe('what is counted', () => {
  const set = { ...rules, hash: 'aa'.repeat(32) };
  const by = { rules: set, table, seniorModel: 'claude-opus-5-5' };
  const none = { ...set, hash: 'bb'.repeat(32), cascades: [] };
  const facts = { ...USUAL, kind: 'proofread.fix', consequence: 'medium' as const };
  const on = { lane: 'local', sendBacks: 2, outcomes: [], cloud: 'allowed' } as const;
  const ahead = { ready: true, difference: nanoUsd(7) };
  const offers = [
    { lane: 'local', price: nanoUsd(1) },
    { lane: 'senior', price: nanoUsd(8) },
  ] as const;
  const line = kept(decided(facts, on, { set, ahead }), set);
  const step: PastStuck = {
    number: '#1.1',
    at: moment(2),
    client: null,
    routedAt: moment(1),
    spent: {},
    past: past(line, { facts, offers }, set),
  };
  const takenBy = (by_: typeof by, ...steps: readonly PastStuck[]) => {
    const tally = emptyConsultTally();
    return { tally, changed: steps.map((one) => takeStuck(tally, one, by_)) };
  };

  test('the difference is that of the plan where no token was counted', () => {
    expect(line.type).toBe('task.escalated');
    expect(takenBy(by, step).tally).toMatchObject({ identical: 1, escalated: 1, nano: 0n });
    const { tally, changed } = takenBy({ ...by, rules: none }, step);
    expect(changed[0]?.nano).toBe(-7);
    expect(tally).toMatchObject({ nano: -7n, priced: 1, qualityUnknown: 1, faults: 0 });
  });

  test.each([
    ['goes', [...offers]],
    ['not_ready', offers.slice(0, 1)],
    ['too_dear', [offers[0], { lane: 'senior' as const, price: null }]],
    ['too_dear', [offers[0], { lane: 'senior' as const, price: nanoUsd(2_000_000_000) }]],
  ])('of a lane at which nobody looked then, the plan counts: %s', (came, plan) => {
    const early = { ...on, sendBacks: 1 };
    const stayed = kept(decided(facts, early, { set, ahead }), set);
    const cascades = set.cascades.map((rule) => ({ ...rule, after: { sendBacks: 1 } }));
    const found = replayConsult(past(stayed, { facts, offers: plan }, set), {
      ...none,
      cascades,
    });
    expect(found).toMatchObject({ before: { came: 'no_rule' }, now: { came }, asPlanned: true });
  });

  test('what comes after it in the same stretch is moot, and counts again after the next route', () => {
    const later = { ...step, at: moment(3) };
    const anew = { ...step, at: moment(5), routedAt: moment(4) };
    const { tally, changed } = takenBy({ ...by, rules: none }, step, later, anew);
    expect(changed.map((one) => one !== null)).toEqual([true, false, true]);
    expect(tally).toMatchObject({ consulted: 2, moot: 1 });
    // Under its own rules nothing is: each must come out as it did.
    expect(takenBy(by, step, later, anew).tally).toMatchObject({ identical: 3, moot: 0 });
  });

  test('after a route that would have been another it is moot, unless a person chose the lane', () => {
    const route = {
      number: '#1.1',
      at: moment(1),
      changes: ['lane'],
      replayed: { sameRules: false },
      overrode: null,
    } as unknown as Changed;
    for (const [overrode, moot] of [
      [null, 1],
      ['local', 0],
    ] as const) {
      const tally = emptyConsultTally();
      noteRoute(tally, { ...route, overrode });
      takeStuck(tally, step, { ...by, rules: none });
      expect(tally.moot).toBe(moot);
    }
  });

  test('one whose entries do not hold it all is not readable and nothing else', () => {
    const { tally } = takenBy(by, { ...step, past: null });
    expect(tally).toMatchObject({ unreadable: 1, consulted: 0, identical: 0 });
    const { from_lane, difference_nano, basis } = line.data;
    const old = { from_lane, difference_nano, basis } as Line['data'];
    expect(readConsult({ ...line, data: old })).toBeNull();
    expect(
      readConsult({ ...line, type: 'gate.reviewed', data: sampleData('gate.reviewed') }),
    ).toBeNull();
  });

  test('a record that the entries before it do not bear out is a fault under any rules', () => {
    const recorded = step.past as PastConsult;
    const bent = { ...step, past: { ...recorded, rebuilt: { sendBacks: 1, outcomes: [] } } };
    expect(takenBy(by, bent).changed[0]?.replayed.changes).toEqual(['not_borne_out']);
    for (const set_ of [set, none])
      expect(takenBy({ ...by, rules: set_ }, bent).tally.faults).toBe(1);
  });
});
