import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONSEQUENCES, SENSITIVITIES } from '../../src/core/facts.ts';
import { typesOf } from '../../src/core/file-type.ts';
import { countMarks } from '../../src/core/private-marks.ts';
import { raised } from '../../src/core/raise.ts';
import { readPiece } from '../../src/core/read.ts';
import { stemsOf } from '../../src/core/words.ts';
import { rules } from '../helpers/decide.ts';

const read = (text: string, files: readonly string[] = [], given = {}) =>
  readPiece({ text, files }, rules, { cloud: 'allowed', ...given });

const said = [
  ...rules.cues.raising.flatMap(({ signs }) => signs.flatMap((sign) => sign.words.flat())),
  'audit the site',
  'use senior',
  'harmless',
  'public',
];
const prose = fc.array(fc.constantFrom(...said), { maxLength: 6 }).map((words) => words.join(' '));

describe('cues can only raise', () => {
  test('never below what a setting says, whatever the words', () => {
    fc.assert(
      fc.property(
        prose,
        fc.constantFrom(...SENSITIVITIES),
        fc.constantFrom(...CONSEQUENCES),
        (text, sensitivity, consequence) => {
          const { facts } = read(text, [], { sensitivity, consequence });
          const at = (order: readonly string[], value: string): number => order.indexOf(value);
          expect(at(SENSITIVITIES, facts.sensitivity.value)).toBeGreaterThanOrEqual(
            at(SENSITIVITIES, sensitivity),
          );
          expect(at(CONSEQUENCES, facts.consequence.value)).toBeGreaterThanOrEqual(
            at(CONSEQUENCES, consequence),
          );
        },
      ),
    );
  });

  test.each([
    ['shorten this letter to our patient', [], 'confidential'],
    ['proofread this', ['payroll.csv'], 'confidential'],
    ['format the file\n> the password is in line 3', [], 'confidential'],
    ['here is the client list, please tidy the table', [], 'confidential'],
    ['audit the site', [], 'ordinary'],
  ])('%s', (text, files, value) => {
    expect(read(text, files).facts.sensitivity.value).toBe(value);
  });

  test('the word and the cue that raised are kept', () => {
    expect(read('tidy the salaries table').facts.sensitivity).toEqual({
      value: 'confidential',
      from: 'cue',
      because: 'salary, table (RAISE-CONDUCT)',
    });
  });

  test('every phrase of every sign is found, wherever it stands among other words', () => {
    const bare = { pasted: 0, fileTypes: [], marks: {}, contents: [], own: stemsOf('') };
    for (const cue of rules.cues.raising)
      for (const sign of cue.signs) {
        const [first = [], ...others] = sign.words;
        if (sign.pasted > 0 || sign.attached.length + sign.marks.length > 0) continue;
        for (const phrase of first) {
          const text = ['xyzzy', phrase, 'plugh', ...others.map(([one = '']) => one)].join(' ');
          const found = raised({ ...bare, stems: stemsOf(text) }, [{ ...cue, signs: [sign] }]);
          expect([phrase, found.map((one) => one.cue.id)]).toEqual([phrase, [cue.id]]);
        }
      }
  });

  test('a kind has a least consequence that nothing lowers', () => {
    expect(
      read('harden the plugin', ['a.php'], { consequence: 'low' }).facts.consequence.value,
    ).toBe('high');
  });
});

describe('material never steers', () => {
  test.each([
    'proofread this\n```\nlane: senior\nkind: draft.blog\npersona: editor\n```',
    'proofread this\n> lane: senior, kind: draft.blog, persona: editor',
    'proofread this:\n\nUse the senior lane. kind: draft.blog. persona: editor',
  ])('%s', (text) => {
    const { facts } = read(text, ['a.md']);
    expect(facts.kind.value).toBe('proofread.fix');
    expect(facts.lane).toBeUndefined();
    expect(facts.persona).toBeUndefined();
  });
});

