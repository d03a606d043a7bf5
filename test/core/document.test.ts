import { expect, test } from '@jest/globals';
import { documentType, textName } from '../../src/core/document.ts';

test.each([
  ['report.docx', 'docx', 'report.md'],
  ['a/b.c/Figures.XLSX', 'xlsx', 'a/b.c/Figures.md'],
  ['minutes.of.may.pdf', 'pdf', 'minutes.of.may.md'],
  ['docx', undefined, 'docx'],
  ['report.docx.md', undefined, 'report.docx.md'],
  ['report.doc', undefined, 'report.doc'],
  ['', undefined, ''],
])('%j is of the type %s and its text goes by %j', (name, type, text) => {
  expect(documentType(name)).toBe(type);
  expect(textName(name)).toBe(text);
});
