import { Engine } from 'json-rules-engine';
import { VOCABULARY } from '../../dist/core/facts.js';

/**
 * The same lane rules for json-rules-engine: the first in file order has the highest priority, and what matches stops it.
 * It finds the rule and nothing else: no trace, no limits, no price. Gives a function from plain facts to the rule's id.
 */
export function otherEngine(rules) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const shares = (fact, named) => fact?.some((one) => named.includes(one)) ?? false;
  engine.addOperator('anyOf', shares);
  engine.addOperator('noneOf', (fact, unwanted) => !shares(fact, unwanted));
  engine.addOperator('is', (fact, wanted) => fact === wanted);
  for (const [n, { id, when }] of rules.lanes.entries())
    engine.addRule({
      name: id,
      priority: rules.lanes.length - n,
      conditions: { all: Object.entries(when).flatMap(conditionsOf) },
      event: { type: id },
    });
  let won;
  engine.on('success', ({ type }) => {
    won ??= type;
    engine.stop();
  });
  return async (facts) => {
    won = undefined;
    await engine.run(facts);
    return won;
  };
}

/** Facts as that engine compares them: ordered names by where they stand. */
export function plainFor(sourced) {
  return Object.fromEntries(
    Object.entries(sourced).map(([name, { value }]) => [name, placed(name, value)]),
  );
}

const placed = (name, value) => {
  const sort = VOCABULARY[name];
  return sort.is === 'order' ? sort.of.indexOf(value) : value;
};

/** For a fact of one value, and for a list of them. */
const AMONG = { in: ['in', 'anyOf'], not_in: ['notIn', 'noneOf'] };
const BOUNDS = { at_least: 'greaterThanInclusive', at_most: 'lessThanInclusive' };

function conditionsOf([fact, condition]) {
  return Object.entries(condition).map(([operator, value]) => {
    if (operator === 'is') return { fact, operator: 'is', value: placed(fact, value) };
    if (operator in AMONG) {
      const [one, list] = AMONG[operator];
      return { fact, operator: VOCABULARY[fact].is === 'list' ? list : one, value };
    }
    return { fact, operator: BOUNDS[operator], value: placed(fact, value) };
  });
}
