import type { SplitWords } from '../cue.ts';
import { formOf } from './form.ts';
import type { Form } from './form.ts';
import { isTalk } from './talk.ts';
import { isOrder } from './verbs.ts';
import { tokens } from '../words.ts';

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
  /^(?:then|next|after(?:wards| that| this)|once (?:you|we|that|this|it|they|both|all)\b[^,.?!]{0,30}?(?:,|$|(?<=\bdone|\bsorted|\bready|\bfixed|\bfinished|\bin|\bknow|\bthere)(?=\s))|when (?:that|this|it|they|both|all|you|we|i)\b[^,.?!:]{0,30}?(?:[,:]|$)|when (?:that|it)(?:'s| is) done|(?:once|when) (?:done|finished|ready|approved|over)\b|building on (?:that|this|it|those|them),?|whatever (?:you|we|it|they)\b[^,.?!:]{0,30}?(?:[,:]|$)|after (?:we|you|they|it)\b[^,.?!:]{0,30}?(?:[,:]|$)|following that|with (?:that|the result)[^,]{0,20},|from (?:those|these|that|them|it),?|based on (?:this|that|these|those|it|them),?|using (?:this|that|these|those|it|them|the result),?|finally|lastly|last(?:ly)?,)(?:\s*[,:-])?\s+/i;
const ALSO =
  /^(?:also|plus|in addition|additionally|besides(?: that)?|separately|on top of (?:that|it)|apart from that|unrelated(?: to (?:that|this))?|as well as that|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|first(?: off| up| of all)|another thing|(?:a )?different (?:matter|thing|topic)|on another note|further(?:more)?|moreover|p\.?s\.?|one more(?: thing)?|(?:the )?other thing|while (?:(?:you(?:'re| are)|we(?:'re| are)) )?(?:at it|there|in there|on it)|oh)(?:\s*[,:-])?\s+/i;
const BEFORE = /^(?:before (?:that|this)|but first|first though)(?:\s*[,:-])?\s+/i;
const AFTERWARDS = /\b(?:afterwards|after that)\b/i;
const GOES_ON = /^(?:and|but|or|&)\s+/i;
const TOO =
  /\b(?:too|as well|also)[.!?]*$|\b(?:would|'d|should|could|must|can|will)(?: (?:you|we|i))? also\b|^(?:and )?(?:i|we|he|she|they) also\b/i;

/** "For the fire brigade: a proposal" says for whom before it says what. */
const ADDRESSED =
  /^(?:(?:for|re|about|regarding) [^:.,\n]{2,40}|(?:on )?(?:the|our|my) [\w-]+(?: [\w-]+)?|[\w-]+ page|\/[\w/-]*):\s+/i;
/** "Three things for the shop: a menu" says how many before it says what. */
const COUNTED =
  /^[^:.?!]{0,60}\b(?:things?|jobs?|tasks?|bits|points|items|requests?|favou?rs?|to-?dos?|need|order)\b[^:.?!]{0,40}:\s+/i;
const POLITE =
  /^(?:(?:please|pls|plz|kindly|just|maybe|perhaps|ideally|now|right|ok|okay|so|well|hi|hello|hey|good morning|morning|dear all|team|all|quick one|first the easy one)\b[\s,:!-]*)+/i;
const ASKS =
  /^(?:(?:could|can|would|will) (?:you|we|someone|somebody|anyone|i)(?: (?:please|pls|kindly|also|just|have|get))*(?: mind)?|(?:(?:i|we|he|she|they|you|(?:the|our|my) \w+)(?:'d|'ll|'re)?(?: (?:would|will|do|really|also|still|all))*|then) (?:need|needs|want|wants|like|likes|love|loves|after|wish|asks?|asked)(?: (?:you|us|someone|somebody|for|also|to have|to get))*(?: to)?|(?:in )?need(?:ed)?(?! by)|want|wanted|looking for|let's|let me (?:have|know)|give (?:me|us)|get (?:me|us)|tell (?:me|us)|show (?:me|us)|send (?:me|us)|have a (?:look|go)(?: at)?|have(?= (?:it|them|this|that|(?:the|our|a) \w+) \w+(?:ed|t|en|ne)\b)|do me|someone to|help (?:me|us)?(?: to)?|how about|any chance (?:of|you could)|time for|i(?:'ve| have) got)\b[\s,:-]*/i;
/** "Once it runs write a test", "when you have that draft a mail": no comma says where the order begins. */
const LEADS_UP = /^(?:once|when|as soon as) (?:you|we|that|this|it|they|both|all|i)\b/i;
/** Behind one of these a verb is no order. */
const BEFORE_NO_ORDER =
  /^(?:to|the|an?|my|our|your|can|can't|could|will|would|should|must|not|don't|doesn't|i|we|you|they|and|or)$/i;
/** So many words lead up to an order at most. */
const LONGEST_LEAD_UP = 6;
/** Verbs that say nothing of the work: what it is stands in what they are followed by. */
const PLAIN =
  /^(?:tell|say|see|put|do|give|show|let|have|make|get|take|set|keep|go|use|note|help|leave|send|bring|come|think|call|name|add|order|point|open|turn|click|visit|read|look|log|scroll)\b/i;
/** What may follow a verb that only adds to the work before it: "write about 600 words", "draft 2". */
export const ADDS =
  /^(?:about|in|for|as|like|no|at|up|around|and|or|to|attached|enclosed|below|above|here|is|are|was|\d+)$/;
const POINTS = /^(?:it|them|everything|both|all)$/;
/** "Edit this" points back, "answer this customer" does not. */
const THAT = /^(?:this|that|these|those)$/;

/** Reads how a stretch is put. */
export function phrasingOf(text: string, words: SplitWords): Phrasing {
  const goesOn = GOES_ON.test(text);
  const plain = { rest: text, pointsBack: false, isPlain: true, goesOn };
  if (isTalk(text, words)) return { form: 'talk', ...plain };
  const { rest: bare, marker = closing(text) } = unmarked(behindLead(text, words));
  if (bare === '') return { form: 'lead', marker, ...plain };
  const asked = ASKS.exec(bare);
  const behind = asked === null ? bare : unmarked(bare.slice(asked[0].length)).rest;
  const isAsked = asked !== null && !tellsOfPlans(asked[0], behind, words);
  const rest = isAsked ? behind : bare;
  const said = tokens(rest);
  const [verb = '', object = ''] = said;
  const form = formOf({ text, bare, rest, asks: isAsked, verb, object }, words);
  const pointsBack = backIn(said, isAsked);
  return { form, marker, rest, pointsBack, isPlain: PLAIN.test(bare), goesOn };
}

/** "We want to move in spring" says what we do; "we want to have the pages listed" asks for it. */
function tellsOfPlans(asked: string, behind: string, words: SplitWords): boolean {
  if (!/\b(?:want|wants|wanted|wish|like|likes|love) to\s*$/i.test(asked)) return false;
  const [verb = ''] = tokens(behind);
  return !isOrder(verb, words) && !/^(?:have|get|see|know|hear|ask)$/.test(verb);
}

/** What leads up to an order is as good as "then". */
function behindLead(text: string, words: SplitWords): string {
  const bare = text.replace(GOES_ON, '');
  if (!LEADS_UP.test(bare)) return text;
  const said = bare.split(/\s+/);
  const at = said.findIndex(
    (word, i) =>
      i > 2 && isOrder(word.toLowerCase(), words) && !BEFORE_NO_ORDER.test(said[i - 1] ?? ''),
  );
  return at === -1 || at > LONGEST_LEAD_UP ? text : `then ${said.slice(at).join(' ')}`;
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
    rest = rest
      .replace(GOES_ON, '')
      .replace(POLITE, '')
      .replace(ADDRESSED, '')
      .replace(COUNTED, '');
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
