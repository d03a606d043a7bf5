import type { Facts, FactName } from './facts.ts';
import { FACT_NAMES, VOCABULARY } from './facts.ts';
import type { Condition, Operator, When } from './rule.ts';
import { OPERATORS } from './rule.ts';
import type { Failed } from './trace.ts';

type Got = string | number | readonly string[] | undefined;
type Test = (field: FactName, wanted: never, got: Got) => boolean;

const values = (got: Got): readonly string[] =>
  got === undefined ? [] : typeof got === 'object' ? got : [String(got)];

/** Where a value stands: numbers by size, ordered names by their order. An absent fact is nowhere. */
function rank(field: FactName, value: Got): number {
  if (typeof value === 'number') return value;
  const sort = VOCABULARY[field];
  return sort.is === 'order' && typeof value === 'string' ? sort.of.indexOf(value) : NaN;
}

/** Each operator as a test. A comparison with an absent fact never holds, except `not_in`. */
const TESTS = {
  is: (_, wanted: string, got) => values(got).includes(wanted),
  in: (_, wanted: readonly string[], got) => values(got).some((v) => wanted.includes(v)),
  not_in: (_, wanted: readonly string[], got) => !values(got).some((v) => wanted.includes(v)),
  at_least: (field, wanted: number | string, got) => rank(field, got) >= rank(field, wanted),
  at_most: (field, wanted: number | string, got) => rank(field, got) <= rank(field, wanted),
} as const satisfies Record<Operator, Test>;

/** The first condition that does not hold, in the order of the vocabulary; undefined when all hold. */
export function firstFailed(when: When, facts: Facts): Failed | undefined {
  for (const field of FACT_NAMES) {
    const condition = when[field];
    const failed = condition === undefined ? undefined : failing(field, condition, facts[field]);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

function failing(field: FactName, condition: Condition, got: Got): Failed | undefined {
  for (const operator of OPERATORS) {
    const wanted = condition[operator];
    if (wanted === undefined) continue;
    const test: (field: FactName, wanted: never, got: Got) => boolean = TESTS[operator];
    if (!test(field, wanted as never, got)) return { field, operator, wanted, got: got ?? null };
  }
  return undefined;
}

/** Whether a rule applies to these facts. */
export function holds(when: When, facts: Facts): boolean {
  return firstFailed(when, facts) === undefined;
}
