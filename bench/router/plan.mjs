import { readPiece } from '../../dist/core/read.js';
import { route } from '../../dist/core/route.js';
import { split } from '../../dist/core/split/split.js';
import { dice } from './sets.mjs';

/** Sentences as people write them to a practice; a request of 200 words is put together from them. */
const SENTENCES = [
  'Hi team, hope you had a good weekend and the workshop went well.',
  'Please audit the content of our site and tell me which pages nobody has touched for two years.',
  'Then harden the booking plugin, the security people at our hosting company keep writing to us about it.',
  'Could you also draft the blog post from the outline that Maria sent around last Thursday?',
  'The newsletter needs an intro that is a bit warmer than the last one, two paragraphs are plenty.',
  'Format the CSV of the opening times, somebody edited it by hand and now the columns are all over the place.',
  'On the page about courses the headings are in the wrong order, my sister uses a screen reader and was quite lost.',
  'Rewrite the paragraph about deposits in plain words, people keep calling us because they do not understand it.',
  'We are in no hurry with any of this, end of next week is fine.',
  'By the way, the kiln is working again, so the photos can stay as they are.',
  'Proofread the leaflet for the open day, but leave the jokes alone.',
  'And if there is time left, write alt texts for the pictures in the gallery.',
  'The old address is still in the footer of two pages, one of them is the imprint I think.',
  'Thanks a lot, as always!',
];
const WORDS = 200;

/** Made-up requests of 200 words, no two alike. */
export function longRequests(count) {
  const roll = dice(200);
  return Array.from({ length: count }, (_, n) => {
    const words = [`Request ${n}.`];
    while (words.length < WORDS) words.push(...roll.pick(SENTENCES).split(' '));
    return words.slice(0, WORDS).join(' ');
  });
}

/** Plans a request as the program does: split, read every piece, decide every piece. Gives how many pieces it has. */
export function planOnce(text, rules, offers) {
  const { pieces } = split(text, ['site.html', 'plugin.php', 'outline.md'], rules);
  for (const piece of pieces)
    route(readPiece(piece, rules, { cloud: 'allowed' }).facts, rules, offers);
  return pieces.length;
}
