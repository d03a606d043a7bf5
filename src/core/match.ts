import type { Facts, FactName } from './facts.ts';
import { FACT_NAMES, VOCABULARY } from './facts.ts';
import type { Condition, Operator, When } from './rule.ts';
import { OPERATORS } from './rule.ts';
import type { Failed } from './trace.ts';

type Got = string | number | readonly string[] | undefined;
type Fits = (got: Got) => boolean;

/** One comparison of a rule, made ready to be asked many times. A comparison with an absent fact never holds, except `not_in`. */
export type Check = Pick<Failed, 'field' | 'operator' | 'wanted'> & { readonly fits: Fits };

/** The comparisons of a rule in the order in which they are tried: that of the vocabulary. */
export function checksOf(when: When): readonly Check[] {
  return FACT_NAMES.flatMap((field) => {
    const condition = when[field];
    return condition === undefined ? [] : checksIn(field, condition);
  });
}

function checksIn(field: FactName, condition: Condition): readonly Check[] {
  return OPERATORS.flatMap((operator) => {
    const wanted = condition[operator];
    if (wanted === undefined) return [];
    const make: (wanted: never, field: FactName) => Fits = FITS[operator];
    return [{ field, operator, wanted, fits: make(wanted as never, field) }];
  });
}

/** Each operator, given what a rule wants, as a test of what a fact is. */
const FITS = {
  is: (wanted: string) => among(new Set([wanted])),
  in: (wanted: readonly string[]) => among(new Set(wanted)),
  not_in: (wanted: readonly string[]) => {
    const isAmong = among(new Set(wanted));
    return (got) => !isAmong(got);
  },
  at_least: (wanted: number | string, field) => {
    const [rank, least] = [rankOf(field), rankOf(field)(wanted)];
    return (got) => rank(got) >= least;
  },
  at_most: (wanted: number | string, field) => {
    const [rank, most] = [rankOf(field), rankOf(field)(wanted)];
    return (got) => rank(got) <= most;
  },
} as const satisfies Record<Operator, (wanted: never, field: FactName) => Fits>;

/** Of a list one is enough. */
function among(names: ReadonlySet<string>): Fits {
  return (got) => {
    if (got === undefined) return false;
    if (typeof got === 'object') return got.some((one) => names.has(one));
    return names.has(String(got));
  };
}

/** Where a value stands: numbers by size, ordered names by their order. An absent fact is nowhere. */
function rankOf(field: FactName): (value: Got) => number {
  const sort = VOCABULARY[field];
  const order = sort.is === 'order' ? sort.of : [];
  return (value) => {
    if (typeof value === 'number') return value;
    return order.length > 0 && typeof value === 'string' ? order.indexOf(value) : NaN;
  };
}

/** The first comparison that does not hold; undefined when all hold. */
export function firstFailing(checks: readonly Check[], facts: Facts): Check | undefined {
  for (const check of checks) if (!check.fits(facts[check.field])) return check;
  return undefined;
}

/** What a comparison wanted of which fact, and what the fact was. */
export function failedBy({ field, operator, wanted }: Check, facts: Facts): Failed {
  return { field, operator, wanted, got: facts[field] ?? null };
}

const READY = new WeakMap<When, readonly Check[]>();

/** The first condition that does not hold, in the order of the vocabulary; undefined when all hold. */
export function firstFailed(when: When, facts: Facts): Failed | undefined {
  const checks = READY.get(when) ?? checksOf(when);
  READY.set(when, checks);
  const check = firstFailing(checks, facts);
  return check === undefined ? undefined : failedBy(check, facts);
}

/** Whether a rule applies to these facts. */
export function holds(when: When, facts: Facts): boolean {
  return firstFailed(when, facts) === undefined;
}
