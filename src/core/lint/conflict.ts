import type { FactName } from '../facts.ts';
import { FACT_NAMES } from '../facts.ts';
import type { Condition, When } from '../rule.ts';
import { USUAL } from '../usual.ts';
import type { Desk } from './desk.ts';
import { NONE } from './diagram.ts';
import type { Spot } from './finding.ts';

/**
 * Tells of a condition that no facts meet, and says which of its parts contradict each other: one fact alone, or the kind
 * and the judgement that follows from it. Whether it did.
 */
export function tellConflict(desk: Desk, when: When, of: { spot: Spot; rule: string }): boolean {
  const { space } = desk;
  if (space.where(when) !== NONE) return false;
  const alone = FACT_NAMES.find((fact) => {
    const condition = when[fact];
    return condition !== undefined && space.where({ [fact]: condition }) === NONE;
  });
  const facts: readonly FactName[] = alone === undefined ? ['kind', 'judgement'] : [alone];
  const parts = facts.map((fact) => `${fact} ${conditionWords(when[fact] ?? {})}`).join(' and ');
  const judged = alone === undefined ? judgedWords(desk, when) : '';
  desk.tell({
    level: 'error',
    code: 'never-holds',
    ...of,
    by: [],
    says: `expected a condition that some facts meet, got ${parts}, which none do${judged}. Mend it or take the rule away.`,
    witness: null,
  });
  return true;
}

/** `at_least 5 and at_most 3`. */
export function conditionWords(condition: Condition): string {
  return Object.entries(condition)
    .map(
      ([operator, wanted]) =>
        `${operator} ${Array.isArray(wanted) ? wanted.join(', ') : String(wanted)}`,
    )
    .join(' and ');
}

function judgedWords({ kinds, space }: Desk, { kind }: When): string {
  if (kind === undefined) return '';
  const named = kinds.filter(({ id }) => space.has(space.where({ kind }), { ...USUAL, kind: id }));
  const said = named
    .slice(0, 4)
    .map((one) =>
      one.sort === 'work'
        ? `${one.id} takes ${one.judgement}`
        : `${one.id} is no work for a persona`,
    );
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}
