import { expect, test } from '@jest/globals';
import { ofTheDay, play, textIn } from '../play.ts';

test('a review quotes each line it speaks of, with its number', () => {
  const text = textIn(
    play({
      persona: 'code-reviewer',
      files: [ofTheDay('plugin/acme-bookings/includes/store.php')],
    }),
  );
  expect(text).toContain('## Line 73 of `plugin/acme-bookings/includes/store.php`');
  expect(text).toContain('WHERE id = $id');
  expect(text).toContain('Use `$wpdb->prepare`.');
});

test('clean code gets a clean review', () => {
  const text = textIn(
    play({ persona: 'code-reviewer', files: [{ name: 'a.js', text: 'export const a = 1;\n' }] }),
  );
  expect(text).toContain('Nothing stood out.');
});
