import type { SplitWords } from '../cue.ts';
import { isOrder } from './verbs.ts';
import { tokens } from '../words.ts';

/**
 * How a stretch of a request is put: `order` ("audit the site"), `ask` ("we need a post", "could you look"), `question`
 * ("is this safe?"), `thing` ("an estimate of it"), `statement` ("the form jumps"), `remark` ("list only", "how it works"),
 * `lead` ("once that is done"), `talk`.
 */
export type Form =
  'order' | 'ask' | 'question' | 'thing' | 'statement' | 'remark' | 'lead' | 'talk';

/** Whether it asks somebody to do something, in so many words. */
export const isOrdered = (form: Form): boolean => form === 'order' || form === 'ask';

/** Whether it may ask for work at all, and does not only tell of something. */
export const mayAsk = (form: Form): boolean =>
  isOrdered(form) || form === 'question' || form === 'thing';

/** "Is the page in line", "which plugins would break": a question, whether or not a mark says so. */
const INVERTED =
  /^(?:(?:is|are|was|were|does|do|did|can|could|should|will) (?:the|this|that|these|our|my|your|it|they|we|i|there|a|an|any|all)|(?:(?:what|why|how|where|when|who|which)|(?:which|what|how) \w+) (?:is|are|was|were|does|do|did|can|could|should|would|will|has|have))\b/i;
const LEAD =
  /^(?:once|when|after|if|as soon as|as|while|in case|since|because|before|for|from|with|in|on|at|under|until|unless)\b/i;
const LONGEST_LEAD = 8;
const THING =
  /^(?:a|an|the|some|one|two|three|four|five|six|ten|\d+|half|small|short|quick|brief|new|full|unit|page|release|error|alt|button)\b/i;
const FINITE =
  /\b(?:i|we|he|they|you|it|she|is|are|was|were|has|have|had|does|do|did|can|can't|cannot|will|would|should|isn't|aren't|doesn't|don't|didn't|won't|wasn't|says|said|keeps|looks|needs|wants|asked|goes|went|stopped|got|gets|takes|shows|moves|falls|jumps|slides|breaks|drags|\p{L}+'s (?:not|been|got|gone|all|too|so|very|a))\b/iu;
/** A question inside a sentence goes on with what stands before it. */
const CONTINUES =
  /^(?:how|what|why|whether|that|which|who|whose|where|its?|it's|so|because|but|or|not|no)\b/i;
/** "Copy for the form", "review of the archive": a noun, though orders have the same word. */
const NAMES_WORK =
  /^(?:\w+ of|(?:brief|copy|report|draft|outline|design|wireframe|caption|quote|post|note|sketch|estimate|label|time) (?:for|from|by)) /i;
/** Behind one of these stands what a thing is like, not what it does. */
const RELATIVE = /(?<=\S)\s+(?:which|that|who|whose|where|so that|to|for)\s/i;
/** So far a finite verb tells a sentence from a thing; further on it stands in a clause about the thing. */
const SIGHT = 6;

/** "Export attached" names a thing and orders nothing. */
const ATTACHED = /^(?:attached|enclosed|below|above|here|is|are|was)$/;
/** A stretch as it stands, without politeness and markers, and behind what asks for it. */
type Seen = {
  readonly text: string;
  readonly bare: string;
  readonly rest: string;
  readonly asks: boolean;
  readonly verb: string;
  readonly object: string;
};

/** How it is put, once politeness and markers are known. */
export function formOf(seen: Seen, words: SplitWords): Form {
  const { text, rest, asks, verb, object } = seen;
  if (asks && rest !== '') return 'ask';
  if (NAMES_WORK.test(rest)) return 'thing';
  if (isOrder(verb, words) && object !== '' && !ATTACHED.test(object)) return 'order';
  if (INVERTED.test(seen.bare)) return 'question';
  const told = toldAs(seen.bare);
  return told !== 'thing' && /\?["”’)]*\s*$/.test(text) ? 'question' : told;
}

/** What neither orders nor asks: a lead to what follows, a remark, a statement, or a thing that is named. */
function toldAs(bare: string): Form {
  const isShort = tokens(bare).length <= LONGEST_LEAD && !/[:.!?]/.test(bare);
  if (isShort && LEAD.test(bare)) return 'lead';
  if (CONTINUES.test(bare)) return 'remark';
  const [main = ''] = bare.split(RELATIVE);
  if (FINITE.test(tokens(main.replaceAll('-', '')).slice(0, SIGHT).join(' '))) return 'statement';
  return THING.test(bare) ? 'thing' : 'remark';
}
