import type { FactName, Facts, Sourced } from '../../../src/core/facts.ts';
import { FACT_NAMES, plainFacts, UNCLEAR, VOCABULARY } from '../../../src/core/facts.ts';
import type { WorkKind } from '../../../src/core/kind.ts';
import type { Compared } from '../../../src/core/lint/desk.ts';
import { route } from '../../../src/core/route.ts';
import type { Route } from '../../../src/core/route.ts';
import type { LaneRule, When } from '../../../src/core/rule.ts';
import { ruleRef } from '../../../src/core/rule.ts';
import { USUAL } from '../../../src/core/usual.ts';
import { everyLane, rules } from '../../helpers/decide.ts';
import { NAMES, TYPES } from './random.ts';

/** The program itself, asked with one set of facts after the other: what the lint says must be what it does. */

/** Somebody whom no rule names. */
export const STRANGER = 'estimator';

/** A name of such a fact that no rule knows. */
const UNKNOWN: Partial<Record<FactName, string>> = { kind: UNCLEAR, persona: STRANGER };

/** Every value of a fact that something tells apart; undefined where it is not there. The judgement is the kind's. */
function valuesOf(fact: FactName, sizes: readonly number[]): readonly unknown[] {
  const sort = VOCABULARY[fact];
  const absent = sort.absent ? [undefined] : [];
  if (sort.is === 'list')
    return [...Array(2 ** TYPES.length).keys()].map((bits) =>
      TYPES.filter((_, i) => (bits >> i) % 2 === 1),
    );
  if (sort.is === 'number') return [...absent, ...sizes];
  const named = [...(NAMES[fact] ?? []), UNKNOWN[fact]].filter((name) => name !== undefined);
  return [...absent, ...(sort.of ?? named)];
}

/** Every combination of the facts that these rules look at; the others are as usual. */
export function everyFacts(set: Compared): readonly Facts[] {
  const kinds = [...set.kinds.values()];
  const seconds = kinds.flatMap((kind) =>
    kind.sort === 'work' && kind.second !== undefined ? [kind.second] : [],
  );
  const lists = [set.limits, set.lanes, set.starts, set.checklists, seconds];
  const whens: readonly When[] = lists.flatMap((list) => list.map(({ when }) => when));
  const looked = new Set<FactName>([
    'kind',
    ...whens.flatMap((when) => Object.keys(when) as FactName[]),
  ]);
  looked.delete('judgement');
  const needs = kinds.flatMap((kind) =>
    kind.sort === 'work' && kind.needs.files !== undefined ? [kind.needs] : [],
  );
  if (needs.length > 0) looked.add('fileTypes').add('follows');
  for (const size of ['words', 'pasted'] as const)
    if (needs.some((one) => one[size] !== undefined)) looked.add(size);
  let all: readonly Facts[] = [USUAL];
  for (const fact of FACT_NAMES.filter((name) => looked.has(name))) {
    const values = valuesOf(fact, sizesOf(fact, whens, needs));
    all = all.flatMap((one) => values.map((value) => changed(one, fact, value)));
  }
  return all;
}

/** Every number at which something begins or ends, and one below them all. */
function sizesOf(
  fact: FactName,
  whens: readonly When[],
  needs: readonly WorkKind['needs'][],
): readonly number[] {
  const named = [
    ...whens.flatMap((when) => [when[fact]?.at_least, when[fact]?.at_most]),
    ...needs.map((one) => (fact === 'words' || fact === 'pasted' ? one[fact] : undefined)),
  ].flatMap((size) => (typeof size === 'number' ? [size, size + 1] : []));
  return [...new Set([0, ...named.flatMap((size) => (size > 1 ? [size - 1, size] : [size]))])];
}

function changed(facts: Facts, fact: FactName, value: unknown): Facts {
  const { [fact]: _was, ...others } = facts;
  return { ...others, ...(value === undefined ? {} : { [fact]: value }) } as Facts;
}

function sourced(facts: Facts): Sourced {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, { value, from: 'default' }]),
  ) as Sourced;
}

export function routeWith(facts: Facts, set: Partial<Compared>): Route {
  return route(sourced(facts), { ...rules, ...set }, everyLane);
}

/** The facts with the judgement that the kind takes. */
export function judged(facts: Facts, set: Compared): Facts {
  return plainFacts(routeWith(facts, set).trace.facts);
}

/** Whether a lane is looked for at all. */
export function reaches(facts: Facts, set: Compared): boolean {
  const bare = routeWith(facts, { ...set, lanes: [] });
  return bare.is === 'ask' && bare.about === 'lane' && bare.rule === ruleRef(set.otherwise);
}

export type Decision = {
  /** The lane rule that decides, or at which a limit asks; undefined where it falls to `otherwise`. */
  readonly by: string | undefined;
  /** What comes of it. */
  readonly to: string;
  /** Whether it goes to a lane. */
  readonly goes: boolean;
};

/** What becomes of facts that reach the lane rules. */
export function decided(facts: Facts, set: Compared): Decision {
  const found = routeWith(facts, set);
  if (found.is === 'lane') {
    const by = set.lanes.find((rule) => ruleRef(rule) === found.rule)?.id;
    return { by, to: `${found.lane} ${found.persona} ${found.gate}`, goes: true };
  }
  const by =
    found.rule === ruleRef(set.otherwise) ? undefined : set.lanes[found.trace.tried.length]?.id;
  return { by, to: `ask ${found.rule}`, goes: false };
}

/** What becomes of them when this is the only rule; undefined where it does not decide. */
export function alone(facts: Facts, set: Compared, rule: LaneRule): Decision | undefined {
  const found = decided(facts, { ...set, lanes: [rule] });
  return found.by === undefined ? undefined : found;
}
