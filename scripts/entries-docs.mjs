/** `npm run docs:entries`: writes docs/entries.md from the tables of the ledger. */
import { writeFile } from 'node:fs/promises';
import { build } from './build.mjs';
import { entriesPage } from './entries-page.mjs';

await build();
const { FIELDS } = await import('../dist/ledger/fields.js');
const { INVARIANTS } = await import('../dist/ledger/invariants.js');
await writeFile(
  new URL('../docs/entries.md', import.meta.url),
  await entriesPage(FIELDS, INVARIANTS),
);
console.log('docs/entries.md is up to date.');
