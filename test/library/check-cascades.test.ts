import { afterEach, describe, expect, test } from '@jest/globals';
import { loadRuleSet } from '../../src/library/load.ts';
import { rulesWith } from '../helpers/quick-rules.ts';
import type { QuickRules } from '../helpers/quick-rules.ts';

let made: QuickRules | undefined;
afterEach(() => made?.remove());

/** What reading the rules says when one thing in `cascade.yaml` is written otherwise. */
async function refused(from: string, to: string): Promise<string> {
  made = rulesWith([['cascade.yaml', from, to]]);
  return loadRuleSet(made.folder).then(
    () => 'nothing was refused',
    (thrown: Error) => thrown.message,
  );
}

describe('a fault in cascade.yaml is told with its place', () => {
  test.each([
    [
      'a lane that is not dearer',
      'from: seat, to: senior',
      'from: seat, to: local',
      /cascade\.yaml:\d+:\d+: .*dearer lane/,
    ],
    [
      'an example that falls otherwise',
      'send_backs: 1,\n          expect: stays',
      'send_backs: 2,\n          expect: stays',
      /cascade\.yaml:\d+:\d+: expected stays for it, got CASCADE-010/,
    ],
    [
      'a fault there is none of',
      '[truncated, invalid_output]',
      '[tired]',
      /cascade\.yaml:\d+:\d+:/,
    ],
    ['a fault that holds', '[truncated, invalid_output]', '[auth]', /cascade\.yaml:\d+:\d+:/],
    [
      'a kind there is none of',
      'consequence: { at_least: medium }\n',
      'kind: { is: draft.blgo }\n',
      /Did you mean draft\.blog/,
    ],
    [
      'a paragraph there is none of',
      'heading: When an author cannot do it',
      'heading: When nobody can',
      /cascade\.yaml:\d+:\d+:/,
    ],
    [
      'never',
      'medium }\n    after: { send_backs: 2 }',
      'medium }\n    after: { send_backs: 0 }',
      /cascade\.yaml:\d+:\d+:/,
    ],
    ['half a cent', 'unasked_up_to_usd: 0.50', 'unasked_up_to_usd: 0.505', /whole cents/],
    [
      'a key nobody reads',
      'from: seat, to: senior',
      'from: seat, to: senior, always: true',
      /cascade\.yaml:\d+:\d+:/,
    ],
  ])(
    '%s',
    async (_name, from, to, says) => {
      expect(await refused(from, to)).toMatch(says);
    },
    60_000,
  );

  test('a rule behind one that always speaks before it', async () => {
    const after = 'after: { faults: [truncated, invalid_output], times: 2 }\n    do: { from: local';
    const earlier =
      'lane: { not_in: [tool, local, seat, senior] }\n      consequence: { at_least: medium }\n    after: { send_backs: 2 }\n    do: { from: local';
    made = rulesWith([
      ['cascade.yaml', earlier, earlier.replace('\n      consequence: { at_least: medium }', '')],
      ['cascade.yaml', after, 'after: { send_backs: 3 }\n    do: { from: local'],
    ]);
    await expect(loadRuleSet(made.folder)).rejects.toThrow(
      /expected a rule that can decide, got CASCADE-030, which CASCADE-010 always comes before/,
    );
  }, 60_000);
});
