import { cascadeFor } from '../core/cascade.ts';
import type { Cascade } from '../core/rule.ts';
import { broken, usually } from './check-examples.ts';
import type { Checking } from './checking.ts';

/** The examples of the cascade rules hold, and no rule stands behind one that always speaks before it. */
export function checkCascades(on: Checking): void {
  checkReached(on);
  const { written, files, rules, problems } = on;
  written.cascade.cascades.forEach(({ id, examples }, i) =>
    examples.forEach(({ facts, lane, send_backs: sendBacks = 0, outcomes = [], expect }, n) => {
      const stuck = { lane, sendBacks, outcomes };
      const taken = cascadeFor(rules, usually(facts), stuck)?.id ?? 'stays';
      if (taken === expect) return;
      const says = `expected ${expect} for it, got ${taken}. Mend the example or the rules.`;
      problems.add(files.cascade.at(['cascades', i, 'examples', n]), says, broken(id, facts));
    }),
  );
}

/** Only what is plain is said: the same lane, no condition more, and met no later. */
function checkReached({ rules, files, problems }: Checking): void {
  rules.cascades.forEach((rule, i) => {
    const before = rules.cascades.slice(0, i).find((earlier) => covers(earlier, rule));
    if (before === undefined) return;
    const says = `expected a rule that can decide, got ${rule.id}, which ${before.id} always comes before. Take it out or move it up.`;
    problems.add(files.cascade.at(['cascades', i]), says, { code: 'bad-shape', rule: rule.id });
  });
}

function covers(earlier: Cascade, rule: Cascade): boolean {
  return earlier.from === rule.from && isWider(earlier, rule) && isSooner(earlier, rule);
}

function isWider({ when: wide }: Cascade, { when }: Cascade): boolean {
  return Object.entries(wide).every(
    ([name, condition]) =>
      JSON.stringify(when[name as keyof typeof when]) === JSON.stringify(condition),
  );
}

function isSooner({ after: first }: Cascade, { after }: Cascade): boolean {
  if ('sendBacks' in first) return 'sendBacks' in after && first.sendBacks <= after.sendBacks;
  if ('sendBacks' in after) return false;
  return first.times <= after.times && after.faults.every((code) => first.faults.includes(code));
}
