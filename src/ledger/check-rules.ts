import { numberIn, recordIn, textIn } from './data.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

export const rules: Invariant = {
  name: 'rules',
  holds:
    'A rule set is put in force in place of the one that was, by a person or by the system under its rule for that, with the difference word for word. Of what was accepted before sets were kept whole, less was said.',
  level: 'fault',
  of: ['rules.accepted'],
  broken,
};

/** The rules by which the system accepts a set, by how that is said. */
const BY_RULE: Readonly<Record<string, string>> = {
  first_start: 'RULES-FIRST',
  auto: 'RULES-AUTO',
};

function broken(now: Now): string | undefined {
  const by = textIn(now.entry.data, 'by');
  // So little was said before sets were kept whole, and is again where an older version was put back.
  if (by === null) return wrongBefore(now);
  return (
    wrongBefore(now) ?? wrongActor(now, by) ?? (isKept(now) ? wrongChange(now, by) : undefined)
  );
}

/** Whether the set that was in force until then is kept, so that what is different can be told. */
function isKept({ past: { ruleSets } }: Now): boolean {
  return ruleSets.inForce !== null && ruleSets.kept.has(ruleSets.inForce);
}

function wrongBefore({ entry, past }: Now): string | undefined {
  const { inForce, acceptances } = past.ruleSets;
  // A log that was begun anew does not say what was in force.
  if (inForce === null) return undefined;
  const before = textIn(entry.data, 'before_sha256');
  const isFirst = acceptances === 0 && textIn(entry.data, 'rules_sha256') === inForce;
  if (before === inForce || (before === null && isFirst)) return undefined;
  return `expected a rule set in place of ${inForce}, which was in force, got one in place of ${said(before)}`;
}

function wrongActor({ entry: { actor, rule } }: Now, by: string): string | undefined {
  const named = BY_RULE[by];
  if (named === undefined)
    return actor.kind === 'person'
      ? undefined
      : `expected a person who accepted the rule set, got the ${actor.kind} ${actor.id}`;
  if (actor.kind === 'system' && rule?.includes(`#${named}@`) === true) return undefined;
  return `expected the system under the rule ${named}, got the ${actor.kind} ${actor.id} under ${said(rule)}`;
}

/** Two sets that are kept differ in some file, which is kept as well; no first start comes between them. */
function wrongChange({ entry: { data } }: Now, by: string): string | undefined {
  if (by === 'first_start')
    return 'expected somebody who accepted a set in place of a kept one, got a first start';
  if (textIn(data, 'diff_sha256') === null)
    return 'expected the difference from the rule set before, got none';
  const files = recordIn(data, 'files') ?? {};
  const different = ['added', 'changed', 'removed'].some((is) => (numberIn(files, is) ?? 0) > 0);
  return different ? undefined : 'expected a file that came, changed or went, got none';
}
