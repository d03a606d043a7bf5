import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { split } from '../../../src/core/split/split.ts';
import { tokens } from '../../../src/core/words.ts';
import { rules } from '../../helpers/decide.ts';

const words = rules;
const textsOf = (text: string): readonly string[] =>
  split(text, [], words).pieces.map((piece) => piece.text);

describe('what falls plainly apart is split', () => {
  test.each<[string, readonly string[]]>([
    [
      'audit the site, harden the plugin, draft the post',
      ['audit the site', 'harden the plugin', 'draft the post'],
    ],
    [
      'Audit this site’s content, harden the plugin and draft the post.',
      ['Audit this site’s content', 'harden the plugin', 'draft the post.'],
    ],
    [
      'proofread the letter and then format the notes',
      ['proofread the letter', 'format the notes'],
    ],
    ['format the notes, then proofread them', ['format the notes', 'proofread them']],
    ['Audit the site; harden the plugin', ['Audit the site', 'harden the plugin']],
    [
      'Please audit the site. Could you also harden the plugin?',
      ['Please audit the site.', 'Could you also harden the plugin?'],
    ],
    ['1. audit the site\n2. harden the plugin', ['audit the site', 'harden the plugin']],
    ['draft the post and publish it', ['draft the post', 'publish it']],
    [
      'For Acme:\n- audit the site\n  (all six pages)\n- draft the post',
      ['audit the site\n(all six pages)', 'draft the post'],
    ],
  ])('%s', (text, pieces) => {
    expect(textsOf(text)).toEqual(pieces);
  });
});

describe('what is one piece of work stays one', () => {
  test.each([
    'review and edit the draft',
    'check spelling, grammar and links',
    'draft a post about pots and glazes',
    'format the report, draft 2',
    'Draft a post about our class. Write about 600 words. Format it as Markdown.',
    'proofread these pages:\n- about.html\n- shop.html',
    'The plugin is nearly ready. Please harden it.',
    'write a post about how to audit and harden a plugin',
    'a guide on how to add an event and publish it',
    'write a post about how we audit the site and harden the plugin',
  ])('%s', (text) => {
    const found = split(text, [], words);
    expect(found.unsure).toBeUndefined();
    expect(found.pieces).toHaveLength(1);
  });
});

describe('what may be one or several is one piece and a question', () => {
  test.each([
    'Proofread the following list:\n- audit the site\n- harden the plugin',
    '- audit the site\n- qwfpgj\n- harden the plugin',
  ])('%s', (text) => {
    const found = split(text, [], words);
    expect(found.pieces).toHaveLength(1);
    expect(found.unsure).toEqual(expect.any(String));
  });
});

describe('talk is context, never work', () => {
  test('right below a list as well as around prose', () => {
    const found = split('- audit the site\n- harden the plugin\nthanks!\nMo', [], words);
    expect(found.pieces.map(({ text }) => text)).toEqual(['audit the site', 'harden the plugin']);
    expect([...found.context].sort()).toEqual(['Mo', 'thanks!']);
    expect(found.unsure).toBeUndefined();
  });

  test('greeting and thanks around three pieces', () => {
    const found = split(
      'Hi team, audit the site, harden the plugin, draft the post. Thanks, no rush!',
      [],
      words,
    );
    expect(found.pieces.map((piece) => piece.text)).toEqual([
      'audit the site',
      'harden the plugin',
      'draft the post.',
    ]);
    expect(found.context).toEqual(['Hi team', 'Thanks', 'no rush!']);
    expect(found.by).toBe('SPLIT-PROSE');
  });

  test('what was brought along is no talk, though it is thanked for in the same breath', () => {
    const quoted = `"${'La piscine est fermée mardi et mercredi. '.repeat(3)}"`;
    const found = split(`put this notice into Italian? ${quoted} Thank you`, [], rules);
    expect(found.pieces.map(({ text }) => text).join(' ')).toContain('La piscine');
  });

  test('thanks that speak of work are kept with it or shown, not lost', () => {
    const found = split('Thanks for the audit. Draft the post.', [], words);
    expect([found.pieces[0]?.text, ...found.context].join(' ')).toContain('Thanks for the audit.');
  });
});

