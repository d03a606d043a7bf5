import { tellConflict } from './conflict.ts';
import type { Desk } from './desk.ts';
import { NONE } from './diagram.ts';
import type { Row } from './order.ts';
import { inOrder, spotOf, tellOrder } from './order.ts';
import { workKinds } from './space.ts';

/**
 * What can be said of the checklists: the first that matches is asked, over every kind that is work. Where none matches
 * one click approves, which is no hole.
 */
export function lintChecklists(desk: Desk): void {
  const { space, rules } = desk;
  const work = workKinds(desk.kinds).map(({ id }) => id);
  const domain = space.kinds((id) => work.includes(id));
  const rows = rules.checklists.map((rule, index): Row => {
    const matches = space.and(space.where(rule.when), domain);
    return { id: rule.id, index, when: rule.when, matches, could: matches, on: true };
  });
  for (const row of rows) tellIdle(desk, row);
  tellOrder(desk, inOrder(desk, rows, domain), {
    list: 'approving',
    alike: () => NONE,
    decides: ({ id }) => `the points of ${id}`,
    cases: desk.cases.approving,
  });
}

function tellIdle(desk: Desk, row: Row): void {
  if (tellConflict(desk, row.when, { spot: spotOf('approving', row), rule: row.id })) return;
  if (row.could !== NONE) return;
  desk.tell({
    level: 'error',
    code: 'never-reached',
    spot: spotOf('approving', row),
    rule: row.id,
    by: [],
    says: `expected ${row.id} to meet work that somebody approves, got only kinds that make no task. Mend the condition.`,
    witness: desk.witness(desk.space.where(row.when)),
  });
}
