import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answersTo, checklistFor, openPoints } from '../../src/core/checklist.ts';
import type { Facts } from '../../src/core/facts.ts';
import { CONSEQUENCES } from '../../src/core/facts.ts';
import { ruleRef } from '../../src/core/rule.ts';
import { rules } from '../helpers/decide.ts';

const FACTS: Facts = {
  kind: 'draft.blog',
  sensitivity: 'ordinary',
  consequence: 'high',
  words: 100,
  files: 1,
  fileTypes: ['md'],
  confidence: 100,
  rounds: 0,
  cloud: 'allowed',
};
const kinds = [...rules.kinds.keys()];

test('the first checklist that matches is asked', () => {
  expect(checklistFor(rules, { ...FACTS, kind: 'harden.plugin' })?.id).toBe('CHECK-CODE');
  expect(checklistFor(rules, FACTS)?.id).toBe('CHECK-PUBLIC');
  expect(checklistFor(rules, { ...FACTS, kind: 'inventory.content' })?.id).toBe('CHECK-HIGH');
  expect(checklistFor({ checklists: [] }, FACTS)).toBeNull();
});

test('by the shipped rules low and medium consequence is one click, high never is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.constantFrom(...CONSEQUENCES),
      fc.nat(5000),
      (kind, consequence, words) => {
        const asked = checklistFor(rules, { ...FACTS, kind, consequence, words });
        expect(asked === null).toBe(consequence !== 'high');
      },
    ),
  );
});

test('each point has one answer, whatever was sent: ticked is yes, all else is no', () => {
  const [checklist] = rules.checklists;
  if (checklist === undefined) throw new Error('no checklist is shipped');
  const ids = checklist.points.map(({ id }) => id);
  const sent = fc.array(fc.oneof(fc.constantFrom(...ids), fc.string()), { maxLength: 9 });
  fc.assert(
    fc.property(sent, (ticked) => {
      const answers = answersTo(checklist, ticked);
      expect(answers.map(({ id }) => id)).toEqual(ids);
      for (const { id, yes } of answers) expect(yes).toBe(ticked.includes(id));
    }),
  );
  const open = openPoints(rules, ruleRef(checklist), answersTo(checklist, [ids[0] ?? '']));
  expect(open).toEqual(checklist.points.slice(1).map(({ text }) => text));
  const gone = openPoints(rules, 'approving.yaml#OLD@0123456789abcdef', [
    { id: 'old', yes: false },
  ]);
  expect(gone).toEqual(['old']);
});
