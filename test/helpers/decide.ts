import { fileURLToPath } from 'node:url';
import type { Lane } from '../../src/core/lane.ts';
import { LANES } from '../../src/core/lane.ts';
import type { Given } from '../../src/core/given.ts';
import { readPiece } from '../../src/core/read.ts';
import type { Route } from '../../src/core/route.ts';
import { route } from '../../src/core/route.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import type { LaneOffer } from '../../src/core/trace.ts';
import { loadLibrary } from '../../src/library/load.ts';

const here = (folder: string): string => fileURLToPath(new URL(`../../${folder}`, import.meta.url));

/** The shipped rules and personas, read once for a test file. */
export const library = await loadLibrary(here('rules'), here('personas'));
export const rules: RuleSet = library.rules;

export const everyLane: readonly LaneOffer[] = LANES.map((lane: Lane) => ({ lane, price: null }));

/** Reads and routes one piece as the program does. */
export function decide(
  text: string,
  files: readonly string[] = [],
  given: Partial<Given> = {},
): Route {
  const piece = { text, files };
  return route(readPiece(piece, rules, { cloud: 'allowed', ...given }).facts, rules, everyLane);
}

/** A route in a few words: `draft.blog senior`, `ask kind`, `answer human.only`. */
export function inShort(found: Route): string {
  if (found.is === 'ask') return `ask ${found.about}`;
  if (found.is === 'answer') return `answer ${found.kind}`;
  return `${found.kind} ${found.lane}`;
}
