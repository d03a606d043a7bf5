import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPieces, rearrange, sentencesOf, writePieces } from '../../src/core/pieces.ts';

describe('the pieces of a request as text', () => {
  test('what is written is read again, and an empty or doubled piece is none', () => {
    const texts = ['audit the site', 'draft a post\nabout the kiln'];
    expect(readPieces(writePieces(texts))).toEqual(texts);
    expect(readPieces('a\n---\n\n -----  \na\n---\nb')).toEqual(['a', 'b']);
    expect(readPieces('a -- b --- c')).toEqual(['a -- b --- c']);
  });
});

describe('rearranging', () => {
  const before = {
    pieces: ['Audit the site. Then list the broken links.', 'draft the post'],
    context: ['thanks, no rush'],
  };

  test('joined words are all there, and come from both', () => {
    const now = rearrange(before, [before.pieces.join('\n')]);
    expect(now.pieces).toMatchObject([{ same: null, from: [0, 1] }]);
    expect(now).toMatchObject({ context: ['thanks, no rush'], edited: false });
  });

  test('a sentence that is taken out is context, one that is taken up is context no more', () => {
    const now = rearrange(before, ['Audit the site, thanks, no rush', 'draft the post']);
    expect(now.context).toEqual(['Then list the broken links.']);
    expect(now.pieces.map((p) => p.same)).toEqual([null, 1]);
  });

  test('a piece that is dropped stays whole in the context', () => {
    expect(rearrange(before, ['draft the post']).context).toEqual([
      'thanks, no rush',
      'Audit the site. Then list the broken links.',
    ]);
  });

  test('other words are an edit of the piece they share most with; part of a word is not the word', () => {
    const now = rearrange(before, ['audit the shop and its links', 'draft the postcard']);
    expect(now.edited).toBe(true);
    expect(now.pieces.map((p) => p.from)).toEqual([[0], [1]]);
    expect(now.context).toContain('draft the post');
  });

  const sentence = fc
    .array(fc.constantFrom('audit', 'the', 'site', 'post', 'kiln', 'links', 'now'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((words) => words.join(' '));
  const text = fc
    .array(fc.tuple(sentence, fc.constantFrom('. ', '!\n', '\n', ', ')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.flat().join('').trim());
  const texts = fc.array(text, { minLength: 1, maxLength: 4 });

  const onLine = (all: readonly string[]): string => all.join('\n').replace(/\s+/g, ' ');
  const wordsOf = (all: readonly string[]): readonly string[] => onLine(all).match(/[a-z]+/g) ?? [];

  test('whatever is edited, however often, every sentence is in a piece or in the context, and no piece is doubled', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { minLength: 1, maxLength: 4 }), (first, edits) => {
        const start = readPieces(writePieces(first));
        let now = { pieces: start, context: [] as readonly string[] };
        for (const edit of edits) {
          const pieces = readPieces(writePieces(edit));
          const { context } = rearrange(now, pieces);
          const said = onLine([...pieces, ...context]);
          for (const one of [...now.pieces, ...now.context].flatMap(sentencesOf))
            expect(said).toContain(one.replace(/[^a-z]+$/, '').replace(/\s+/g, ' '));
          expect(new Set(pieces).size).toBe(pieces.length);
          now = { pieces, context };
        }
        const left = new Set(wordsOf([...now.pieces, ...now.context]));
        for (const word of wordsOf(start)) expect(left).toContain(word);
      }),
    );
  });
});
