import { expect, test } from '@jest/globals';
import { ofTheDay, play, textIn } from '../play.ts';

test('each page has a row with its counts and what to do, and a pipe in a name breaks no table', () => {
  const files = [
    ofTheDay('site/contact.html'),
    ofTheDay('site/index.html'),
    { name: 'a|b.md', text: '# A\n\nShort.' },
  ];
  const rows = textIn(play({ persona: 'content-auditor', files }))
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('buttons or links without words');
  expect(rows[1]).toContain('images without a text alternative');
  expect(rows[2]).toMatch(/^\| `a\\\|b\.md` \| 2 \| 1 \| 0 \| 0 \| fewer than 60 words \|$/);
});
