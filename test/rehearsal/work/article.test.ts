import { expect, test } from '@jest/globals';
import { ofTheDay, play, textIn } from '../play.ts';

test('an outline becomes a section for each point, in its own words, without its notes to the writer', () => {
  const text = textIn(play({ persona: 'blog-drafter', files: [ofTheDay('blog/outline.md')] }));
  expect(text).toMatch(/^# Your first pottery class\n/);
  expect(text.match(/^## /gm)).toHaveLength(7);
  expect(text).toContain('old clothes, a towel, short nails');
  expect(text).not.toMatch(/link to the classes page/i);
});

test('a request alone names the topic, and one without a topic is asked about', () => {
  expect(
    textIn(
      play({
        persona: 'blog-drafter',
        request: 'Please draft a blog post about glazing your first mug',
      }),
    ),
  ).toContain('# Glazing your first mug');
  expect(play({ persona: 'blog-drafter', request: 'Draft the post' })).toMatchObject({
    fit: 'unclear',
  });
});
