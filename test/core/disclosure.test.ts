import { expect, test } from '@jest/globals';
import { disclosureText } from '../../src/core/disclosure.ts';

const SAID = {
  models: ['m-1', 'm-2'],
  humanEdited: false,
  gate: 'editorial',
  rehearsal: false,
} as const;

test('models, people, check and rehearsal are told', () => {
  expect(disclosureText(SAID)).toBe(
    'Written with AI (m-1, m-2). Checked by machine for editorial and reviewed by a person.',
  );
  expect(disclosureText({ ...SAID, humanEdited: true, gate: 'none' })).toBe(
    'Written with AI (m-1, m-2) and edited by a person. Reviewed by a person.',
  );
});

test('without a model no AI is claimed, and a rehearsal always says so', () => {
  expect(disclosureText({ ...SAID, models: [], rehearsal: true })).toBe(
    'Made by an exact program. No AI model was used. Checked by machine for editorial and reviewed by a person. REHEARSAL: stand-ins answered here instead of models.',
  );
});
