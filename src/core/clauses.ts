import type { SplitWords } from './cue.ts';
import { firstSaid, stem, stemsOf, tokens } from './words.ts';

/** What a stretch of a request is: work, a remark that belongs to work beside it, or talk around it. */
export type Clause = { readonly text: string; readonly is: 'work' | 'remark' | 'talk' };

/** A request's clauses in order. `unsure` says, for a person, where a second task may or may not begin. */
export type Clauses = { readonly clauses: readonly Clause[]; readonly unsure?: string };

/** Polite and ordering words before the verb; none of them says what to do. */
const OPENING =
  /^(?:(?:and|then|also|plus|next|now|finally|lastly|first|second|third|firstly|secondly|thirdly|afterwards|after that|please|pls|kindly|just|maybe|(?:could|can|would|will) (?:you|we|someone|somebody)|(?:i|we)(?:'d| would)? (?:need|want|like|love)(?: (?:you|us|someone))?(?: to)?|let's|someone to|help (?:me|us)(?: to)?|hi|hello|hey|good morning|morning)\b[\s,:-]*)+/i;

/** Where one piece of prose may end and the next begin. */
const JOINTS =
  /\s*;\s*|,?\s+and\s+then\s+|,\s*then\s+|\s+then\s+|,?\s+and\s+also\s+|,?\s+and\s+|,?\s+plus\s+|,\s+/gi;
const SENTENCE_END = /(?<=[.!?])\s+|\n+/;

/** After one of these a verb speaks about the work it stands in: "how we audit sites and harden plugins". */
const GOVERNS = /\b(?:how|why|when|whether|that|which|who)\b/i;
/** What may follow a verb that only adds to the work before it: "write about 600 words", "draft 2". */
const ADDS = /^(?:about|in|for|as|like|no|at|up|around|and|or|to|\d+)$/;
const POINTS_BACK = /^(?:it|them|everything)$/;
const LONGEST_TALK = { words: 14, characters: 200 };
/** How far a joint looks to either side: enough for a clause, and a long text stays quick. */
const SIGHT = 400;

/** Takes running prose apart: sentences first, then their clauses. Every word ends up in some clause. */
export function clausesOf(text: string, words: SplitWords): Clauses {
  const clauses: Clause[] = [];
  const doubts: string[] = [];
  let worked = false;
  for (const sentence of text.split(SENTENCE_END)) {
    if (sentence.trim() === '') continue;
    const parts = partsOf(sentence.trim().replace(/\s+/g, ' '), words, doubts);
    const found = parts.map((part, i) => clauseOf(part, words, worked && i === 0));
    for (const clause of found) clauses.push(clause);
    worked ||= found.some((clause) => clause.is === 'work');
  }
  const [unsure] = doubts;
  return unsure === undefined ? { clauses } : { clauses, unsure };
}

function partsOf(sentence: string, words: SplitWords, doubts: string[]): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const joint of sentence.matchAll(JOINTS)) {
    const end = joint.index + joint[0].length;
    const side: Joint = {
      left: sentence.slice(Math.max(from, joint.index - SIGHT), joint.index),
      right: sentence.slice(end, end + SIGHT),
      ordered: /then/i.test(joint[0]),
    };
    const found = cut(side, words);
    if (found === 'unsure') doubts.push(`“${sentence.slice(joint.index, end + 30).trim()}”`);
    if (found !== 'cut') continue;
    parts.push(sentence.slice(from, joint.index).trim());
    from = end;
  }
  return [...parts, sentence.slice(from).trim()].filter((part) => part !== '');
}

type Joint = { readonly left: string; readonly right: string; readonly ordered: boolean };

/** Whether a new piece begins at a joint: talk stands apart; work only where both sides are work with an object. */
function cut({ left, right, ordered }: Joint, words: SplitWords): 'cut' | 'stay' | 'unsure' {
  if (isTalk(left, words) || isTalk(right, words)) return 'cut';
  const object = objectOfWork(right, words);
  if (object === undefined || ADDS.test(object)) return 'stay';
  if (!saysWork(left, words) || endsInBareVerb(left, words)) return 'stay';
  if (GOVERNS.test(left)) return 'unsure';
  return POINTS_BACK.test(object) && !ordered ? 'unsure' : 'cut';
}

/** The word after the verb, when a text begins with a work verb. */
function objectOfWork(text: string, words: SplitWords): string | undefined {
  const [verb, object] = tokens(text.replace(OPENING, ''));
  return verb !== undefined && isVerb(verb, words) ? object : undefined;
}

/** Whether a text begins with a work verb once its polite opening is taken off. */
export function beginsWork(text: string, words: SplitWords): boolean {
  const [verb] = tokens(text.replace(OPENING, ''));
  return verb !== undefined && isVerb(verb, words);
}

/** Whether a work verb stands anywhere in a text. */
export function saysWork(text: string, words: SplitWords): boolean {
  return tokens(text).some((word) => isVerb(word, words));
}

/** Greetings, thanks and the like: short, opened by a phrase of the list, and without any word of work. */
export function isTalk(text: string, words: SplitWords): boolean {
  if (text.length > LONGEST_TALK.characters || saysWork(text, words)) return false;
  const { length } = tokens(text);
  if (length === 0 || length > LONGEST_TALK.words) return false;
  const phrase = firstSaid(stemsOf(tokens(text).slice(0, 4).join(' ')), words.context);
  return phrase !== undefined;
}

/** "audit" in "how to audit and harden a plugin" has no object yet; "a content audit" is a thing, not a verb. */
function endsInBareVerb(text: string, words: SplitWords): boolean {
  const [last, before] = tokens(text.replace(OPENING, '')).reverse();
  if (last === undefined || !isVerb(last, words)) return false;
  return (
    before === undefined ||
    ['to', 'and', 'or', 'we', 'you'].includes(before) ||
    isVerb(before, words)
  );
}

const stems = new WeakMap<readonly string[], ReadonlySet<string>>();

function isVerb(word: string, words: SplitWords): boolean {
  let known = stems.get(words.verbs);
  if (known === undefined) {
    known = new Set(words.verbs.map(stem));
    stems.set(words.verbs, known);
  }
  return known.has(stem(word));
}

function clauseOf(text: string, words: SplitWords, afterWork: boolean): Clause {
  if (isTalk(text, words)) return { text, is: 'talk' };
  if (!beginsWork(text, words)) return { text, is: 'remark' };
  const object = objectOfWork(text, words);
  const adds = object === undefined || ADDS.test(object) || POINTS_BACK.test(object);
  return { text, is: afterWork && adds ? 'remark' : 'work' };
}
