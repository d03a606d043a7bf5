import { describe, expect, test } from '@jest/globals';
import { bundleOf, linesOf, newSigner, textIn } from '../helpers/bundle.ts';

const page = textIn(
  bundleOf({ lines: linesOf(7, { steps: 200, requests: 6 }), signer: newSigner() }),
  'report.html',
);
const tables = [...page.matchAll(/<table>(.*?)<\/table>/gs)].map(([, inner = '']) => inner);
const partOf = (table: string, part: string): string =>
  new RegExp(`<${part}>(.*?)</${part}>`, 's').exec(table)?.[1] ?? '';
/** The opening tags of the cells of each row. */
const rowsOf = (part: string): readonly (readonly string[])[] =>
  [...part.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<(?:th|td)(?: [^>]*)?>/g)].map(([tag]) => tag),
  );

/** What a browser's own check does not ask for, and who hears a table read out needs. */
describe('each table of the page of a statement', () => {
  test('is there, in all its sorts', () => {
    expect(tables.length).toBeGreaterThan(5);
  });

  test('has a caption, and headings that say they are those of their columns', () => {
    for (const table of tables) {
      expect(table).toMatch(/^<caption id="[a-z-]+">[^<]+<\/caption>/);
      const [heads = [], ...more] = rowsOf(partOf(table, 'thead'));
      expect(more).toEqual([]);
      expect(heads.length).toBeGreaterThan(1);
      expect(heads.filter((tag) => !tag.startsWith('<th scope="col"'))).toEqual([]);
    }
  });

  test('has a heading at the beginning of each row, and as many cells as headings', () => {
    for (const table of tables) {
      const [heads = []] = rowsOf(partOf(table, 'thead'));
      for (const row of [...rowsOf(partOf(table, 'tbody')), ...rowsOf(partOf(table, 'tfoot'))]) {
        expect(row[0]).toBe('<th scope="row">');
        expect(row.slice(1).filter((tag) => !tag.startsWith('<td'))).toEqual([]);
        expect(row).toHaveLength(heads.length);
      }
    }
  });
});

test('whatever is named by something on the page is named by what is there, and no id stands twice', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const named = [...page.matchAll(/ (?:aria-labelledby="|href="#)([^"]+)"/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('headings go down one step at a time, from one of the page itself', () => {
  const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  expect(levels[0]).toBe(1);
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
});
