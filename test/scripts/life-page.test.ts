import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { LIFE } from '../../src/core/task.ts';

test('docs/life.md is what the table of life says today', async () => {
  const script: string = '../../scripts/life-page.mjs';
  const { lifePage } = (await import(script)) as {
    lifePage: (life: typeof LIFE) => Promise<string>;
  };
  const page = await readFile(new URL('../../docs/life.md', import.meta.url), 'utf8');
  expect(page).toBe(await lifePage(LIFE));
});
