import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contractOf, readFileText } from '../../src/library/answer.ts';

const PLAIN = contractOf({ checklist: false, inParts: false });
const REVIEWER = contractOf({ checklist: true, inParts: false });
const NAMED = contractOf({ checklist: false, inParts: true });
const parseAnswer = (text: string) => PLAIN.parse(text);

const good = {
  fit: 'mine',
  belongs_to: null,
  deliverable_files: [{ name: 'post.md', text: '# Clay' }],
  questions: [],
  assumptions: ['Readers are beginners.'],
  confidence: 70,
  minutes_by_hand: 90,
  disclosure_note: 'Drafted by a model.',
};
const json = (more: object = {}): string => JSON.stringify({ ...good, ...more });

test('an answer that keeps to the contract is read, with or without a fence', () => {
  expect(parseAnswer(json())).toEqual({ is: 'ok', answer: good });
  expect(parseAnswer(`\`\`\`json\n${json()}\n\`\`\``).is).toBe('ok');
  expect(parseAnswer(`\`\`\`\n${json()}\n\`\`\`\n`).is).toBe('ok');
});

test('a text never goes by the name of a document, and two of one name are bad', () => {
  const named = (...names: string[]) =>
    parseAnswer(json({ deliverable_files: names.map((name) => ({ name, text: 'x' })) }));
  expect(named('text/Report.DOCX')).toMatchObject({
    answer: { deliverable_files: [{ name: 'text/Report.md', text: 'x' }] },
  });
  expect(named('report.docx', 'report.pdf')).toMatchObject({
    is: 'bad',
    issues: [expect.stringContaining('expected each name once')],
  });
});

describe('anything else is bad, with issues in words', () => {
  test.each([
    ['nothing', '', 'got nothing'],
    ['prose', 'Here is your post!', 'got other text'],
    ['prose around it', `Sure: ${json()}`, 'got other text'],
    ['a list', '[]', 'answer'],
    ['a missing field', JSON.stringify({ fit: 'mine' }), 'deliverable_files'],
    ['a field of its own', json({ approved: true }), 'approved'],
    ['another fit', json({ fit: 'approved' }), 'fit'],
    ['confidence over 100', json({ confidence: 400 }), 'confidence'],
    ['half minutes', json({ minutes_by_hand: 1.5 }), 'minutes_by_hand'],
    ['a file that climbs', json({ deliverable_files: [{ name: '../x.md', text: '' }] }), 'name'],
    [
      'two files of one name',
      json({ deliverable_files: [good.deliverable_files[0], { name: 'POST.md', text: '' }] }),
      'once',
    ],
    ['neither file nor question', json({ deliverable_files: [] }), 'neither'],
  ])('%s', (_name, text, says) => {
    const read = parseAnswer(text);
    expect(read.is === 'bad' && read.issues.join('\n')).toContain(says);
  });
});

test('file names: only plain ones pass', () => {
  const accepts = (name: string): boolean =>
    parseAnswer(json({ deliverable_files: [{ name, text: '' }] })).is === 'ok';
  for (const name of ['a.md', 'site/about us.html', 'includes/class-a_b.php'])
    expect(accepts(name)).toBe(true);
  for (const name of [
    '/etc/passwd',
    'a/../b',
    '..',
    'a//b',
    '.env',
    'a\\b',
    'a\nb',
    '',
    'C:\\x',
    'a\u0000b',
    'a/.',
    'a/',
  ])
    expect(accepts(name)).toBe(false);
});

test('no text at all makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseAnswer(text)));
});

describe('the contract as JSON Schema', () => {
  const order = (contract: typeof PLAIN) =>
    Object.keys(contract.schema['properties'] as Record<string, unknown>);

  test('is flat, closed and asks for every field', () => {
    for (const contract of [PLAIN, REVIEWER, NAMED]) {
      expect(contract.schema['required']).toEqual(order(contract));
      expect(contract.schema['additionalProperties']).toBe(false);
    }
  });

  test('has whose work it is first, then the work, and what is said about it after that', () => {
    expect(order(PLAIN)).toEqual([
      'fit',
      'belongs_to',
      'deliverable_files',
      'questions',
      'assumptions',
      'confidence',
      'minutes_by_hand',
      'disclosure_note',
    ]);
    expect(order(NAMED)).toEqual(order(PLAIN));
    expect(order(REVIEWER)).toEqual([
      ...order(PLAIN).slice(0, 5),
      'checks',
      ...order(PLAIN).slice(5),
    ]);
  });

  test('names approval, lane, price and colleagues nowhere: what is said of them is another field', () => {
    for (const name of [
      'approved',
      'state',
      'lane',
      'cost',
      'price',
      'persona',
      'orders',
      'gate',
    ]) {
      expect(order(REVIEWER)).not.toContain(name);
      expect(PLAIN.parse(json({ [name]: 'senior' })).is).toBe('bad');
    }
  });
});

describe('a reviewer answers its checklist', () => {
  const check = { id: 'contrast', yes: true, quote: 'color: #777', file: 'site.css' };
  test('and nobody else has one', () => {
    expect(REVIEWER.parse(json({ checks: [check] }))).toMatchObject({
      is: 'ok',
      answer: { checks: [check] },
    });
    expect(REVIEWER.parse(json()).is).toBe('bad');
    expect(PLAIN.parse(json({ checks: [check] })).is).toBe('bad');
    expect(REVIEWER.parse(json({ checks: [{ ...check, yes: 'mostly' }] })).is).toBe('bad');
  });
});

describe('in parts', () => {
  test('the files are named first, without their texts', () => {
    const named = json({ deliverable_files: [{ name: 'post.md' }] });
    expect(NAMED.parse(named)).toEqual({
      is: 'ok',
      answer: { ...good, deliverable_files: [{ name: 'post.md', text: '' }] },
    });
    expect(NAMED.parse(json()).is).toBe('bad');
    expect(PLAIN.parse(named).is).toBe('bad');
  });

  test.each([
    ['two of one name', [{ name: 'a.md' }, { name: 'A.md' }]],
    ['one that climbs', [{ name: '../a.md' }]],
    ['one that is absolute', [{ name: '/a.md' }]],
    ['one without a name', [{}]],
  ])('%s is refused', (_name, deliverable_files) => {
    expect(NAMED.parse(json({ deliverable_files })).is).toBe('bad');
  });

  test.each([
    ['plain text', '# Clay\n\nIt is wet.\n', '# Clay\n\nIt is wet.\n'],
    ['a fence around it', '```markdown\n# Clay\n```', '# Clay\n'],
    [
      'fences that belong to it',
      '```js\na\n```\n\n```js\nb\n```',
      '```js\na\n```\n\n```js\nb\n```\n',
    ],
    ['an indented first line', '\n  code\n', '  code\n'],
    ['nothing', ' \n\n', null],
    ['an empty fence', '```\n\n```', null],
  ])('the text of a file: %s', (_name, text, read) => {
    expect(readFileText(text)).toBe(read);
  });
});
