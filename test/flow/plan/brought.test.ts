import { describe, expect, test } from '@jest/globals';
import type { BodyId } from '../../../src/core/id.ts';
import type { WorkKind } from '../../../src/core/kind.ts';
import { documentWords, filesQuestion } from '../../../src/flow/plan/brought.ts';
import type { BroughtFile } from '../../../src/flow/plan/brought.ts';

const body = 'b' as BodyId;
const came = (name: string): BroughtFile => ({ name, size: 1, sha256: '', body });
const read = (name: string, ...notes: string[]): BroughtFile => ({
  ...came(name),
  text: { body, size: 1, notes },
});
const SCAN: BroughtFile = { ...came('scan.pdf'), unread: 'it has no text. Add it as text.' };
const kind = (needs: WorkKind['needs'], type = 'md'): WorkKind => ({
  sort: 'work',
  id: 'x',
  title: 'X',
  persona: 'p',
  gate: 'none',
  judgement: 'routine',
  consequence: 'low',
  deliverable: { type, name: 'x.md' },
  needs,
});
const PLAIN = 'Which file?';
const NEEDS = { files: ['md', 'pdf'] };

describe('the question about a missing file', () => {
  test.each([
    ['no file', [], NEEDS, PLAIN],
    ['a file that serves', [came('a.md')], NEEDS, PLAIN],
    [
      'one that cannot be read',
      [SCAN],
      NEEDS,
      'I could not read scan.pdf: it has no text. Add it as text.\nPlease answer here in the thread.',
    ],
    [
      'one that cannot be read beside one that serves',
      [SCAN, came('a.md')],
      NEEDS,
      'I could not read scan.pdf: it has no text. Add it as text.\nPlease answer here in the thread, or say to go on without it.',
    ],
    [
      'one that cannot be read, where none is needed',
      [SCAN],
      {},
      'I could not read scan.pdf: it has no text. Add it as text.\nPlease answer here in the thread, or say to go on without it.',
    ],
    [
      'types that are not read',
      [came('a.zip'), came('b.odt')],
      NEEDS,
      'a.zip, b.odt: of no type that I can read for this. I need one of these types: md, pdf. Please add it here in the thread.',
    ],
    [
      'a document this work does not take',
      [read('a.docx')],
      NEEDS,
      'a.docx: of no use for this. I need one of these types: md, pdf. Please add it here in the thread.',
    ],
  ])('%s', (_, files, needs, says) => {
    expect(filesQuestion(PLAIN, files, kind(needs))).toBe(says);
  });
});

describe('what the plan says of documents', () => {
  test('what could not be read, what is no text, and as what it comes back', () => {
    const files = [SCAN, came('a.md'), read('b.docx'), read('c.pdf', 'page 2 without text')];
    expect(documentWords(files, kind({}, 'same'))).toEqual([
      'I could not read scan.pdf: it has no text. Add it as text.',
      'c.pdf: page 2 without text',
      'Its text alone is worked on; it comes back as Markdown: b.docx as b.md, c.pdf as c.md',
    ]);
  });

  test('nothing where there is nothing to say', () => {
    expect(documentWords([came('a.md'), read('b.docx')], kind({}))).toEqual([]);
    expect(documentWords([came('a.md')], kind({}, 'same'))).toEqual([]);
    expect(documentWords([], undefined)).toEqual([]);
  });
});