describe('material is never taken apart', () => {
  test('a fence, a quotation and a pasted text stay whole', () => {
    for (const text of [
      'Proofread this\n```\naudit the site, harden the plugin\n```',
      '> audit the site, harden the plugin\nproofread that quotation',
      'Proofread this text:\n\nAudit the site. Harden the plugin. Draft the post.',
    ])
      expect(split(text, [], words).pieces).toHaveLength(1);
  });
});

describe('files find their piece', () => {
  const three = 'audit the site, harden the plugin, draft the post';
  test('by type and words', () => {
    const { pieces } = split(three, ['site/index.html', 'acme/admin.php', 'outline.md'], words);
    expect(pieces.map((piece) => piece.files)).toEqual([
      ['site/index.html'],
      ['acme/admin.php'],
      ['outline.md'],
    ]);
  });
  test('by name before type; what fits nowhere goes to all', () => {
    const { pieces } = split(
      'proofread a.html, format b.html',
      ['a.html', 'b.html', 'c.xyz'],
      words,
    );
    expect(pieces.map((piece) => piece.files)).toEqual([
      ['a.html', 'c.xyz'],
      ['b.html', 'c.xyz'],
    ]);
  });
});

const clause = fc.constantFrom(
  'audit the site',
  'harden the plugin',
  'draft the post',
  'thanks a lot',
  'no rush',
  'hi there',
  'the client waits',
  'how we fix it',
  'publish it',
  '1. format the notes',
  '- proofread the letter',
  '```\nedit me\n```',
  '> quoted words',
);
const joint = fc.constantFrom(', ', '. ', ' and ', ' and then ', '; ', '\n', '\n\n', ': ', ':\n');
const request = fc
  .array(fc.tuple(clause, joint), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flat().join(''));

/** Words that only join pieces, and the marks of lists, are not part of any piece. */
const JOINING = new Set(['and', 'then', 'plus', 'also', '1']);
const bag = (text: string): string[] =>
  tokens(text)
    .filter((word) => !JOINING.has(word))
    .sort();

describe('nothing is dropped and nothing is added', () => {
  test.each([
    ['requests made of clauses', request],
    ['any text at all', fc.string({ maxLength: 400 })],
    ['any unicode text', fc.string({ unit: 'grapheme', maxLength: 200 })],
  ])('%s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const found = split(text, ['a.html', 'b.php'], words);
        const kept = [...found.pieces.map((piece) => piece.text), ...found.context].join('\n');
        expect(bag(kept)).toEqual(bag(text));
        expect(found.pieces.length).toBeGreaterThan(0);
        expect(new Set(found.pieces.flatMap((piece) => piece.files))).toEqual(
          new Set(['a.html', 'b.php']),
        );
        if (found.unsure !== undefined) expect(found.pieces).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['plain work', 'audit the site, harden the plugin and draft the post. '.repeat(4000)],
    ['one endless sentence', 'audit the site how we, harden it, '.repeat(20_000)],
    ['commas', 'a, '.repeat(200_000)],
    ['full stops', 'a. '.repeat(200_000)],
    ['blanks', `audit${' '.repeat(300_000)}the site`],
    ['fences', '```'.repeat(60_000)],
    ['open quotation marks', '“'.repeat(300_000)],
    ['colons', ':\n'.repeat(60_000)],
    ['spread lists', '- audit the site\n\n'.repeat(20_000)],
  ])('a hostile length is quick: %s', (_name, text) => {
    const start = performance.now();
    expect(split(text, [], words).pieces).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

test('a request that would be more than twenty tasks asks instead', () => {
  expect(split('- audit the site\n'.repeat(20), [], words).pieces).toHaveLength(20);
  expect(split('- audit the site\n'.repeat(21), [], words).unsure).toContain('21 tasks');
});
