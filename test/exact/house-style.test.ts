import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readHouseStyle } from '../../src/exact/house-style.ts';

const rule = (more: string): string => `rules:
  - id: no-foo
    say: Leave foo out.
    kind: avoid
    level: warn
    source: test 1
${more}`;

describe('the house style', () => {
  test('the shipped one is sound', () => {
    const shipped = readHouseStyle(
      readFileSync(new URL('../../rules/house-style.yaml', import.meta.url), 'utf8'),
    );
    expect(shipped.rules.length).toBeGreaterThanOrEqual(12);
  });

  test.each([
    [
      'a bad example that does not fire',
      rule('    match: { words: [foo] }\n    example: { bad: bar, good: bar }'),
      ':8:21 the bad example of no-foo does not fire',
    ],
    [
      'a good example that fires',
      rule('    match: { words: [foo] }\n    example: { bad: foo, good: a foo }'),
      ':8:32 the good example of no-foo fires',
    ],
    [
      'a pattern RE2 does not know',
      rule("    match: { pattern: '(?=foo)' }\n    example: { bad: foo, good: a }"),
      ':7:12 the pattern of no-foo is no RE2 pattern',
    ],
    [
      'an unknown kind',
      rule('    match: { words: [foo] }\n    example: { bad: foo, good: a }').replace(
        'avoid',
        'forbid',
      ),
      ':4:11 Invalid option',
    ],
    ['no YAML', 'rules: [', ':1:9 is no YAML'],
    [
      'an id twice',
      `${rule('    match: { words: [foo] }\n    example: { bad: foo, good: a }')}\n${rule('    match: { words: [foo] }\n    example: { bad: foo, good: a }').slice(7)}`,
      'comes twice',
    ],
    [
      'a limit without most',
      rule('    match: { words: [foo] }\n    example: { bad: foo, good: a }').replace(
        'avoid',
        'limit',
      ),
      'needs `most`',
    ],
  ])('refuses %s', (_, text, says) => {
    expect(() => readHouseStyle(text)).toThrow(
      expect.objectContaining({ code: 'bad_rules', message: expect.stringContaining(says) }),
    );
  });
});
