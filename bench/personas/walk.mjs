import { handOff } from '../../dist/core/persona.js';

/**
 * Follows a request that begins on a wrong desk, as the practice hands it on: at most `most` times, never back. Gives the
 * desks it came to, how it ended (`taken`, or why a person is asked), and whether somebody wanted to send it back.
 */
export async function walk({ from, most, byId }, askAt) {
  const had = [from];
  for (;;) {
    const { fit, to } = await askAt(had.at(-1));
    if (fit === 'mine') return { had, end: 'taken', back: false };
    if (fit !== 'not_mine') return { had, end: fit, back: false };
    const next = handOff(to, had, { most, known: (id) => byId.has(id) });
    if (next.is === 'ask') return { had, end: next.why, back: next.why === 'back' };
    had.push(next.to);
  }
}
