import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { engagementOf, engagementText } from '../../src/core/engagement.ts';
import { CLOUD_ANSWERS } from '../../src/core/facts.ts';
import type { CloudAnswer } from '../../src/core/facts.ts';
import { LANES } from '../../src/core/lane.ts';
import type { LaneTerms } from '../../src/core/lane-terms.ts';
import { loadRuleSet } from '../../src/library/load.ts';

let terms: readonly LaneTerms[];
beforeAll(async () => {
  ({ terms } = await loadRuleSet(path.resolve('rules')));
});

const notice = (cloud: CloudAnswer, more = {}) =>
  engagementOf(
    {
      client: 'Acme Ltd',
      cloud,
      listed: 2,
      approvers: ['Ada'],
      secrets: 'mask',
      day: '2026-11-26',
      ...more,
    },
    terms,
  );

test('the terms of every lane that ships say where they stand and when they were read', () => {
  expect(terms.map(({ lane }) => lane)).toEqual(LANES);
  for (const { source, checkedOn } of terms) {
    expect(source).toMatch(/^(?:https:\/\/|docs\/)/);
    expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test.each(CLOUD_ANSWERS)('with the setting %s no lane outside sees confidential work', (cloud) => {
  for (const { lane, sees } of notice(cloud).lanes) {
    if (lane === 'tool' || lane === 'local') expect(sees).toContain('nothing leaves our machine');
    else expect(sees).toMatch(/^Nothing\.|Confidential work never\.$/);
  }
});

test('redacted says what is replaced, how much is listed, and what is not found', () => {
  const { replaced, not_found } = notice('redacted');
  expect(replaced).toContain('mail addresses, phone numbers, IBANs, card numbers, IP addresses');
  expect(replaced).toContain('(2 are listed now)');
  expect(not_found).toContain('Names nobody listed are not found.');
});

test('the text is headings, sentences and lists, with what was not checked', () => {
  const text = engagementText(notice('redacted'));
  expect(text.match(/^#+ .+$/gm)).toEqual([
    '# How AI is used in work for Acme Ltd',
    '## Who may see your material',
    ...terms.map(({ by }) => `### ${by}`),
    '## What is replaced before it leaves',
    '## What is not found',
    '## Passwords and keys',
    '## Who approves',
    '## Where the record is',
  ]);
  expect(text).toContain('- Not checked: ');
  expect(text).toContain('approved these very bytes: Ada.');
  expect(text).not.toContain('|');
  expect(engagementText(notice('unset', { approvers: [] }))).toContain('nothing can be delivered');
});
