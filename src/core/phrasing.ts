import type { SplitWords } from './cue.ts';
import { firstSaid, stem, stemsOf, tokens } from './words.ts';

/**
 * How a stretch of a request is put: `order` ("audit the site"), `ask` ("we need a post", "could you look"), `question`
 * ("is this safe?"), `thing` ("an estimate of it"), `statement` ("the form jumps"), `remark` ("list only", "how it works"),
 * `lead` ("once that is done"), `talk`.
 */
export type Form =
  'order' | 'ask' | 'question' | 'thing' | 'statement' | 'remark' | 'lead' | 'talk';

export type Marker = 'after' | 'before' | 'also';

export type Phrasing = {
  readonly form: Form;
  /** Whether it comes after what was said before, before it, or on top of it. */
  readonly marker?: Marker | undefined;
  /** What is left when politeness and markers are taken off. */
  readonly rest: string;
  /** Whether its object is only pointed at: "edit it", "send them". */
  readonly pointsBack: boolean;
  /** Whether it goes on with a plain "and", which ties less than a marker does. */
  readonly goesOn: boolean;
  /** Whether its verb says little by itself: "tell me", "put it", "see". */
  readonly isPlain: boolean;
};

const AFTER =
  /^(?:then|next|after(?:wards| that| this)|once (?:you|we|that|this|it|they|both|all)\b[^,.?!]{0,30}?(?:,|$|(?<=\bdone|\bsorted|\bready|\bfixed|\bfinished|\bin|\bknow|\bthere)(?=\s))|when (?:that|this|it|they|both|all|you|we|i)\b[^,.?!:]{0,30}?(?:[,:]|$)|when (?:that|it)(?:'s| is) done|whatever (?:you|we|it|they)\b[^,.?!:]{0,30}?(?:[,:]|$)|after (?:we|you|they|it)\b[^,.?!:]{0,30}?(?:[,:]|$)|following that|with (?:that|the result)[^,]{0,20},|from (?:those|that|them|it),?|based on (?:that|those|it|them),?|using (?:that|those|it|them|the result),?|finally|lastly|last(?:ly)?,)(?:\s*[,:-])?\s+/i;
const ALSO =
  /^(?:also|plus|in addition|additionally|besides(?: that)?|separately|on top of (?:that|it)|apart from that|unrelated(?: to (?:that|this))?|as well as that|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|first(?: off| up| of all)|another thing|(?:a )?different (?:matter|thing|topic)|on another note|further(?:more)?|moreover|p\.?s\.?|one more(?: thing)?|(?:the )?other thing|while (?:you(?:'re| are)|we(?:'re| are)) (?:at it|there|in there|on it)|oh)(?:\s*[,:-])?\s+/i;
const BEFORE = /^(?:before (?:that|this)|but first|first though)(?:\s*[,:-])?\s+/i;
const AFTERWARDS = /\b(?:afterwards|after that)\b/i;
const GOES_ON = /^(?:and|but|or|&)\s+/i;
const TOO =
  /\b(?:too|as well|also)[.!?]*$|\b(?:would|'d|should|could|must|can|will)(?: (?:you|we|i))? also\b/i;

/** "For the fire brigade: a proposal" says for whom before it says what. */
const ADDRESSED = /^(?:for|re|about|regarding) [^:.,\n]{2,40}:\s+/i;
const POLITE =
  /^(?:(?:please|pls|plz|kindly|just|maybe|perhaps|ideally|now|right|ok|okay|so|well|hi|hello|hey|good morning|morning|dear all|team|all|quick one|first the easy one)\b[\s,:!-]*)+/i;
const ASKS =
  /^(?:(?:could|can|would|will) (?:you|we|someone|somebody|anyone|i)(?: (?:please|pls|kindly|also|just|have|get))*(?: mind)?|(?:(?:i|we|he|she|they|you|(?:the|our|my) \w+)(?:'d|'ll|'re)?(?: (?:would|will|do|really|also|still|all))*|then) (?:need|needs|want|wants|like|likes|love|loves|after|wish|asks?|asked)(?: (?:you|us|someone|somebody|for|also|to have|to get))*(?: to)?|(?:in )?need(?:ed)?(?! by)|want|wanted|looking for|let's|let me (?:have|know)|give (?:me|us)|get (?:me|us)|tell (?:me|us)|show (?:me|us)|send (?:me|us)|have a (?:look|go)(?: at)?|do me|someone to|help (?:me|us)?(?: to)?|how about|any chance (?:of|you could)|time for|i(?:'ve| have) got)\b[\s,:-]*/i;
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
/** Verbs that say nothing of the work: what it is stands in what they are followed by. */
const PLAIN =
  /^(?:tell|say|see|put|do|give|show|let|have|make|get|take|set|keep|go|use|note|help|leave|send|bring|come|think|call|name|add|order|point|open|turn|click|visit|read|look|log|scroll)\b/i;
/** Behind one of these stands what a thing is like, not what it does. */
const RELATIVE = /(?<=\S)\s+(?:which|that|who|whose|where|so that|to|for)\s/i;
/** So far a finite verb tells a sentence from a thing; further on it stands in a clause about the thing. */
const SIGHT = 6;

/** What may follow a verb that only adds to the work before it: "write about 600 words", "draft 2". */
export const ADDS =
  /^(?:about|in|for|as|like|no|at|up|around|and|or|to|attached|enclosed|below|above|here|is|are|was|\d+)$/;
/** "Export attached" names a thing and orders nothing. */
const ATTACHED = /^(?:attached|enclosed|below|above|here|is|are|was)$/;
const POINTS = /^(?:it|them|everything|both|all)$/;
/** "Edit this" points back, "answer this customer" does not. */
const THAT = /^(?:this|that|these|those)$/;
const LONGEST_TALK = { words: 14, characters: 200 };

/** Reads how a stretch is put. */
export function phrasingOf(text: string, words: SplitWords): Phrasing {
  const goesOn = GOES_ON.test(text);
  const plain = { rest: text, pointsBack: false, isPlain: true, goesOn };
  if (isTalk(text, words)) return { form: 'talk', ...plain };
  const { rest: bare, marker = closing(text) } = unmarked(text);
  if (bare === '') return { form: 'lead', marker, ...plain };
  const asked = ASKS.exec(bare);
  const rest = asked === null ? bare : unmarked(bare.slice(asked[0].length)).rest;
  const said = tokens(rest);
  const [verb = '', object = ''] = said;
  const form = formOf({ text, bare, rest, asks: asked !== null, verb, object }, words);
  const pointsBack = backIn(said, asked !== null);
  return { form, marker, rest, pointsBack, isPlain: PLAIN.test(bare), goesOn };
}

/** Whether the object is only pointed at; behind "could you" it may stand where the verb would. */
function backIn([verb = '', object = '', behind]: readonly string[], isAsked: boolean): boolean {
  if (POINTS.test(object) || (isAsked && POINTS.test(verb))) return true;
  return THAT.test(object) && behind === undefined;
}

const OPENINGS = [
  ['after', AFTER],
  ['before', BEFORE],
  ['also', ALSO],
] as const;

/** Takes politeness and markers off the front, however they are mixed. */
function unmarked(text: string): Pick<Phrasing, 'rest' | 'marker'> {
  let rest = `${text.trim()} `;
  let marker: Marker | undefined;
  for (;;) {
    const before = rest;
    rest = rest.replace(GOES_ON, '').replace(POLITE, '').replace(ADDRESSED, '');
    for (const [sort, opening] of OPENINGS) {
      const found = opening.exec(rest);
      if (found === null) continue;
      marker ??= sort;
      rest = rest.slice(found[0].length);
    }
    if (rest === before) break;
  }
  return { rest: rest.trim(), marker };
}

function closing(text: string): Marker | undefined {
  if (AFTERWARDS.test(text)) return 'after';
  return TOO.test(text) ? 'also' : undefined;
}

type Seen = {
  readonly text: string;
  readonly bare: string;
  readonly rest: string;
  readonly asks: boolean;
  readonly verb: string;
  readonly object: string;
};

function formOf(seen: Seen, words: SplitWords): Form {
  const { text, rest, asks, verb, object } = seen;
  if (asks && rest !== '') return 'ask';
  if (isOrder(verb, words) && object !== '' && !ATTACHED.test(object)) return 'order';
  return /\?["”’)]*\s*$/.test(text) ? 'question' : toldAs(seen.bare);
}

/** What neither orders nor asks: a lead to what follows, a remark, a statement, or a thing that is named. */
function toldAs(bare: string): Form {
  const isShort = tokens(bare).length <= LONGEST_LEAD && !/[:.!?]/.test(bare);
  if (isShort && LEAD.test(bare)) return 'lead';
  if (CONTINUES.test(bare)) return 'remark';
  const [main = ''] = bare.split(RELATIVE);
  if (FINITE.test(tokens(main).slice(0, SIGHT).join(' '))) return 'statement';
  return THING.test(bare) ? 'thing' : 'remark';
}

/** Whether a word is a verb with which work is ordered, in the form orders have. */
function isOrder(word: string, { orders }: SplitWords): boolean {
  return setOf(orders, (one) => one).has(word);
}

/** Whether one of these words is a work verb. */
function sayWork(said: readonly string[], { verbs }: SplitWords): boolean {
  const known = setOf(verbs, stem);
  return said.some((word) => known.has(stem(word)));
}

/** "A thank-you note" is no thanks. */
const NAMES_A_THING = /^(?:and\s+)?(?:a|an|one|two|the)\b/i;

/** "👍" and nothing else. */
const PICTURES = /^\s*(?:\p{Extended_Pictographic}[\p{Emoji_Component}\s]*)+$/u;

/** Greetings, thanks and the like: short, opened by a phrase of the list, and without any word of work. */
export function isTalk(text: string, words: SplitWords): boolean {
  if (text.length > LONGEST_TALK.characters) return false;
  const said = tokens(text);
  if (said.length === 0) return PICTURES.test(text);
  if (said.length > LONGEST_TALK.words) return false;
  if (sayWork(said, words) || NAMES_A_THING.test(text)) return false;
  const phrase = firstSaid(stemsOf(said.slice(0, 4).join(' ')), words.context);
  return phrase !== undefined;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(list: readonly string[], by: (word: string) => string): ReadonlySet<string> {
  const known = sets.get(list) ?? new Set(list.map(by));
  sets.set(list, known);
  return known;
}
