import type { Entry } from '../../ledger/read.ts';
import type { DayRecord } from './record.ts';

/** `LANE-070` of `lanes.yaml#LANE-070@bcf6…`. */
export function idOf(rule: string): string {
  return rule.slice(rule.indexOf('#') + 1).split('@')[0] ?? rule;
}

/** Who acted, as people say it: a name, a specialist, a gate, or the rule the system followed. */
export function who({ people }: Pick<DayRecord, 'people'>, { actor }: Entry): string {
  if (actor.kind === 'person') return people.get(actor.id) ?? 'a person';
  return actor.kind === 'rule' ? idOf(actor.id) : actor.id;
}

/** The entries of these types about a task, with who or which rule acted. */
export function typesOf(day: DayRecord, number: string, types: readonly Entry['type'][]): string {
  return day.entries
    .filter((one) => types.includes(one.type) && day.numbers.get(one.task ?? '') === number)
    .map((one) =>
      one.actor.kind === 'person' || one.rule === null
        ? `${one.type} by ${who(day, one)}`
        : `${one.type} by ${idOf(one.rule)}`,
    )
    .join(', ');
}
