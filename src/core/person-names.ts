/**
 * Names of persons by how they stand in a text. Nobody has a list of all names, and capitals are many things: what is found
 * is a likeness, good for being more careful and for nothing else.
 */

/** A stretch of a text: where it begins and what it is. */
export type Found = { readonly at: number; readonly text: string };

const CAPITALISED = String.raw`\p{Lu}\p{Ll}+(?:[-’']\p{Lu}\p{Ll}+)*`;
/** One capitalised word, or several one after another, with what shows whose something is. */
const RUN = new RegExp(
  String.raw`(?<![\p{L}\p{N}.@/_-])${CAPITALISED}(?: ${CAPITALISED})*(?:['’]s)?(?![\p{L}\p{N}_@/-]|\.\p{L})`,
  'gu',
);

/** Who is spoken of, to, or for whose sake stands behind one of these. */
const BEFORE =
  /\b(?:to|about|with|by|pay|pays|paid|tell|told|ask|asked|help|helping|named|called|colleague|employee|volunteer|member|client|tenant|patient|pupil|student|donor|manager|director|chair|boss|teacher|son|daughter|mother|father|mum|dad|wife|husband|partner|brother|sister|baby|boy|girl|child|kid|aunt|uncle|mr|mrs|ms|miss|dr|herr|frau) $/i;
/** What only somebody does or has, behind the name. */
const BEHIND =
  /^(?:,? (?:who|he|she|his|her)\b|,? (?:was|has|had|lost|owes|owed|told|said|says|asked|wants|wanted|disclosed|got|broke|fell|died|left|needs|keeps|never|is (?:leaving|off|back|ill|sick|going|getting|having|on|still|not|a bit)|isn['’]t|hasn['’]t|can['’]t|cannot|won['’]t)\b)/i;
const TITLE = /^(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau|Madame|Monsieur|Mevrouw|Meneer|Sir|Dame) /;
const WHOSE = /['’]s$/;
const SENTENCE_BEGINS = /(?:^|[.!?:;…\n"“„(>]|[-–—*•] ?|\d[.)]) *$/;

/** Words that begin a sentence, or are written with a capital, and name nobody. */
const NOBODY = new Set(
  `a an all and another any are as at be but by can could do does did each every everyone everybody for from had has have he her
  here hers his how i if in is it its last let next no nobody none not now of on once one or our ours please she should
  some somebody someone so than that the their them then there these they this those though to today tomorrow tonight two
  was we were what when where which while who why will with would yesterday yes you your
  client customer company team council school charity board site website page shop week month year story problem
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december children women men people world mother father christmas easter english german french dutch spanish italian danish polish welsh irish
  british european american google slack wordpress apple microsoft figma excel word canva mailchimp stripe shopify github
  prettier gutenberg elementor instagram facebook linkedin`.split(/\s+/),
);

/** With one of these in it a run of capitals names a place, a firm or a thing. */
const THING =
  /\b(?:the|st|saint|north|south|east|west|new|hospital|hospice|clinic|trust|foundation|society|school|university|college|academy|church|museum|gallery|council|association|institute|group|partners|limited|ltd|gmbh|inc|centre|center|house|street|road|lane|square|day|week|month|awareness|act|bank|care|support|health|shop|store|club|hall|park|theatre|charity|project|festival|fair|fayre|awards?|studio|services?|solutions|home|page|report|plan|policy|plugin|google|search|analytics|works?)\b/i;
/** "Mary's Hospital" is one, too. */
const NEXT = /^ \p{Lu}\p{L}+/u;
/** More capitals in a row are a title. */
const MOST = 3;

/** Stretches that stand in a text as a person's name does. Linear in the length of the text. */
export function personNames(text: string): readonly Found[] {
  return [...text.matchAll(RUN)].flatMap((match) => {
    const [whole] = match;
    const name = whole.replace(WHOSE, '');
    const around = {
      before: text.slice(Math.max(0, match.index - 16), match.index),
      behind: text.slice(match.index + whole.length, match.index + whole.length + 16),
    };
    return isPerson({ whole, name, ...around }) ? [{ at: match.index, text: name }] : [];
  });
}

type Standing = {
  readonly whole: string;
  readonly name: string;
  readonly before: string;
  readonly behind: string;
};

function isPerson(standing: Standing): boolean {
  const { whole, name, before, behind } = standing;
  if (!mayBePerson(standing)) return false;
  const shown = BEFORE.test(before) || BEHIND.test(behind);
  if (shown || WHOSE.test(whole) || TITLE.test(name)) return true;
  return name.includes(' ') && !SENTENCE_BEGINS.test(before);
}

/** Whether one of the words at least could be a name, and none says that it names a thing. */
function mayBePerson({ name, behind }: Standing): boolean {
  const words = name.split(' ');
  const isKnown = words.some((word) => !NOBODY.has(word.toLowerCase()));
  const next = NEXT.exec(behind)?.[0] ?? '';
  return isKnown && words.length <= MOST && !THING.test(name + next);
}
