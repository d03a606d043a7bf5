import { expect, test } from '@jest/globals';
import type { Facts } from '../../src/core/facts.ts';
import { firstFailed, holds } from '../../src/core/match.ts';
import type { When } from '../../src/core/rule.ts';

const facts: Facts = {
  kind: 'draft.blog',
  sensitivity: 'ordinary',
  consequence: 'medium',
  words: 500,
  files: 2,
  fileTypes: ['html', 'md'],
  confidence: 80,
  rounds: 0,
  cloud: 'allowed',
};

test.each<[When, boolean]>([
  [{}, true],
  [{ kind: { is: 'draft.blog' } }, true],
  [{ kind: { in: ['a.b', 'draft.blog'] } }, true],
  [{ kind: { not_in: ['draft.blog'] } }, false],
  [{ consequence: { at_least: 'medium' } }, true],
  [{ consequence: { at_least: 'high' } }, false],
  [{ consequence: { at_most: 'low' } }, false],
  [{ words: { at_least: 500, at_most: 500 } }, true],
  [{ words: { at_most: 499 } }, false],
  [{ fileTypes: { in: ['md', 'txt'] } }, true],
  [{ fileTypes: { not_in: ['md'] } }, false],
  [{ fileTypes: { is: 'php' } }, false],
  [{ lane: { is: 'senior' } }, false],
  [{ lane: { not_in: ['senior'] } }, true],
  [{ kind: { is: 'draft.blog' }, cloud: { is: 'never' } }, false],
])('%j', (when, expected) => {
  expect(holds(when, facts)).toBe(expected);
});

test('the first condition that fails is told, in the order of the vocabulary', () => {
  expect(firstFailed({ cloud: { is: 'never' }, words: { at_most: 10 } }, facts)).toEqual({
    field: 'words',
    operator: 'at_most',
    wanted: 10,
    got: 500,
  });
  expect(firstFailed({ lane: { is: 'tool' } }, facts)?.got).toBeNull();
});
