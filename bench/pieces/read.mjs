import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bordersOf } from './borders.mjs';

/**
 * The labelled requests of `fixtures/pieces/<name>.jsonl`, each with its borders: `{text, pieces, borders}`. A request with
 * none, a list or a single stretch, teaches nothing and is left out.
 */
export async function requestsIn(name, rules) {
  const file = fileURLToPath(new URL(`../../fixtures/pieces/${name}.jsonl`, import.meta.url));
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((request) => ({ ...request, borders: bordersOf(request, rules) }))
    .filter(({ borders }) => borders.length > 0);
}