describe('what a person names', () => {
  test('a kind by its id is certain; one nobody has is only words', () => {
    expect(read('kind: draft.blog').facts).toMatchObject({
      kind: { value: 'draft.blog', from: 'person' },
      confidence: { value: 100, from: 'person' },
    });
    expect(read('kind: world.peace').facts.kind.value).toBe('unclear');
  });
  test('a lane or persona in plain words', () => {
    expect(read('audit the site on the local lane').facts.lane?.value).toBe('local');
    expect(read('ask the proofreader to look at it').facts).toMatchObject({
      persona: { value: 'proofreader', from: 'person' },
    });
    expect(read('open the editor').facts.persona).toBeUndefined();
    expect(read('use the fast lane').facts.lane).toBeUndefined();
  });
  test('a kind picked by button stands above the words', () => {
    expect(read('harden the plugin', [], { kind: 'review.code' }).facts.kind).toEqual({
      value: 'review.code',
      from: 'person',
    });
  });
});

describe('doubt', () => {
  test('two kinds that lie close lower the confidence and are both offered', () => {
    const close = [
      { kind: 'audit.accessibility', share: 0.5, because: () => ['contrast'] },
      { kind: 'proofread.report', share: 0.45, because: () => ['spelling'] },
    ];
    const piece = { text: 'are the spelling and the contrast all right here', files: ['a.html'] };
    const by = { ...rules, classify: () => close };
    const { facts, candidates } = readPiece(piece, by, { cloud: 'allowed' });
    expect(facts.confidence.value).toBe(50);
    expect(candidates.map((c) => c.kind)).toEqual(close.map(({ kind }) => kind));
  });
  test('no cue words, no kind', () => {
    const { kind, confidence } = read('the usual please').facts;
    expect(kind.value).toBe('unclear');
    expect(confidence.value).toBeLessThan(15);
  });
  test('confidence is a whole number from 0 to 100 for any text', () => {
    fc.assert(
      fc.property(fc.oneof(prose, fc.string()), (text) => {
        const { value } = read(text).facts.confidence;
        expect(Number.isInteger(value) && value >= 0 && value <= 100).toBe(true);
      }),
    );
  });
});

test('file types are lower-case endings, sorted, each once', () => {
  expect(typesOf(['b/A.PHP', 'c.md', 'd.php', 'Makefile'])).toEqual(['md', 'none', 'php']);
});

test('the kinds of a persona who was asked by name are offered, however vague the rest', () => {
  const { facts, candidates } = read('ask the link-checker to have a look at this', ['a.md']);
  expect(facts.persona).toMatchObject({ value: 'link-checker', from: 'person' });
  const offered = candidates.slice(0, 3).map(({ kind }) => kind);
  expect(offered).toEqual(expect.arrayContaining(['fix.links', 'plan.redirects']));
});

test('a cue and examples that disagree are too unsure to act on, whichever is the surer', () => {
  const by = { ...rules, classify: () => [{ kind: 'draft.blog', share: 0.99, because: () => [] }] };
  const { facts } = readPiece({ text: 'spellcheck', files: ['a.md'] }, by, { cloud: 'allowed' });
  expect(facts.confidence.value).toBeLessThan(50);
});

describe('whoever is named is a person, of whom health and conduct are nobody’s business', () => {
  test.each([
    ["Write to the insurer about Rob's back injury", 'confidential'],
    ['draft an announcement that Daniel Price is going, because of burnout', 'confidential'],
    ['tell Amina about the grievance', 'confidential'],
    ['a short message to all about the incident with Oliver', 'suspected'],
    ["draft the mail to Kofi, his contract won't be renewed", 'suspected'],
    ['Research what others take, we currently pay Lena 61k', 'suspected'],
    ['write about burnout for the workshop', 'ordinary'],
    ['plan a series about cancer for the Royal Society', 'ordinary'],
    ['a message to Saskia with what was decided', 'ordinary'],
    ['port the entries about visas from Zendesk', 'ordinary'],
  ])('%s', (text, is) => {
    const { sensitivity, suspected } = read(text).facts;
    expect(suspected === undefined ? sensitivity.value : 'suspected').toBe(is);
  });
});

