import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../src/core/draft.ts';
import { versionFile } from '../../../src/core/blame/blame-held.ts';
import type { Version, VersionFile } from '../../../src/core/blame/blame-held.ts';
import { attribute, grainFor } from '../../../src/core/blame/blame.ts';
import { diffLists } from '../../../src/report/diff.ts';

const file = (text: string, name = 'a.md'): VersionFile => ({ name, sha256: sha256(text), text });
const by = (source: string, ...files: readonly (string | VersionFile)[]): Version => ({
  source,
  files: files.map((one) => (typeof one === 'string' ? file(one) : one)),
});

/** Whose each run of the last version is, as `source: text`, file after file. */
function whose(...versions: readonly Version[]): readonly string[] {
  const { sources, files } = attribute(versions, diffLists);
  const texts = versions.at(-1)?.files ?? [];
  return files.flatMap(({ runs }, i) =>
    runs.map(
      ({ source, from, to }) =>
        `${sources[source]}: ${texts[i]?.text?.slice(from, to).replaceAll(/\s+/g, ' ')}`,
    ),
  );
}

const OUTLINE =
  'Our bakery opens at six in the morning. Fresh bread leaves the oven every hour.\n\nOrders for Sundays are taken until Friday noon.';
const PARAGRAPH =
  'Parking is behind the house, and the entrance for wheelchairs is on Mill Street.';

describe('a word stays whose it was', () => {
  test('when everything else stays', () => {
    expect(whose(by('ada', 'One two.'), by('ben', 'One two.'))).toEqual(['ada: One two.']);
  });

  test('when another word of the line is changed', () => {
    const now = OUTLINE.replace('Fresh', 'Warm');
    expect(whose(by('ada', OUTLINE), by('ben', now))).toEqual([
      'ada: Our bakery opens at six in the morning.',
      'ben: Warm',
      'ada: bread leaves the oven every hour. Orders for Sundays are taken until Friday noon.',
    ]);
  });

  test('when the text is wrapped anew, indented, and ends its lines otherwise', () => {
    const now = `  ${OUTLINE.replaceAll(/ /g, '\r\n  ')}`;
    expect(whose(by('ada', OUTLINE), by('ben', now))).toHaveLength(1);
  });

  test('when its case is changed, or how its apostrophe is written', () => {
    expect(whose(by('ada', "It's on github"), by('ben', 'It’s on GitHub'))).toEqual([
      'ada: It’s on GitHub',
    ]);
  });

  test('when a sign beside it is changed: the sign alone is new', () => {
    expect(whose(by('ada', 'Wait, there is more.'), by('ben', 'Wait; there is more.'))).toEqual([
      'ada: Wait',
      'ben: ;',
      'ada: there is more.',
    ]);
  });

  test('when its paragraph is moved', () => {
    const before = `${OUTLINE}\n\n${PARAGRAPH}`;
    expect(whose(by('ada', before), by('ben', `${PARAGRAPH}\n\n${OUTLINE}`))).toHaveLength(1);
  });

  test('when its paragraph is moved and changed in one step', () => {
    const changed = PARAGRAPH.replace('behind the house', 'free of charge');
    expect(
      whose(by('ada', `${OUTLINE}\n\n${PARAGRAPH}`), by('ben', `${changed}\n\n${OUTLINE}`)),
    ).toEqual([
      'ada: Parking is',
      'ben: free of charge',
      `ada: , and the entrance for wheelchairs is on Mill Street. ${OUTLINE.replaceAll(/\s+/g, ' ')}`,
    ]);
  });

  test('when it stands between changed words of a paragraph that is moved', () => {
    const changed = PARAGRAPH.replace(
      'entrance for wheelchairs is on',
      'gate to wheelchairs stands on',
    );
    const runs = whose(
      by('ada', `${OUTLINE}\n\n${PARAGRAPH}`),
      by('ben', `${changed}\n\n${OUTLINE}`),
    );
    expect(runs.slice(0, 4)).toEqual([
      'ada: Parking is behind the house, and the',
      'ben: gate to',
      'ada: wheelchairs',
      'ben: stands',
    ]);
  });

  test('when it is moved to another file, or its file is renamed', () => {
    const before = by('ada', file(`${OUTLINE}\n\n${PARAGRAPH}`));
    expect(whose(before, by('ben', file(OUTLINE), file(PARAGRAPH, 'b.md')))).toEqual([
      `ada: ${OUTLINE.replaceAll(/\s+/g, ' ')}`,
      `ada: ${PARAGRAPH}`,
    ]);
    const renamed = file(`${OUTLINE}\n\nNew. ${PARAGRAPH}`, 'c.md');
    expect(whose(before, by('ben', renamed))[1]).toBe('ben: New.');
  });

  test('when it was removed and is taken back', () => {
    const without = by('ben', OUTLINE);
    const again = by('cleo', `${PARAGRAPH}\n\n${OUTLINE}`);
    expect(whose(by('ada', `${OUTLINE}\n\n${PARAGRAPH}`), without, again)).toHaveLength(1);
  });

  test('when one word was changed and is changed back in its place', () => {
    const changed = by('ben', OUTLINE.replace('Fresh', 'Warm'));
    const more = by('cleo', `${OUTLINE} Come early.`);
    expect(whose(by('ada', OUTLINE), changed, more)).toEqual([
      `ada: ${OUTLINE.replaceAll(/\s+/g, ' ')}`,
      'cleo: Come early.',
    ]);
  });

  test('when a whole version is taken back', () => {
    const first = by('ada', OUTLINE);
    const rewritten = by('model', 'Something else entirely was put here by somebody.');
    expect(whose(first, rewritten, by('ben', OUTLINE))).toHaveLength(1);
  });
});

