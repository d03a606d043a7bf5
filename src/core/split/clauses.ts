/** What stands between a clause and the one before it. */
export type Joint =
  | 'start'
  | 'paragraph'
  | 'line'
  | 'sentence'
  | 'semicolon'
  | 'next'
  | 'arrow'
  | 'plus'
  | 'and'
  | 'comma'
  | 'dash';

/** A stretch of a request that may be a piece of its own, and how it is joined to the one before it. */
export type Clause = { readonly text: string; readonly joint: Joint };

/** A full stop after one of these, or after one letter, ends no sentence. */
const SENTENCE_END =
  /(?<!\b(?:e\.g|i\.e|etc|approx|no|nr|st|mr|mrs|ms|dr|vs|incl|ca|\p{L})\.)(?<=[.!?…])["”’)]?\s+|\n+/giu;

/** Where one piece of prose may end and the next begin; what joins is not part of either. */
const JOINTS =
  /\s*;\s*(?:and\s+)?(?:then\s+)?|,?\s+and\s+then\s+|,\s*then\s+|\s+then\s+(?!again\b)|,?\s+(?:and|but)\s+(?=also\b|after(?:wards| that)\b|before (?:that|this)\b|finally\b|separately\b)|,?\s+(?:and|&),?\s+|,?\s+plus\s+|,?\s+as well as\s+(?!possible\b)|\s+\+\s+|\s+[/|]\s+|,\s+|\s+(?:->|=>|→|⇒|➜)\s+|\s+(?:--|[-–—])\s+|\s+(?=also (?:the|an?|please|can|could)\s)(?<!\b(?:but|and|not|is|are|was|can|could|would|should|will|we|you|i|it|they|he|she|has|have|that|which)\s+)/gi;

/** Takes running prose apart wherever a piece could end. Nothing is lost but what joins: "and", "then", "plus", marks. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  let joint: Joint = 'start';
  for (const end of [...text.matchAll(SENTENCE_END), undefined]) {
    const sentence = text.slice(from, end === undefined ? undefined : end.index);
    const closing = end?.[0].trimEnd() ?? '';
    for (const clause of within(sentence + closing, joint)) clauses.push(clause);
    if (end === undefined) break;
    if (clauses.length > 0) joint = endOf(sentence, end[0]);
    from = end.index + end[0].length;
  }
  return clauses;
}

/** A line longer than this was broken off by a program, wherever its sentence stood. */
const LONGEST_LINE = 60;

function endOf(sentence: string, ending: string): Joint {
  if (/\n\s*\n/.test(ending)) return 'paragraph';
  return ending.includes('\n') && sentence.length <= LONGEST_LINE ? 'line' : 'sentence';
}

function within(sentence: string, first: Joint): Clause[] {
  const whole = sentence.trim().replace(/\s+/g, ' ');
  if (whole === '') return [];
  const found: Clause[] = [];
  let from = 0;
  let joint = first;
  for (const at of whole.matchAll(JOINTS)) {
    if (isInsideBrackets(whole, at.index) || SETTING.test(whole.slice(from, at.index))) continue;
    const text = whole.slice(from, at.index).trim();
    if (text !== '') found.push({ text, joint });
    joint = text === '' && found.length === 0 ? first : jointOf(at[0]);
    from = at.index + at[0].length;
  }
  const last = whole.slice(from).trim();
  return last === '' ? found : [...found, { text: last, joint }];
}

/** "kind: draft.blog, on the local lane, draft ..." says how before it says what. */
const SETTING =
  /^(?:(?:(?:kind|lane|persona)\s*[:=]\s*[\w.-]+|(?:on|in|use|using) the \w+ lane)(?:,\s*|$))+$/i;

/** "(name, start, distance)" is one thing. */
function isInsideBrackets(text: string, at: number): boolean {
  const open = text.lastIndexOf('(', at);
  return open > text.lastIndexOf(')', at) && text.includes(')', at);
}

function jointOf(written: string): Joint {
  if (/then/i.test(written)) return 'next';
  if (/[>→⇒➜]/.test(written)) return 'arrow';
  if (written.includes(';')) return 'semicolon';
  if (/plus|well|\+|\/|\|/i.test(written)) return 'plus';
  if (/and|&/i.test(written)) return 'and';
  return /[-–—]/.test(written) ? 'dash' : 'comma';
}
