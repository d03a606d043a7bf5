import fc from 'fast-check';
import type { FactName, Sourced } from '../../src/core/facts.ts';
import { FACT_NAMES, ORIGINS, VOCABULARY } from '../../src/core/facts.ts';
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

/** The names of facts for which the vocabulary has no list. */
const NAMES: Partial<Record<FactName, readonly string[]>> = {
  kind: KINDS,
  fileTypes: TYPES,
  persona: PERSONAS,
};
const namesOf = (fact: FactName): readonly string[] => {
  const sort = VOCABULARY[fact];
  return (sort.is === 'choice' || sort.is === 'order' ? sort.of : undefined) ?? NAMES[fact] ?? [];
};

/** The numbers at which rules begin to see another, and any that a task may have. */
const NUMBERS: Partial<Record<FactName, fc.Arbitrary<number>>> = {
  words: fc.oneof(fc.nat(12_000), fc.constantFrom(0, 6000, 6001)),
  pasted: fc.oneof(fc.nat(12_000), fc.nat(60)),
  files: fc.nat(20),
  confidence: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(64, 65)),
  rounds: fc.nat(3),
};
const numberOf = (fact: FactName): fc.Arbitrary<number> => NUMBERS[fact] ?? fc.nat(100);

function valueOf(fact: FactName): fc.Arbitrary<unknown> {
  const sort = VOCABULARY[fact];
  if (sort.is === 'number') return numberOf(fact);
  if (sort.is === 'list') return fc.subarray([...namesOf(fact)]).map((types) => [...types].sort());
  return fc.constantFrom(...namesOf(fact));
}

/** Facts over the whole vocabulary, each from anywhere, some with words that caused it. */
export const anyFacts: fc.Arbitrary<Sourced> = fc.record(
  Object.fromEntries(
    FACT_NAMES.map((name) => [
      name,
      fc.record(
        { value: valueOf(name), from: fc.constantFrom(...ORIGINS), because: fc.string() },
        { requiredKeys: ['value', 'from'], noNullPrototype: true },
      ),
    ]),
  ),
  {
    requiredKeys: FACT_NAMES.filter((name) => !VOCABULARY[name].absent),
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
const number = (of: fc.Arbitrary<number>): fc.Arbitrary<Condition> =>
  fc.oneof(
    of.map((at_most) => ({ at_most })),
    of.map((at_least) => ({ at_least })),
  );

function conditionOn(fact: FactName): fc.Arbitrary<Condition> {
  const sort = VOCABULARY[fact];
  if (sort.is === 'number') return number(numberOf(fact));
  return sort.is === 'order' ? order(sort.of) : choice(namesOf(fact));
}

const anyWhen: fc.Arbitrary<When> = fc.subarray([...FACT_NAMES], { maxLength: 3 }).chain((names) =>
  fc.record(Object.fromEntries(names.map((name) => [name, conditionOn(name)])), {
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
