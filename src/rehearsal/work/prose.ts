import type { AnswerFile } from '../../core/answer.ts';
import { askFor, countWords, endingOf, type Reading, type Work } from '../reading.ts';

const TYPOS: readonly (readonly [wrong: string, right: string])[] = [
  ['accomodate', 'accommodate'],
  ['acheive', 'achieve'],
  ['adress', 'address'],
  ['alot', 'a lot'],
  ['beleive', 'believe'],
  ['calender', 'calendar'],
  ['definately', 'definitely'],
  ['embarass', 'embarrass'],
  ['enviroment', 'environment'],
  ['existance', 'existence'],
  ['goverment', 'government'],
  ['independant', 'independent'],
  ['neccessary', 'necessary'],
  ['occured', 'occurred'],
  ['occurence', 'occurrence'],
  ['presure', 'pressure'],
  ['publically', 'publicly'],
  ['reccomend', 'recommend'],
  ['recieve', 'receive'],
  ['recieved', 'received'],
  ['seperate', 'separate'],
  ['sucess', 'success'],
  ['suprise', 'surprise'],
  ['teh', 'the'],
  ['temprature', 'temperature'],
  ['tommorow', 'tomorrow'],
  ['untill', 'until'],
  ['wich', 'which'],
];

const PLAINER: readonly (readonly [RegExp, string])[] = [
  [/\butili[sz]e(s|d)?\b/gi, 'use$1'],
  [/\butili[sz]ing\b/gi, 'using'],
  [/\bin order to\b/gi, 'to'],
  [/\bdue to the fact that\b/gi, 'because'],
  [/\bat this point in time\b/gi, 'now'],
  [/\bleverag(e|es|ed)\b/gi, 'us$1'],
  [/\be-mail(s|ed)?\b/gi, 'email$1'],
  [/\bweb[ -]site(s)?\b/gi, 'website$1'],
];

const FILLER =
  /\b(?:it is important to note that|needless to say,?|as a matter of fact,?)\s+(\p{L})/giu;
const BLIND_LINK = /\[click (?:here|this link)\]\(([^)\s]+)\)/gi;
const DOUBLED = /\b(\p{L}{2,})([ \t]+)\1\b(?!-)/gu;
/** Doubles that are good English. */
const RIGHT_DOUBLES = new Set(['had', 'that']);
const WRONG_ARTICLE = /\b([Aa]) (?!(?:one|once|uni|use|eu)\w*)(?=[aeiou]\w)/g;
const PROSE = ['md', 'txt', 'html', 'htm'];

/** Gives the text back with doubled words and a list of common misspellings put right; once sent back, it edits as well. */
export function proofread(reading: Reading): Work {
  return reading.revision > 1 ? edit(reading) : overProse(reading, corrected);
}

/** Proofreads, then says wordy phrases plainly, drops filler, and names where blind links lead. */
export function edit(reading: Reading): Work {
  return overProse(reading, (text) => plainer(corrected(text)));
}

function overProse(reading: Reading, improve: (text: string) => string): Work {
  const given = reading.files.filter((file) => PROSE.includes(endingOf(file.name)));
  const texts = given.length > 0 ? given : pasted(reading);
  if (texts.length === 0)
    return askFor('Which text should I work on? I found neither a file nor a pasted text.');
  const files = texts.map((file) => ({ name: file.name, text: outsideCode(file.text, improve) }));
  const words = texts.reduce((sum, file) => sum + countWords(file.text), 0);
  return {
    files,
    questions: [],
    assumptions: ['Code blocks and markup stay as they are.'],
    minutes: 5 + Math.ceil(words / 60),
  };
}

/** What follows the first colon or line break of a request, when it is long enough to be a text of its own. */
function pasted({ request, fileName }: Reading): AnswerFile[] {
  const text = /[:\n]\s*([\s\S]+)$/.exec(request)?.[1] ?? '';
  return countWords(text) >= 8 ? [{ name: fileName ?? 'text.md', text: `${text.trim()}\n` }] : [];
}

/** Fenced code, inline code, tags, scripts and styles are no prose. */
function outsideCode(text: string, improve: (text: string) => string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`|<(?:script|style)[\s\S]*?<\/(?:script|style)>|<[^>]+>)/i)
    .map((part, i) => (i % 2 === 1 ? part : improve(part)))
    .join('');
}

function corrected(text: string): string {
  const undoubled = text.replace(DOUBLED, (whole, word: string) =>
    RIGHT_DOUBLES.has(word) ? whole : word,
  );
  const articled = undoubled.replace(WRONG_ARTICLE, '$1n ');
  return TYPOS.reduce(
    (now, [wrong, right]) =>
      now.replace(new RegExp(`\\b${wrong}\\b`, 'gi'), (found) => likeCase(found, right)),
    articled,
  );
}

function plainer(text: string): string {
  const linked = text.replace(BLIND_LINK, (_whole, url: string) => `[${linkWords(url)}](${url})`);
  const straight = linked.replace(FILLER, (_whole, letter: string) => letter.toUpperCase());
  return PLAINER.reduce(
    (now, [wordy, plain]) =>
      now.replace(wordy, (found: string) => likeCase(found, found.replace(wordy, plain))),
    straight,
  );
}

function linkWords(url: string): string {
  const page = url
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1)
    ?.replace(/\.\w+$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return page === undefined || page === '' ? 'Open the website' : `Open the ${page} page`;
}

function likeCase(found: string, right: string): string {
  const upper = /^\p{Lu}/u.test(found);
  return upper ? right.charAt(0).toUpperCase() + right.slice(1) : right;
}