describe('what was brought in is the person’s', () => {
  const brought = by('brought_in', file(`${OUTLINE}\n\n${PARAGRAPH}`, 'notes.txt'));

  test('when a model works it into a draft of another name', () => {
    const draft = `# Welcome\n\nDear neighbours, come in.\n\n${PARAGRAPH}\n\nSee you soon!`;
    expect(whose(brought, by('model', file(draft, 'page.md')))).toEqual([
      'model: # Welcome Dear neighbours, come in.',
      `brought_in: ${PARAGRAPH}`,
      'model: See you soon!',
    ]);
  });

  test('when it first comes back in a later draft', () => {
    const drafts = [
      by('model', 'Nothing of it was used in the first try.'),
      by('other model', `Nothing of it was used in the first try. ${PARAGRAPH}`),
    ];
    expect(whose(brought, ...drafts).at(-1)).toBe(`brought_in: ${PARAGRAPH}`);
  });

  test('when it is copied and still stands where it was', () => {
    const both = by(
      'model',
      file(`${OUTLINE}\n\n${PARAGRAPH}`, 'notes.txt'),
      file(PARAGRAPH, 'b.md'),
    );
    expect(whose(brought, both).at(-1)).toBe(`brought_in: ${PARAGRAPH}`);
  });
});

describe('a word is whose it is now', () => {
  test('when it is new', () => {
    expect(whose(by('ada', 'One.'), by('ben', 'One.\n\nTwo three.'))).toEqual([
      'ada: One.',
      'ben: Two three.',
    ]);
  });

  test('when a letter of it is changed', () => {
    expect(whose(by('ada', 'the colour of money'), by('ben', 'the color of money'))[1]).toBe(
      'ben: color',
    );
  });

  test('when its sentence is rewritten with the same small words', () => {
    const old =
      'First here.\n\nThe rest of the bread is given to the people of the village.\n\nLast there.';
    const now =
      'First here.\n\nThe cost of the oven was paid by the owner in the spring.\n\nLast there.';
    expect(whose(by('ada', old), by('ben', now))).toContain(
      'ben: The cost of the oven was paid by the owner in the spring.',
    );
  });

  test('when it stands elsewhere, too, in a phrase that everybody uses', () => {
    const old = `${OUTLINE}\n\nIt is made as soon as it is paid, and then we will let you know.`;
    const now = `${old}\n\nThe cake is made as soon as it is paid, and we will open when it is warm.`;
    expect(whose(by('ada', old), by('ben', now)).at(-1)).toBe(
      'ben: The cake is made as soon as it is paid, and we will open when it is warm.',
    );
  });

  test('when code is written as its neighbours are', () => {
    const line = (name: string): string => `    echo esc_html( $this->${name}() );\n`;
    const old = ['title', 'price', 'author', 'stock'].map(line).join('');
    const now = old + line('rating');
    expect(whose(by('ada', old), by('ben', now)).at(-1)).toMatch(/^ben: .*rating/);
  });
});

