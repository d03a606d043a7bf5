import fc from 'fast-check';
import type { FactName } from '../../../src/core/facts.ts';
import { FACT_NAMES, VOCABULARY } from '../../../src/core/facts.ts';
import { JUDGEMENTS } from '../../../src/core/judgement.ts';
import type { Kind, WorkKind } from '../../../src/core/kind.ts';
import { LANES } from '../../../src/core/lane.ts';
import type { Compared } from '../../../src/core/lint/desk.ts';
import type {
  Checklist,
  Condition,
  LaneRule,
  Limit,
  StartRule,
  When,
} from '../../../src/core/rule.ts';
import { rules } from '../../helpers/decide.ts';

/** Small rule sets over a part of the vocabulary, as the reader would let them through. */

const work = (
  id: string,
  more: Pick<WorkKind, 'judgement' | 'needs'> & Partial<WorkKind>,
): WorkKind => ({
  sort: 'work',
  id,
  title: id,
  persona: 'editor',
  gate: 'editorial',
  consequence: 'low',
  deliverable: { type: 'md', name: 'a.md' },
  ...more,
});

const when = (parts: Record<string, fc.Arbitrary<Condition>>): fc.Arbitrary<When> =>
  fc.record(parts, { requiredKeys: [] }) as fc.Arbitrary<When>;

const among = (of: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.constantFrom(...of).map((is) => ({ is })),
    fc.subarray([...of], { minLength: 1 }).map((some) => ({ in: some })),
    fc.subarray([...of], { minLength: 1 }).map((some) => ({ not_in: some })),
    // Two operators at once, which may contradict each other.
    fc
      .tuple(fc.subarray([...of], { minLength: 1 }), fc.subarray([...of], { minLength: 1 }))
      .map(([some, except]) => ({ in: some, not_in: except })),
  );

const ordered = (of: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    among(of),
    fc.constantFrom(...of).map((least) => ({ at_least: least })),
    fc.constantFrom(...of).map((most) => ({ at_most: most })),
  );

const sized = (of: readonly number[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.constantFrom(...of).map((least) => ({ at_least: least })),
    fc.constantFrom(...of).map((most) => ({ at_most: most })),
    fc.tuple(fc.constantFrom(...of), fc.constantFrom(...of)).map(([least, most]) => ({
      at_least: least,
      at_most: most,
    })),
  );

export const KIND_IDS = ['a.one', 'b.two', 'c.three', 'd.talk'];
export const TYPES = ['html', 'php', 'md'];
export const PERSONAS = ['editor', 'linter'];

/** The names of facts for which the vocabulary has no list. */
export const NAMES: Partial<Record<FactName, readonly string[]>> = {
  kind: KIND_IDS,
  fileTypes: TYPES,
  persona: PERSONAS,
};

function conditionOn(fact: FactName): fc.Arbitrary<Condition> {
  const sort = VOCABULARY[fact];
  if (sort.is === 'number') return sized([0, 10, 20, 50]);
  if (sort.is === 'order') return ordered(sort.of);
  return among((sort.is === 'choice' ? sort.of : undefined) ?? NAMES[fact] ?? []);
}

const CONDITIONS = Object.fromEntries(FACT_NAMES.map((fact) => [fact, conditionOn(fact)]));

/** Conditions on a few facts at a time, so that rules meet each other often. */
const anyWhen = (facts: readonly string[]): fc.Arbitrary<When> =>
  when(Object.fromEntries(facts.map((fact) => [fact, CONDITIONS[fact]] as const)) as never);

const NEEDS: readonly WorkKind['needs'][] = [
  {},
  { files: ['php'] },
  { files: ['html', 'md'], words: 20 },
  { files: ['md'], pasted: 10 },
  { words: 10 },
];

/** What three kinds need, of two sorts at the most: more would only make more combinations. */
const needs = fc
  .shuffledSubarray([...NEEDS], { minLength: 1, maxLength: 2 })
  .chain((some) => fc.array(fc.constantFrom(...some), { minLength: 3, maxLength: 3 }));

const kinds = (conditions: fc.Arbitrary<When>): fc.Arbitrary<readonly Kind[]> =>
  fc
    .tuple(
      needs,
      fc.tuple(
        fc.constantFrom(...JUDGEMENTS),
        fc.constantFrom(...JUDGEMENTS),
        fc.constantFrom(...JUDGEMENTS),
      ),
      fc.option(conditions, { nil: undefined }),
    )
    .map(([needed, judged, second]) => [
      work('a.one', {
        needs: needed[0] ?? {},
        judgement: judged[0],
        program: 'format',
        ...(second === undefined
          ? {}
          : { second: { persona: 'linter', when: second, because: 'x' } }),
      }),
      work('b.two', { needs: needed[1] ?? {}, judgement: judged[1], persona: 'linter' }),
      work('c.three', { needs: needed[2] ?? {}, judgement: judged[2], gate: 'none' }),
      { sort: 'talk', id: 'd.talk', title: 'talk', answer: 'hello' },
    ]);

const named = <R>(list: fc.Arbitrary<R>, { mark, most }: { mark: string; most: number }) =>
  fc.array(list, { maxLength: most }).map((all) =>
    all.map((one, i) => ({
      ...rules.otherwise,
      ...one,
      id: `${mark}-${i}`,
      hash: `${mark}${i}`.toLowerCase().padEnd(64, '0'),
    })),
  );

/** A set of rules; what it leaves open is taken from the shipped one. */
export const ruleSets: fc.Arbitrary<Compared> = fc
  .shuffledSubarray([...FACT_NAMES], { minLength: 2, maxLength: 3 })
  .chain((facts) => {
    const conditions = anyWhen(facts);
    const limit = fc
      .record({
        when: conditions,
        forbid: fc.oneof(fc.constant([]), fc.subarray([...LANES], { minLength: 1 })),
        ask: fc.option(fc.constantFrom('cloud' as const, 'kind' as const), { nil: undefined }),
      })
      .filter(({ forbid, ask }) => forbid.length > 0 || ask !== undefined)
      .map(({ ask, ...rest }) => ({ ...rest, ...(ask === undefined ? {} : { ask }) }));
    const lane = fc
      .record(
        {
          when: conditions,
          lane: fc.constantFrom(...LANES),
          persona: fc.constantFrom(...PERSONAS),
          gate: fc.constantFrom('editorial' as const, 'none' as const),
        },
        { requiredKeys: ['when', 'lane'] },
      )
      .map((one) => ({ ...one, owner: 'owner', since: '2026-11-26' }));
    const start = fc.record({
      when: conditions,
      lanes: fc.subarray([...LANES], { minLength: 1 }),
      unasked: fc.boolean(),
      enabled: fc.boolean(),
    });
    const checklist = fc.record({
      when: conditions,
      means: fc.constant('x'),
      points: fc.constant([]),
    });
    return fc.record({
      limits: named(limit, { mark: 'LIMIT', most: 4 }) as fc.Arbitrary<readonly Limit[]>,
      lanes: named(lane, { mark: 'LANE', most: 5 }) as fc.Arbitrary<readonly LaneRule[]>,
      otherwise: fc.constant({ ...rules.otherwise, id: 'OTHER' }),
      starts: named(start, { mark: 'START', most: 3 }) as fc.Arbitrary<readonly StartRule[]>,
      checklists: named(checklist, { mark: 'CHECK', most: 3 }) as fc.Arbitrary<
        readonly Checklist[]
      >,
      kinds: kinds(conditions).map((all) => new Map(all.map((kind) => [kind.id, kind]))),
    });
  });
