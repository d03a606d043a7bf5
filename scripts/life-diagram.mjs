/** `npm run docs:life`: writes docs/life.md from the table of life in src/core/task.ts. */
import { writeFile } from 'node:fs/promises';
import { build } from './build.mjs';
import { lifePage } from './life-page.mjs';

await build();
const { LIFE } = await import('../dist/core/task.js');
await writeFile(new URL('../docs/life.md', import.meta.url), await lifePage(LIFE));
console.log('docs/life.md is up to date.');
