import { expect, test } from '@jest/globals';
import { declinedLine } from '../../src/core/declined.ts';

const count = {
  by: 'editor',
  kind: 'draft.blog',
  to: 'blog-drafter',
  rightly: 0,
  wrongly: 0,
  open: 0,
};

test.each([
  [[], []],
  [[{ ...count, rightly: 1 }], ['Declined: editor, draft.blog to blog-drafter (rightly)']],
  [
    [
      { ...count, rightly: 2, open: 1 },
      { ...count, to: 'human', wrongly: 1 },
      { ...count, to: 'unknown', open: 2 },
    ],
    [
      'Declined: editor, draft.blog to blog-drafter 3 times (2 rightly, 1 open) · editor, draft.blog to a person (wrongly) · editor, draft.blog to nobody we have 2 times (2 open)',
    ],
  ],
])('who declined what to whom, and how it turned out: %j', (declines, lines) => {
  expect(declinedLine(declines)).toEqual(lines);
});

test('a long list is cut, and says so', () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ ...count, by: `persona-${i}`, open: 1 }));
  const [line = ''] = declinedLine(many);
  expect(line.split(' · ')).toHaveLength(7);
  expect(line.endsWith(' · and 3 more')).toBe(true);
});
