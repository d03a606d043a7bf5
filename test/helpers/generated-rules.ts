import fc from 'fast-check';
import type { FactName, Facts, Sourced } from '../../src/core/facts.ts';
import { CLOUD_ANSWERS, CONSEQUENCES, ORIGINS, SENSITIVITIES } from '../../src/core/facts.ts';
import { JUDGEMENTS } from '../../src/core/judgement.ts';
import { LANES } from '../../src/core/lane.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { Condition, LaneRule, Limit, When } from '../../src/core/rule.ts';
import { ASK_ABOUT } from '../../src/core/rule.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import type { LaneOffer } from '../../src/core/trace.ts';
import { GATES } from '../../src/core/verdict.ts';
import { library, rules } from './decide.ts';

const KINDS = [...rules.kinds.keys(), 'unclear'];
const PERSONAS = [...library.personas.byId.keys()];
const TYPES = ['html', 'md', 'php', 'ts', 'docx', 'other'];

const PLAIN = {
  kind: fc.constantFrom(...KINDS),
  judgement: fc.constantFrom(...JUDGEMENTS),
  sensitivity: fc.constantFrom(...SENSITIVITIES),
  consequence: fc.constantFrom(...CONSEQUENCES),
  words: fc.oneof(fc.nat(12_000), fc.constantFrom(0, 6000, 6001)),
  files: fc.nat(20),
  fileTypes: fc.subarray(TYPES).map((types) => [...types].sort()),
  confidence: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(69, 70)),
  lane: fc.constantFrom(...LANES),
  persona: fc.constantFrom(...PERSONAS),
  rounds: fc.nat(3),
  cloud: fc.constantFrom(...CLOUD_ANSWERS),
} as const satisfies Record<FactName, fc.Arbitrary<unknown>>;

const OPTIONAL: readonly FactName[] = ['lane', 'persona', 'judgement'];

/** Facts over the whole vocabulary, each from anywhere, some with words that caused it. */
export const anyFacts: fc.Arbitrary<Sourced> = fc.record(
  Object.fromEntries(
    Object.entries(PLAIN).map(([name, value]) => [
      name,
      fc.record(
        { value, from: fc.constantFrom(...ORIGINS), because: fc.string() },
        { requiredKeys: ['value', 'from'], noNullPrototype: true },
      ),
    ]),
  ),
  {
    requiredKeys: Object.keys(PLAIN).filter((name) => !OPTIONAL.includes(name as FactName)),
    noNullPrototype: true,
  },
) as unknown as fc.Arbitrary<Sourced>;

/** Any lanes that could be had, at any price or none. */
export const anyOffers: fc.Arbitrary<readonly LaneOffer[]> = fc
  .subarray([...LANES])
  .chain((lanes) =>
    fc.tuple(
      ...lanes.map((lane) =>
        fc.option(fc.nat(2_000_000_000).map(nanoUsd)).map((price) => ({ lane, price })),
      ),
    ),
  );

const choice = (of: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.constantFrom(...of).map((is) => ({ is })),
    fc.subarray([...of], { minLength: 1 }).map((all) => ({ in: all })),
    fc.subarray([...of], { minLength: 1 }).map((all) => ({ not_in: all })),
  );
const order = (of: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    choice(of),
    fc.constantFrom(...of).map((at_most) => ({ at_most })),
    fc.constantFrom(...of).map((at_least) => ({ at_least })),
  );
const number = (most: number): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.nat(most).map((at_most) => ({ at_most })),
    fc.nat(most).map((at_least) => ({ at_least })),
  );

const CONDITIONS = {
  kind: choice(KINDS),
  judgement: order(JUDGEMENTS),
  sensitivity: order(SENSITIVITIES),
  consequence: order(CONSEQUENCES),
  words: number(12_000),
  files: number(20),
  fileTypes: choice(TYPES),
  confidence: number(100),
  lane: choice(LANES),
  persona: choice(PERSONAS),
  rounds: number(3),
  cloud: choice(CLOUD_ANSWERS),
} as const satisfies Record<keyof Facts, fc.Arbitrary<Condition>>;

const anyWhen: fc.Arbitrary<When> = fc
  .subarray(Object.keys(CONDITIONS) as FactName[], { maxLength: 3 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, CONDITIONS[name]])), {
      noNullPrototype: true,
    }),
  ) as fc.Arbitrary<When>;

const hex = fc
  .array(fc.constantFrom(...'0123456789abcdef'.split('')), { minLength: 64, maxLength: 64 })
  .map((all) => all.join(''));

const common = (id: string, hash: string) => ({ ...rules.otherwise, id, hash, file: 'any.yaml' });

const anyLimit = fc
  .tuple(
    anyWhen,
    fc.subarray([...LANES], { maxLength: 2 }),
    fc.option(fc.constantFrom(...ASK_ABOUT)),
    hex,
  )
  .map(([when, forbid, ask, hash]): Limit => ({
    ...common(`LIMIT-${hash.slice(0, 6)}`, hash),
    when,
    forbid,
    ...(ask === null ? {} : { ask }),
  }));

const anyLaneRule = fc
  .record(
    {
      when: anyWhen,
      lane: fc.constantFrom(...LANES),
      hash: hex,
      persona: fc.constantFrom(...PERSONAS),
      gate: fc.constantFrom(...GATES),
    },
    { requiredKeys: ['when', 'lane', 'hash'], noNullPrototype: true },
  )
  .map(({ hash, ...says }): LaneRule => ({
    ...common(`LANE-${hash.slice(0, 6)}`, hash),
    ...says,
    owner: 'test',
    since: '2026-11-23',
  }));

/** The shipped kinds and questions under made-up limits, lane rules and start rules. */
export const anyRules: fc.Arbitrary<RuleSet> = fc
  .record({
    hash: hex,
    limits: fc.array(anyLimit, { maxLength: 5 }),
    lanes: fc.array(anyLaneRule, { maxLength: 20 }),
    starts: fc.array(
      fc
        .record({ when: anyWhen, lanes: fc.subarray([...LANES]), hash: hex })
        .map(({ hash, ...says }) => ({
          ...common(`START-${hash.slice(0, 6)}`, hash),
          ...says,
          unasked: true,
          enabled: true,
        })),
      { maxLength: 2 },
    ),
  })
  .map((made) => ({ ...rules, ...made }));
