import { checklistFor } from '../core/checklist.ts';
import type { Facts, Sourced } from '../core/facts.ts';
import { LANES } from '../core/lane.ts';
import { holds } from '../core/match.ts';
import { nearest } from '../core/nearest.ts';
import type { When } from '../core/rule.ts';
import { ASK_ABOUT } from '../core/rule.ts';
import { route } from '../core/route.ts';
import { NAMED_RULES } from '../core/rule-set.ts';
import { checkCascades } from './check-cascades.ts';
import type { Checking } from './checking.ts';
import { broken, usually } from './check-examples.ts';
import type { RuleFile } from './rule-files.ts';
import type { Path } from './yaml-file.ts';

/** Checks what no single file can: names that exist, rules the program needs, tables without holes, examples that hold. */
export function checkRules(on: Checking): void {
  checkNamed(on);
  checkKindNames(on);
  checkMinutes(on);
  checkConditions(on);
  checkPoints(on);
  checkWaits(on);
  // An example of a broken set would only repeat what is already told.
  if (on.problems.all.some(({ code }) => code !== 'dead-source')) return;
  checkExamples(on);
  checkApproving(on);
  checkCascades(on);
}

function checkNamed({ rules, files, problems }: Checking): void {
  for (const id of NAMED_RULES)
    if (!rules.byId.has(id))
      problems.add(
        files.life.at([]),
        `expected a rule ${id} in rules/, got none. The program names it; restore it.`,
        { code: 'missing', rule: id },
      );
  for (const about of ASK_ABOUT)
    if (!rules.asks.has(about))
      problems.add(
        files.asking.at(['asks']),
        `expected a rule that asks about ${about}, got none. Restore it.`,
        { code: 'missing' },
      );
}

function checkKindNames(on: Checking): void {
  const { cues, minutes } = on.written;
  cues.kinds.forEach(({ kind }, i) => knownKind(on, kind, ['cues', ['kinds', i, 'kind']]));
  minutes.minutes.forEach(({ kind }, i) =>
    knownKind(on, kind, ['minutes', ['minutes', i, 'kind']]),
  );
}

type Place = readonly [file: RuleFile, path: Path];

function knownKind({ rules, files, problems }: Checking, kind: string, [file, path]: Place): void {
  if (rules.kinds.has(kind)) return;
  const meant = nearest(kind, [...rules.kinds.keys()]);
  const perhaps = meant === undefined ? '' : `Did you mean ${meant}? `;
  problems.add(
    files[file].at(path),
    `expected a kind of rules/kinds.yaml, got "${kind}". ${perhaps}Mend the name or add the kind.`,
    { code: 'unknown-name' },
  );
}

function checkMinutes({ rules, files, problems }: Checking): void {
  for (const kind of rules.kinds.values())
    if (kind.sort === 'work' && !rules.minutes.has(kind.id))
      problems.add(
        files.minutes.at(['minutes']),
        `expected minutes for ${kind.id}, got none. Add a line for it.`,
        { code: 'missing', rule: kind.id },
      );
}

/** Kind names inside conditions. Persona names are checked where the personas are known. */
function checkConditions(on: Checking): void {
  const { limits, lanes, start, cascade, approving } = on.written;
  const look = (file: RuleFile, list: string, rules: readonly { when: When }[]): void =>
    rules.forEach(({ when }, i) => checkKinds(on, when, [file, [list, i, 'when', 'kind']]));
  look('limits', 'limits', limits.limits);
  look('lanes', 'lanes', lanes.lanes);
  look('start', 'starts', start.starts);
  look('cascade', 'cascades', cascade.cascades);
  look('approving', 'checklists', approving.checklists);
}

function checkKinds(on: Checking, when: When, [file, path]: Place): void {
  const { is, in: among, not_in: except } = when.kind ?? {};
  if (is !== undefined) knownKind(on, is, [file, [...path, 'is']]);
  among?.forEach((kind, i) => knownKind(on, kind, [file, [...path, 'in', i]]));
  except?.forEach((kind, i) => knownKind(on, kind, [file, [...path, 'not_in', i]]));
}

/** Answers are recorded by the id of their point. */
function checkPoints({ written, files, problems }: Checking): void {
  written.approving.checklists.forEach(({ points }, i) =>
    points.forEach(({ id }, n) => {
      if (points.findIndex((point) => point.id === id) === n) return;
      const says = `expected an id of its own in this checklist, got ${id} again. Give it another.`;
      problems.add(files.approving.at(['checklists', i, 'points', n, 'id']), says, {
        code: 'duplicate-id',
      });
    }),
  );
}

/** What is put away before it is reminded of would never be. */
function checkWaits({ written: { asking }, files, problems }: Checking): void {
  const { settings, asks } = asking;
  const all = [{ ...settings, path: ['settings'] as Path }].concat(
    asks.map((ask, i) => ({ ...settings, ...ask, path: ['asks', i] as Path })),
  );
  for (const { remind_after_hours: remind, expire_after_days: expire, path } of all)
    if (remind >= expire * 24)
      problems.add(
        files.asking.at([...path, 'remind_after_hours']),
        `expected a reminder before it is put away after ${expire * 24} hours, got one after ${remind} hours. Shorten it, or wait longer.`,
      );
}

function checkExamples({ written, files, rules, problems }: Checking): void {
  written.limits.limits.forEach(({ id, when, examples }, i) =>
    examples.forEach(({ facts, expect }, n) => {
      if (holds(when, usually(facts)) === expect) return;
      const got = expect ? 'it does not apply' : 'it applies';
      const says = `expected ${id} ${expect ? 'to apply' : 'not to apply'}, got: ${got}. Mend the example or the rule.`;
      problems.add(files.limits.at(['limits', i, 'examples', n]), says, broken(id, facts));
    }),
  );
  const offers = LANES.map((lane) => ({ lane, price: null }));
  written.lanes.lanes.forEach(({ id, examples }, i) =>
    examples.forEach(({ facts, expect }, n) => {
      const decided = route(sourced(usually(facts)), rules, offers);
      if (decided.rule.includes(`#${expect}@`)) return;
      const says = `expected ${expect} to decide, got ${decided.rule.split('@')[0] ?? ''}. Mend the example or the rules.`;
      problems.add(files.lanes.at(['lanes', i, 'examples', n]), says, broken(id, facts));
    }),
  );
}

function checkApproving({ written, files, rules, problems }: Checking): void {
  written.approving.checklists.forEach(({ id, examples }, i) =>
    examples.forEach(({ facts, expect }, n) => {
      const asked = checklistFor(rules, usually(facts))?.id ?? 'none';
      if (asked === expect) return;
      const says = `expected ${expect} to be asked, got ${asked}. Mend the example or the checklists.`;
      problems.add(files.approving.at(['checklists', i, 'examples', n]), says, broken(id, facts));
    }),
  );
}

function sourced(facts: Facts): Sourced {
  const pairs = Object.entries(facts).map(([name, value]) => [name, { value, from: 'default' }]);
  return Object.fromEntries(pairs) as Sourced;
}
