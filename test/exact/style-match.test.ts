import { describe, expect, test } from '@jest/globals';
import { compileRule, hitsOf, type RuleText } from '../../src/exact/style-match.ts';

const base: RuleText = {
  id: 'x',
  say: 'say',
  kind: 'avoid',
  match: { words: ['in order to'] },
  except: [],
  level: 'warn',
  source: 's',
  example: { bad: '', good: '' },
};
const where = (rule: Partial<RuleText>, text: string) =>
  hitsOf(compileRule({ ...base, ...rule }), text).map((hit) => text.slice(hit.start, hit.end));

describe('rules of style', () => {
  test('words match whole, in any case, over line ends', () => {
    expect(where({}, 'In order\nto go. Border to. in order too')).toEqual(['In order\nto']);
  });

  test('signs in words are taken as they are', () => {
    expect(where({ match: { words: ['a.b'] } }, 'a.b axb')).toEqual(['a.b']);
  });

  test('an exception covers the match it holds and no other', () => {
    const rule = { match: { words: ['leverage'] }, except: ['financial leverage'] };
    expect(where(rule, 'Financial leverage. We leverage it.')).toEqual(['leverage']);
  });

  test('a limit lets so many pass', () => {
    expect(where({ kind: 'limit', most: 1, match: { pattern: '!' } }, 'a! b! c!')).toEqual([
      '!',
      '!',
    ]);
  });

  test('a requirement fires once, where its cause stands', () => {
    const rule: Partial<RuleText> = {
      kind: 'require',
      when: { pattern: '\\$\\d+' },
      match: { words: ['tax'] },
    };
    expect(where(rule, 'It costs $5 or $6.')).toEqual(['$5']);
    expect(where(rule, 'It costs $5, tax included.')).toEqual([]);
    expect(where(rule, 'It is free.')).toEqual([]);
  });

  test('a pattern that makes other engines hang takes no time', () => {
    expect(where({ match: { pattern: '^(a+)+$' } }, `${'a'.repeat(5_000)}!`)).toEqual([]);
  });
});