describe('files that are no text', () => {
  const picture = (byte: number, name: string): VersionFile =>
    versionFile(name, Uint8Array.of(0x89, 0x50, 0, byte));

  test('are whose version first brought these bytes, under whatever name', () => {
    const { sources, files } = attribute(
      [
        by('brought_in', picture(1, 'a.png')),
        by('model', picture(1, 'b.png'), picture(2, 'c.png')),
        by('ada', picture(2, 'c.png'), picture(1, 'b.png')),
      ],
      diffLists,
    );
    expect(files.map(({ name, whole }) => [name, sources[whole ?? -1]])).toEqual([
      ['c.png', 'model'],
      ['b.png', 'brought_in'],
    ]);
    expect(files.every(({ runs, shares }) => runs.length + shares.length === 0)).toBe(true);
  });

  test('are known by a zero, or by bytes that are not UTF-8; a byte order mark is text', () => {
    expect(versionFile('a', Uint8Array.of(65, 0)).text).toBeNull();
    expect(versionFile('a', Uint8Array.of(65, 0xff)).text).toBeNull();
    expect(versionFile('a', Uint8Array.of(0xef, 0xbb, 0xbf, 65)).text).toBe('\ufeffA');
  });
});

test('nothing, an empty file and a file of white space are nobody’s', () => {
  expect(attribute([], diffLists)).toEqual({ sources: [], files: [] });
  const empty = attribute([by('ada', ''), by('ben', file('\n \n'))], diffLists);
  expect(empty.files[0]).toMatchObject({ runs: [], shares: [], whole: null, coarse: false });
});

test('shares are words, most first, and signs are none', () => {
  const { sources, files } = attribute(
    [by('ada', 'One, two, three!'), by('ben', 'One, two, three! Four - five?')],
    diffLists,
  );
  expect(sources).toEqual(['ada', 'ben']);
  expect(files[0]?.shares).toEqual([
    { source: 0, words: 3 },
    { source: 1, words: 2 },
  ]);
});

describe('texts that are too large for words', () => {
  test('are compared by lines, and said to be', () => {
    expect(grainFor([600_000, 1])).toBe('words');
    expect(grainFor([600_001])).toBe('lines');
    expect(grainFor(Array.from({ length: 26 }, () => 400_000))).toBe('lines');
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `line ${i} of a very long file that somebody brought`,
    );
    const now = lines.with(7, 'another line which somebody put here instead of it');
    const result = attribute([by('ada', lines.join('\n')), by('ben', now.join('\n'))], diffLists);
    expect(result.files[0]).toMatchObject({
      coarse: true,
      shares: [{ source: 0 }, { source: 1, words: 9 }],
    });
  });

  test('are said to be coarse when they have nothing in common but their words', () => {
    const mixed = (step: number): string =>
      Array.from({ length: 3000 }, (_, i) => `w${(i * step) % 3001}`).join(' ');
    const result = attribute([by('ada', mixed(7)), by('ben', mixed(1234))], diffLists);
    expect(result.files[0]?.coarse).toBe(true);
    const small = attribute([by('ada', 'one two'), by('ben', 'two three')], diffLists);
    expect(small.files[0]?.coarse).toBe(false);
  });
});
