import { expect, test } from '@jest/globals';
import type { WorkKind } from '../../src/core/kind.ts';
import { missing, sizeOf } from '../../src/core/kind.ts';
import { rules } from '../helpers/decide.ts';

const workKinds = [...rules.kinds.values()].filter(
  (kind): kind is WorkKind => kind.sort === 'work',
);

test('a task is as large as its larger measure', () => {
  const at = (words: number, files: number): string => sizeOf(rules.sizes, words, files);
  expect([
    at(0, 0),
    at(800, 3),
    at(801, 1),
    at(10, 4),
    at(3000, 12),
    at(3001, 1),
    at(1, 13),
  ]).toEqual(['small', 'small', 'medium', 'medium', 'medium', 'large', 'large']);
});

test('what is missing: a file of a type it needs, unless words serve', () => {
  const find = (id: string): WorkKind => {
    const kind = workKinds.find((k) => k.id === id);
    if (kind === undefined) throw new Error(`no kind ${id}`);
    return kind;
  };
  expect(missing(find('format.files'), { fileTypes: ['png'], words: 500 })).toBe('files');
  expect(missing(find('format.files'), { fileTypes: ['md', 'png'], words: 0 })).toBeUndefined();
  const fix = find('proofread.fix');
  expect(missing(fix, { fileTypes: [], words: 30, pasted: 4 })).toBeUndefined();
  expect(missing(fix, { fileTypes: [], words: 30, pasted: 3 })).toBe('files');
  expect(missing(find('draft.blog'), { fileTypes: [], words: 1 })).toBeUndefined();
});

test('the owner’s minutes grow with the size, and nothing takes less by hand than its review', () => {
  for (const kind of workKinds) {
    const row = rules.minutes.get(kind.id);
    if (row === undefined) throw new Error(`no minutes for ${kind.id}`);
    const { byHand, review } = row;
    expect(byHand.small <= byHand.medium && byHand.medium <= byHand.large).toBe(true);
    expect(review.small <= byHand.small && review.large <= byHand.large).toBe(true);
  }
});

test('a kind with an exact program is gated by nobody and takes no judgement', () => {
  for (const kind of workKinds.filter((k) => k.program !== undefined))
    expect(kind).toMatchObject({ gate: 'none', judgement: 'none' });
});
