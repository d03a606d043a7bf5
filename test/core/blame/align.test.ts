import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Diff, Effort } from '../../../src/core/blame/align-blocks.ts';
import { align, alignKeys } from '../../../src/core/blame/align.ts';
import { rarityOf } from '../../../src/core/rarity.ts';
import { newLexicon, tokensOf } from '../../../src/core/token.ts';
import { diffLists } from '../../../src/report/diff.ts';

const effort = (): Effort => ({ compare: 1_000_000, search: 1_000_000, coarse: false });

/** The newer text with what was kept in brackets. */
function keptIn(before: string, after: string, diff: Diff = diffLists): string {
  const lexicon = newLexicon();
  const [old, now] = [tokensOf(before, lexicon), tokensOf(after, lexicon)];
  const blocks = align(old, now, {
    diff,
    effort: effort(),
    rarity: rarityOf([old], [now], lexicon),
  });
  let shown = '';
  let at = 0;
  for (const { after: from, count } of blocks) {
    const begin = now.from[from] ?? 0;
    const end = now.to[from + count - 1] ?? 0;
    shown += `${after.slice(at, begin)}[${after.slice(begin, end)}]`;
    at = end;
  }
  return shown + after.slice(at);
}

describe('what is kept', () => {
  test.each([
    ['all of it', 'one two three', 'one two three', '[one two three]'],
    [
      'all of it, wrapped anew',
      'one two three four',
      'one\ntwo\n  three four',
      '[one\ntwo\n  three four]',
    ],
    ['nothing', 'one two', 'three four', 'three four'],
    ['nothing of nothing', '', '', ''],
    [
      'what stands around a changed word',
      'the quick brown fox runs',
      'the slow brown fox runs',
      '[the] slow [brown fox runs]',
    ],
    [
      'words between changed words',
      'One quick brown fox runs',
      'One slow brown cat runs',
      '[One] slow [brown] cat [runs]',
    ],
    ['what a removed word stood in', 'one two three', 'one three', '[one][ three]'],
  ])('%s', (_what, before, after, shown) => {
    // Neighbouring brackets stand where something was removed.
    expect(keptIn(before, after).replaceAll('] [', '][ ')).toBe(shown.replaceAll('] [', '][ '));
  });
});

describe('what is in common by chance is not kept', () => {
  const OLD =
    'When the shop is closed, the orders of the day are sent to the baker in the morning, and the rest is thrown away.';
  const NEW =
    'Most people who write to us want the answer in a few hours, and the best way is to tell them when to expect it.';

  test('the small words of a rewritten sentence', () => {
    expect(keptIn(`First here. ${OLD} Last there.`, `First here. ${NEW} Last there.`)).toBe(
      `[First here.] ${NEW} [Last there.]`,
    );
  });

  test('but a phrase that was taken over', () => {
    const taken = NEW.replace('the best way', 'the orders of the day are sent');
    expect(keptIn(OLD, taken)).toContain('[the orders of the day are sent');
  });

  test('and the same small words where nothing else was changed', () => {
    expect(keptIn('of the people', 'of all the people')).toBe('[of] all [the people]');
  });
});

test('added text begins where a piece of writing begins', () => {
  const before = 'The first one.\nThe last one.';
  expect(keptIn(before, 'The first one.\nThe second one.\nThe last one.')).toBe(
    '[The first one.]\nThe second one.\n[The last one.]',
  );
});

test('what cannot be compared word by word keeps what stands at its ends and around its anchors', () => {
  const words = (n: number, of: string): string =>
    Array.from({ length: n }, (_, i) => of + i).join(' ');
  const rare = 'an anchor that stands once in either of them';
  const gaveUp: Diff = () => null;
  const before = `text that begins ${words(5, 'x')} a b ${rare} c d ${words(5, 'y')} text that ends`;
  const after = `text that begins b a q ${rare} d c q text that ends`;
  expect(keptIn(before, after, gaveUp)).toBe(
    `[text that begins] b a q [${rare}] d c q [text that ends]`,
  );
});

test('blocks are in order, overlap in neither text, and say the same in both, whatever the texts', () => {
  const few = fc.array(fc.nat({ max: 6 }), { maxLength: 60 });
  fc.assert(
    fc.property(few, few, (a, b) => {
      const pair = { before: Int32Array.from(a), after: Int32Array.from(b) };
      const rarity = { alone: new Int32Array(7).fill(60), after: new Map<number, number>() };
      let end = { before: 0, after: 0 };
      for (const { before, after, count } of alignKeys(pair, {
        diff: diffLists,
        effort: effort(),
        rarity,
      })) {
        expect(before).toBeGreaterThanOrEqual(end.before);
        expect(after).toBeGreaterThanOrEqual(end.after);
        expect(a.slice(before, before + count)).toEqual(b.slice(after, after + count));
        expect(count).toBeGreaterThan(0);
        end = { before: before + count, after: after + count };
      }
      expect(end.before).toBeLessThanOrEqual(a.length);
      expect(end.after).toBeLessThanOrEqual(b.length);
    }),
  );
});
