import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerJsonSchema, parseAnswer } from '../../src/library/answer.ts';

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

test('the contract as JSON Schema is flat, closed and asks for every field', () => {
  expect(answerJsonSchema['required']).toEqual(Object.keys(good));
  expect(answerJsonSchema['additionalProperties']).toBe(false);
});