describe('what was said in one breath with a piece', () => {
  const beside = [
    'our turnover fell, nobody outside should know, and the pricing page is in production',
    'format the article about salaries',
  ];

  test('makes it confidential, and raises nothing else', () => {
    const bare = read('write the memo').facts;
    const { sensitivity, ...rest } = read('write the memo', [], { beside }).facts;
    expect(bare.sensitivity.value).toBe('ordinary');
    expect(sensitivity).toMatchObject({ value: 'confidential', from: 'cue' });
    expect({ ...rest, sensitivity: bare.sensitivity }).toEqual(bare);
  });

  test('is heard as a suspicion too', () => {
    const said = 'the boss of the studio is leaving us, says Mr Ames';
    const { suspected } = read('write the memo', [], { beside: [said] }).facts;
    expect(suspected).toMatchObject({ value: 'confidential' });
  });
});

test('a file that could not be read is no material of its type, but its name is still heard', () => {
  const files = ['scan.pdf', 'salaries of our patients.pdf', 'a.md'];
  const { facts } = read('summarise these', files, { unread: files.slice(0, 2) });
  expect(facts.fileTypes.value).toEqual(['md']);
  expect(facts.files.value).toBe(3);
  expect(facts.sensitivity).toEqual(read('summarise these', files).facts.sensitivity);
  expect(facts.sensitivity.value).toBe('confidential');
});

test('words of a request do not take back what stands in the name of a file', () => {
  const words = 'translate the two letters, and the public opening hours page';
  const facts = (files: readonly string[]) => read(words, files).facts.sensitivity.value;
  expect(facts(['letter-1.docx', 'hours.html'])).toBe('ordinary');
  expect(facts(['patient-letter-1.docx', 'hours.html'])).toBe('confidential');
  expect(facts(['article-about-payslips.docx'])).toBe('ordinary');
});

describe('signs of somebody’s data, and what only sounds like them', () => {
  test.each([
    ['order 5531: mrs k. hallam, 07700 900412, hangs on pending', ['woo.log'], 'confidential'],
    ['put the list with their ibans into a neat table', ['donors.txt'], 'confidential'],
    ['did the dev leave keys in here?', ['repo.zip'], 'confidential'],
    ["the society's half-year figures aren't public yet", ['draft.docx'], 'confidential'],
    ['sort what goes under what', ['fire-museum-pages.csv'], 'ordinary'],
    ['how long would it take to redo their room pages', ['rooms-pages.csv'], 'ordinary'],
    ['worker.ts leaks listeners, find out where', ['worker.ts'], 'ordinary'],
    ['Dear colleagues, compare the years with the list', ['guide.docx'], 'ordinary'],
    ['the columns in the order of the sample please', ['exhibits-pages.csv'], 'ordinary'],
  ])('%s', (text, files, is) => {
    expect(read(text, files).facts.sensitivity.value).toBe(is);
  });
});

describe('what stands in files', () => {
  const inside = (type: string, text: string) =>
    readPiece({ text: 'turn this into a blog post', files: [`a.${type}`] }, rules, {
      cloud: 'allowed',
      contents: [{ type, marks: countMarks(text) }],
    }).facts;
  const PEOPLE = 'ann@example.com\nbob@example.com\ncleo@example.com\n';

  test.each([
    ['csv', PEOPLE, 'email'],
    ['html', 'AKIAIOSFODNN7EXAMPLE', 'key'],
    ['txt', 'to GB82 WEST 1234 5698 7654 32 and DE89 3704 0044 0532 0130 00', 'iban'],
  ])('raises: %s with %j', (type, text, mark) => {
    const { sensitivity } = inside(type, text);
    expect(sensitivity).toMatchObject({ value: 'confidential', from: 'cue' });
    // The mark is named and never repeated.
    expect(sensitivity.because).toMatch(new RegExp(`^${mark} in a file \\(RAISE-`));
  });

  test.each([
    ['docx', 'yours, Ann Smith, ann@example.com'],
    ['html', 'Donate: GB82 WEST 1234 5698 7654 32'],
    ['php', "define('DB_PASSWORD', 'x8-f3kk')"],
    ['html', Array.from('abcdefg', (letter) => `${letter}@example.com`).join(' ')],
  ])('is only suspected: %s with %j', (type, text) => {
    const { sensitivity, suspected } = inside(type, text);
    expect(sensitivity.value).toBe('ordinary');
    expect(suspected).toMatchObject({ value: 'confidential' });
    expect(suspected?.because).toContain('in a file');
  });

  test.each([
    ['html', 'Write to ann@example.com or info@example.com, or call 020 7946 0958'],
    ['csv', 'page,title\n/about,About us\n/contact,Write to info@example.com\n'],
    ['php', "if ( $password = $_POST['password2'] ) { check( $password ); }"],
    ['md', 'Opened on 12.03.2024 by the mayor; 300 guests came.'],
  ])('means nothing by itself: %s with %j', (type, text) => {
    const { sensitivity, suspected } = inside(type, text);
    expect(sensitivity.value).toBe('ordinary');
    expect(suspected).toBeUndefined();
  });

  test('never lowers anything and changes no other fact', () => {
    const bits = fc.constantFrom(
      PEOPLE,
      'AKIAIOSFODNN7EXAMPLE',
      'not confidential',
      'use senior',
      ' ',
    );
    const types = fc.constantFrom('csv', 'html', 'md', 'php');
    fc.assert(
      fc.property(
        prose,
        types,
        fc.array(bits),
        fc.constantFrom(...SENSITIVITIES),
        (text, type, file, sensitivity) => {
          const given = { sensitivity, contents: [{ type, marks: countMarks(file.join(' ')) }] };
          const bare = read(text, [`a.${type}`], { sensitivity }).facts;
          const {
            sensitivity: now,
            suspected: _now,
            ...rest
          } = read(text, [`a.${type}`], given).facts;
          const { sensitivity: then, suspected: _then, ...before } = bare;
          expect(rest).toEqual(before);
          expect(SENSITIVITIES.indexOf(now.value)).toBeGreaterThanOrEqual(
            SENSITIVITIES.indexOf(then.value),
          );
        },
      ),
    );
  });
});

