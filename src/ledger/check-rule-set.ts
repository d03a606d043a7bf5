import { recordIn, textIn } from './data.ts';
import type { Data } from './data.ts';
import type { Invariant, Now } from './invariant.ts';

/** As traces name a set. */
const SHORT = 16;

export const ruleSet: Invariant = {
  name: 'rule set',
  holds:
    'A route was decided by the rule set its entry names, and what the practice’s own log names was accepted before.',
  level: 'fault',
  of: 'all',
  broken,
};

function broken({ entry, past }: Now): string | undefined {
  const decided = ruleSetIn(entry.data);
  if (decided !== null && decided !== entry.policy.slice(0, SHORT))
    return `expected a route by the rule set ${entry.policy.slice(0, SHORT)} of its entry, got one by ${decided}`;
  const { kept, accepted } = past.ruleSets;
  if (kept.size === 0 || accepted.has(entry.policy)) return undefined;
  if (entry.type === 'rules.accepted' && textIn(entry.data, 'rules_sha256') === entry.policy)
    return undefined;
  return `expected a rule set that was accepted, got ${entry.policy}`;
}

/** The set of a route; of one that an answer changed, too. */
function ruleSetIn(data: Data): string | null {
  if ('rule_set' in data) return textIn(data, 'rule_set');
  return 'route' in data ? textIn(recordIn(data, 'route') ?? {}, 'rule_set') : null;
}
