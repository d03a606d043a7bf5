import type { Clause, Joint } from './clauses.ts';
import type { SplitWords } from '../cue.ts';
import { phrasingOf } from './phrasing.ts';
import { isOrder } from './verbs.ts';
import { tokens } from '../words.ts';

/** "Proofread and translate the brochure": two verbs, and what both are about stands behind the last. */

/** Behind one of these stands what only the last verb is about: "translate the brochure into Italian". */
const OWN = /\s+(?:into|to|for|as|by|so|before|until|in)\s.*$/i;

/** What is made only now is no object to share ("write and format a readme"), and finding or checking leads to the next verb. */
const SHARES_NOTHING =
  /^(?:write|draft|create|make|build|design|prepare|plan|compose|develop|find|locate|check|test|read|look|see|go|take|get|open|run|try)$/;

/** More words than politeness and one verb have an object of their own. */
const MOST_WORDS = 5;

/** What a verb that stands alone is about, read from the clause behind it; undefined where it has an object or none is shared. */
export function sharedWith(
  { text }: Clause,
  next: Clause | undefined,
  words: SplitWords,
): string | undefined {
  if (next === undefined || !GOES_ON.has(next.joint)) return undefined;
  return isBareVerb(text, words) ? objectOf(next.text, words) : undefined;
}

const GOES_ON: ReadonlySet<Joint> = new Set(['and', 'comma']);

function isBareVerb(text: string, words: SplitWords): boolean {
  if (/[.!?:;…]$/.test(text) || tokens(text).length > MOST_WORDS) return false;
  const [verb = '', ...more] = tokens(phrasingOf(text, words).rest);
  return more.length === 0 && isOrder(verb, words) && !SHARES_NOTHING.test(verb);
}

function objectOf(text: string, words: SplitWords): string | undefined {
  const { form, rest, pointsBack } = phrasingOf(text, words);
  if (form !== 'order' || pointsBack) return undefined;
  const [, ...object] = rest
    .replace(OWN, '')
    .replace(/[.!?]+$/, '')
    .split(' ');
  return object.length === 0 ? undefined : object.join(' ');
}

/** A clause with what it is about. */
export const withShared = (text: string, shared: string | undefined): string =>
  shared === undefined ? text : `${text} ${shared}`;
