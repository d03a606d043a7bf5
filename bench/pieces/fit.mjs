import { START } from './start.mjs';

/** So many points are one unit of the logistic regression. */
export const UNIT = 20;
/** How much weights are held back: the fewer requests show a thing, the less it says. */
const RIDGE = { sign: 2, word: 6 };
const STEPS = 500;
const RATE = 0.03;
/** A word that was seen less often than this says nothing. */
const SEEN = 8;

/**
 * Logistic regression with a ridge, by Adam with a fixed number of steps, so that the same borders give the same weights.
 * @param {{seen: string[], begins: boolean, weight: number}[]} borders `weight`: how much it counts
 * @returns {Map<string, number>} the weight of everything that was seen
 */
export function fit(borders) {
  const names = namesIn(borders);
  const rows = borders.map(({ seen }) => seen.flatMap((name) => names.get(name) ?? []));
  const start = Float64Array.from(names.keys(), (name) => (START[name] ?? 0) / UNIT);
  const ridge = Float64Array.from(names.keys(), (name) => RIDGE[isWord(name) ? 'word' : 'sign']);
  const state = { weights: start.slice(), mean: zeros(names.size), spread: zeros(names.size) };
  for (let step = 1; step <= STEPS; step += 1) {
    const slopes = state.weights.map((weight, i) => ridge[i] * (weight - start[i]));
    descend(state, addMisses(slopes, borders, { rows, weights: state.weights }), step);
  }
  return new Map([...names].map(([name, place]) => [name, state.weights[place]]));
}

const isWord = (name) => name.includes(':');
const zeros = (size) => new Float64Array(size);

/** Signs, and words that were seen often enough, each with a place. */
function namesIn(borders) {
  const counts = new Map();
  for (const { seen } of borders)
    for (const name of new Set(seen)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const kept = [...counts].filter(([name, count]) => !isWord(name) || count >= SEEN);
  return new Map(kept.map(([name], place) => [name, place]));
}

/** Adds how far off each border is to the slopes of what was seen there. */
function addMisses(slopes, borders, { rows, weights }) {
  for (const [i, row] of rows.entries()) {
    const sum = row.reduce((all, place) => all + weights[place], 0);
    const { begins, weight } = borders[i];
    const miss = weight * (1 / (1 + Math.exp(-sum)) - (begins ? 1 : 0));
    for (const place of row) slopes[place] += miss;
  }
  return slopes;
}

function descend({ weights, mean, spread }, slopes, step) {
  for (let i = 0; i < weights.length; i += 1) {
    mean[i] = 0.9 * mean[i] + 0.1 * slopes[i];
    spread[i] = 0.999 * spread[i] + 0.001 * slopes[i] ** 2;
    const by = mean[i] / (1 - 0.9 ** step);
    weights[i] -= (RATE * by) / (Math.sqrt(spread[i] / (1 - 0.999 ** step)) + 1e-8);
  }
}
