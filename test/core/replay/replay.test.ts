import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryDraft, EntryValue } from '../../../src/core/entry.ts';
import type { Sourced } from '../../../src/core/facts.ts';
import { plainFacts } from '../../../src/core/facts.ts';
import { moment } from '../../../src/core/moment.ts';
import type { EntryId } from '../../../src/core/id.ts';
import { readRecorded } from '../../../src/core/replay/recorded.ts';
import type { Recorded } from '../../../src/core/replay/recorded.ts';
import { replay } from '../../../src/core/replay/replay.ts';
import { route } from '../../../src/core/route.ts';
import type { Route } from '../../../src/core/route.ts';
import type { RuleSet } from '../../../src/core/rule-set.ts';
import type { LaneOffer } from '../../../src/core/trace.ts';
import { cast } from '../../../src/flow/plan/cast.ts';
import { recordOf, traceHash } from '../../../src/flow/plan/route-data.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { seal } from '../../../src/ledger/seal.ts';
import { decide, everyLane, library, rules } from '../../helpers/decide.ts';
import { sampleData } from '../../helpers/entries.ts';
import { anyFacts, anyOffers, anyRules } from '../../helpers/generated-rules.ts';

type Data = NonNullable<EntryDraft['data']>;

const BODY = { id: '00000000-0000-7000-8000-000000000000', hmac_sha256: 'ab'.repeat(32), bytes: 1 };

/** A decision as its entry is sealed, and read back from the bytes. */
function kept(decided: Route, under: RuleSet): Data {
  const world = { library: { ...library, rules: under } } as unknown as Pick<World, 'library'>;
  const casted = cast(world, decided);
  const facts = plainFacts(casted.route.trace.facts);
  const data = {
    ...sampleData('task.routed'),
    ...recordOf(library, { ...casted, facts, candidates: [], minutes: 0, files: [] }),
    trace: BODY,
  };
  const sealed = seal(
    { type: 'task.routed', actor: { kind: 'rule', id: decided.rule }, rule: decided.rule, data },
    {
      id: BODY.id as EntryId,
      nonce: '0'.repeat(32),
      at: moment(0),
      cause: null,
      build: 'test',
      policy: under.hash,
      origin: 'practice',
    },
  );
  return readEntry(sealed.bytes).data;
}

const again = (data: Data, under: RuleSet) =>
  replay(readRecorded(data) as Recorded, { rules: under, hashOf: traceHash });

/** As entries were before every decision was kept whole. */
function older(data: Data): Data {
  const { rule, asks, lane, persona, program, start, offers, trace, ...left } = data;
  expect([rule, asks, lane, persona, program, start, offers, trace]).not.toContain(undefined);
  return { ...left, trace_sha256: 'cd'.repeat(32) };
}

describe('a decision taken again from its entry is the same, to the last reason', () => {
  const same = (facts: Sourced, offers: readonly LaneOffer[], under: RuleSet): void => {
    const data = kept(route(facts, under, offers), under);
    for (const entry of [data, older(data)])
      expect(again(entry, under)).toMatchObject({ sameRules: true, changes: [] });
  };

  test('under the shipped rules', () => {
    fc.assert(
      fc.property(anyFacts, anyOffers, (facts, offers) => same(facts, offers, rules)),
      { numRuns: 1500 },
    );
  });

  test('under any rules', () => {
    fc.assert(fc.property(anyFacts, anyOffers, anyRules, same), { numRuns: 1500 });
  });

  test('and no word that caused a fact is in the entry or in what its hash is made of', () => {
    fc.assert(
      fc.property(anyFacts, anyOffers, (facts, offers) => {
        const silent = Object.fromEntries(
          Object.entries(facts).map(([name, { value, from }]) => [name, { value, from }]),
        ) as Sourced;
        expect(kept(route(facts, rules, offers), rules)).toEqual(
          kept(route(silent, rules, offers), rules),
        );
      }),
    );
  });
});

describe('what is not the same is found', () => {
  const data = kept(decide('please fix the typos in this page', ['page.md']), rules);

  test.each([
    ['the price of the winner', { price_nano: 12 }],
    ['a lane that lost', { lanes: [] }],
    ['who works on it', { persona: 'editor' }],
    ['the trace', { trace_sha256: 'ab'.repeat(32) }],
    ['the rule', { rule: `lanes.yaml#LANE-777@${'0'.repeat(16)}` }],
    ['what it is checked by', { gate: 'readability' }],
  ] satisfies [string, Record<string, EntryValue>][])('%s', (_, otherwise) => {
    const { sameRules, changes } = again({ ...data, ...otherwise }, rules);
    expect(sameRules).toBe(true);
    expect(changes).not.toEqual([]);
  });

  test('under another set what follows counts, and the text of a rule does not', () => {
    const [first, ...rest] = rules.lanes;
    const retold = { ...rules, hash: 'ff'.repeat(32) };
    expect(again(data, retold)).toMatchObject({ sameRules: false, changes: [] });
    const all = {
      ...retold,
      lanes: [{ ...(first as never as object), when: {}, lane: 'senior' }, ...rest],
    };
    const changed = again(data, all as RuleSet);
    expect(changed).toMatchObject({ sameRules: false, now: { lane: 'senior' } });
    expect(changed.changes).toEqual(['lane', 'rule']);
    const none = again(data, { ...retold, lanes: [] });
    expect(none.changes).toEqual(['now_asks', 'rule']);
    expect(none.now.asks).toBe('lane');
  });

  test('an entry that holds no facts cannot be taken again', () => {
    expect(readRecorded({ from_lane: 'local' })).toBeNull();
    expect(readRecorded({})).toBeNull();
  });

  test('offers are known where the record says them, and rebuilt where it says enough', () => {
    const offers = everyLane.filter(({ lane }) => lane !== 'seat');
    const { facts } = decide('please fix the typos in this page', ['page.md']).trace;
    const short = older(kept(route(facts, rules, offers), rules));
    const lanes = (readRecorded(short)?.offers ?? []).map(({ lane }) => lane).sort();
    expect(lanes).toContain('local');
    expect(lanes).not.toContain('seat');
    const asked = older(kept(decide('hm'), rules));
    expect(readRecorded(asked)?.offers).toBeNull();
  });
});
