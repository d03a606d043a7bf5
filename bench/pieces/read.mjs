import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readExamples } from '../../dist/library/examples.js';
import { trainClassifier } from '../../dist/core/train-classifier.js';
import { tokens } from '../../dist/core/words.js';
import { bordersOf } from './borders.mjs';

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** So many classifiers read the requests, each those that it has learnt nothing from. */
const READERS = 5;

/**
 * The labelled requests of `fixtures/pieces/<name>.jsonl`, each with its borders: `{text, pieces, borders}`. A request with
 * none, a list or a single stretch, teaches nothing and is left out. Pieces of some are examples of their kind as well: such a
 * request is read as a new one would be, by a classifier that was trained without them.
 */
export async function requestsIn(name, rules) {
  const requests = (await readFile(here(`fixtures/pieces/${name}.jsonl`), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const readers = await readersFor(requests, rules);
  return requests
    .map((request, i) => ({ ...request, borders: bordersOf(request, readers[i % READERS]) }))
    .filter(({ borders }) => borders.length > 0);
}

const plainly = (text) => tokens(text).join(' ');

/** The rules once for each reader: it has not seen what the requests that it reads were cut into. */
async function readersFor(requests, rules) {
  const { list } = await readExamples(here('rules'), new Set(rules.kinds.keys()), { add: refuse });
  return Array.from({ length: READERS }, (_, reader) => {
    const own = requests.filter((_request, i) => i % READERS === reader);
    const unseen = new Set(own.flatMap(({ pieces }) => pieces.map(({ words }) => plainly(words))));
    const others = list.filter(({ text }) => !unseen.has(plainly(text)));
    return others.length === list.length ? rules : { ...rules, classify: trainClassifier(others) };
  });
}

function refuse(at, says) {
  throw new Error(`${at}: ${says}`);
}
