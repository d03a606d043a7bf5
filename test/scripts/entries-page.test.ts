import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { FIELDS } from '../../src/ledger/fields.ts';
import { INVARIANTS } from '../../src/ledger/invariants.ts';

type Page = (fields: typeof FIELDS, invariants: typeof INVARIANTS) => Promise<string>;

test('docs/entries.md is what the tables of the ledger say today', async () => {
  const script: string = '../../scripts/entries-page.mjs';
  const { entriesPage } = (await import(script)) as { entriesPage: Page };
  const page = await readFile(new URL('../../docs/entries.md', import.meta.url), 'utf8');
  expect(page).toBe(await entriesPage(FIELDS, INVARIANTS));
});
