import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { BOUNDS } from '../../src/core/overreach.ts';
import { frontMatter } from '../../src/library/persona-schema.ts';
import { LARGEST_FILE, LONGEST_BRIEF } from '../../src/library/personas.ts';

const page = await readFile('docs/personas.md', 'utf8');

test('docs/personas.md explains every field of a persona and no other', () => {
  const [, table = ''] = /^\| Field[^]*?\n\| -[^\n]*\n([^]*?)\n\n/m.exec(page) ?? [];
  const named = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(frontMatter.shape));
});

test('docs/personas.md has the whole list of what no text of a persona may hold', () => {
  for (const { says } of BOUNDS) expect(page).toContain(says);
});

test('docs/personas.md has the limits that hold', () => {
  const words = (count: number): string => count.toLocaleString('en-US');
  expect(page).toContain(`at most ${words(LONGEST_BRIEF)} characters`);
  expect(page).toContain(`${words(LARGEST_FILE)} bytes`);
});
