import { expect, test } from '@jest/globals';
import { blameLines } from '../../src/cli/blame-lines.ts';
import { BLAMED } from '../helpers/blamed.ts';

test('letters stand in the margin, and words by somebody else in brackets after their letter', () => {
  expect(blameLines(BLAMED)).toEqual([
    `#142.2, draft 3, SHA-256 ${'ab'.repeat(32)}`,
    '',
    '  A  60%  12 words  by model claude-x as persona blog-writer, draft 1',
    '  B  30%   6 words  brought in with the request',
    '  C  10%   2 words  by Ada <Approver>',
    '60% of the words by model claude-x as persona blog-writer, draft 1, 30% brought in with the request, 10% by Ada <Approver>.',
    '',
    'post.md',
    '  A version of it was too large, or too different, to be compared word by word: only long runs kept their author.',
    '  1  B | # Clay',
    '  2    |',
    '  3  A | Clay is patient [C & <em>kind</em>]. Come on a Tuesday evening.',
    '  4  C | \tDon’t be [B late.]',
    '  5    |',
    '  6  B | Averylongwordwithoutanyspaceinitthatgoesonandonandonpasttheedgeofanysmallwindow.',
    '',
    'logo.png',
    '  No text. These bytes were first brought in with the request (B).',
    '',
    'erased file 3',
    '  The text was erased. Words that were whose: B 5, C 1.',
  ]);
});

test('a text that came from elsewhere steers no terminal', () => {
  const [file] = BLAMED.files;
  const evil = 'red \u001b[31mtext\u0007 and\ta tab';
  const lines = [{ text: evil, runs: [{ source: 0, from: 0, to: evil.length }] }];
  const shown = blameLines({
    ...BLAMED,
    rehearsal: true,
    files: [
      { name: '\u001b]0;x', shares: [], coarse: false, ...file, content: { is: 'text', lines } },
    ],
  });
  expect(shown.join('\n')).not.toMatch(/(?![\t\n])\p{Cc}/u);
  expect(shown).toContain('Rehearsal: stand-ins may have answered here.');
});