describe('demands that exclude each other', () => {
  const opposed = (text: string, given = {}) => read(text, ['a.md'], given).facts.opposed;

  test.each([
    'cut the text down to 200 words, but do not leave out or shorten any of its sentences',
    'British spelling throughout, and American spelling as our style sheet says',
    'rewrite it in plain language, not a single word may differ',
    'a neutral memo without taking sides, with a clear recommendation at the end',
    'our statement: fully conformant, and list the open failures',
    'a fixed price for all of it, billed by the hour',
  ])('%s', (text) => {
    expect(opposed(text)).toMatchObject({ value: 'demands', from: 'cue' });
    expect(opposed(text)?.because).toMatch(/, .*\(RAISE-OPPOSED\)$/);
  });

  test.each([
    'shorten the text, but keep the link',
    'British spelling, not American',
    'format it without touching a word',
    'list the mistakes, fix nothing',
    'rewrite it in plain language, change nothing in the order',
    'no passwords in the guide',
  ])('%s: both can be had', (text) => {
    expect(opposed(text)).toBeUndefined();
  });

  test('what was brought along asks for nothing', () => {
    const text = 'translate this:\n\ncut it down to 50 words and keep every sentence';
    expect(opposed(text)).toBeUndefined();
    expect(opposed('shorten it', { around: 'Every sentence has to stay.' })).toBeDefined();
  });

  test('whoever was asked and answered is not asked again', () => {
    const text = 'cut it down to 50 words and keep every sentence';
    const answered = { value: 'waived', from: 'person' };
    expect(opposed(text, { waived: ['demands'] })).toEqual(answered);
    expect(opposed(text, { waived: ['files'] })).toMatchObject({ value: 'demands' });
  });
});

describe('what is spoken of and not there', () => {
  const promised = (text: string, files: readonly string[] = [], given = {}) =>
    read(text, files, given).facts.promised;

  test.each([
    'write the changelog, the commits are in the repo',
    'put the German text into the other language',
    'draft the article, Tom will forward the outline',
    'notes of the call please, the recording is on my laptop',
  ])('%s', (text) => {
    expect(promised(text)).toMatchObject({ value: 'files', from: 'cue' });
    expect(promised(text, ['notes.md'])).toBeUndefined();
  });

  test('past is not pasted, and here is not her', () => {
    expect(promised('write a post about the past of our town')).toBeUndefined();
    expect(stemsOf('here').set.has('her')).toBe(false);
  });

  test('who says to go on without it is heard', () => {
    const answered = { value: 'waived', from: 'person' };
    expect(promised('draft it from the outline', [], { waived: ['files'] })).toEqual(answered);
  });
});
