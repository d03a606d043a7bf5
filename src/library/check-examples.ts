import type { Facts } from '../core/facts.ts';
import { USUAL } from '../core/usual.ts';
import type { More } from './problems.ts';

/** The facts of an example, with what is usual for those it does not name. */
export function usually(facts: unknown): Facts {
  return { ...USUAL, ...(facts as Partial<Facts>) };
}

/** What is said beside an example that does not hold. */
export function broken(rule: string, facts: Readonly<Record<string, unknown>>): More {
  const named = Object.entries(facts).map(([name, value]) => `${name} is ${String(value)}`);
  const when = named.length === 0 ? 'when everything is as usual' : `when ${named.join(', ')}`;
  return { code: 'broken-example', rule, witness: { facts: usually(facts), when } };
}
