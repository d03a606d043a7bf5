import { personNames } from './person-names.ts';
import type { Found } from './person-names.ts';

/**
 * Finders of what marks private data in a text: numbers with check digits, keys, addresses. Each gives the stretches it found.
 * They are code and not patterns of a rules file, so that a check digit can be tested and no pattern can hang.
 */
export const MARKS = [
  'iban',
  'card',
  'key',
  'secret',
  'token',
  'email',
  'phone',
  'birth_date',
  'national_id',
  'ip_address',
  'people_lines',
  'person_name',
] as const;
export type Mark = (typeof MARKS)[number];

/** Finds every stretch of a sort. Linear in the length of the text. */
export function marksIn(text: string, mark: Mark): readonly Found[] {
  return FINDERS[mark](text);
}

/** What none of is without a digit, and most texts hold none. */
const OF_DIGITS: ReadonlySet<Mark> = new Set([
  'iban',
  'card',
  'token',
  'phone',
  'birth_date',
  'national_id',
  'ip_address',
  'people_lines',
]);

/** How many different stretches of each sort a text holds; sorts it does not hold are absent. */
export type MarkCounts = Readonly<Partial<Record<Mark, number>>>;

/** Counts the marks of a text; the same address twice is one. Linear in the length of the text. */
export function countMarks(text: string): MarkCounts {
  const counts: Partial<Record<Mark, number>> = {};
  const hasDigits = /\d/.test(text);
  for (const mark of MARKS) {
    if (!hasDigits && OF_DIGITS.has(mark)) continue;
    const { size } = new Set(marksIn(text, mark).map((found) => found.text));
    if (size > 0) counts[mark] = size;
  }
  return counts;
}

type Finder = (text: string) => readonly Found[];

const matching =
  (pattern: RegExp, holds: (found: string) => boolean = () => true): Finder =>
  (text) =>
    [...text.matchAll(pattern)]
      .map((match) => ({ at: match.index, text: match[0] }))
      .filter((found) => holds(found.text));

/** Tokens are long, mixed, and nobody's words: letters and digits by turns. */
function looksRandom(word: string): boolean {
  const turns = word.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  return turns >= 3;
}

/** A name in a program ("key-value-store-item") has no digits. */
function looksMixed(word: string): boolean {
  return /\d/.test(word);
}

/** Whether a value is written out; a variable, a call or a blank to fill in gives nothing away. */
function isWritten(found: string): boolean {
  const value = /(?:[:=,>]|\bis)\s*["']?(\S+)$/i.exec(found)?.[1] ?? found;
  return !/^[$<{[(]|\(|->|::/.test(value);
}

/** Forms that only a key has. */
const KEYS: readonly Finder[] = [
  matching(/-----BEGIN [A-Z ]*PRIVATE KEY-----/g),
  matching(
    /\b(?:sk|pk|rk|whsec|ghp|gho|glpat|xox[abp]|mg|key|live|SG)[-_.][\w-]{12,}/g,
    looksMixed,
  ),
  matching(/\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+(?![<{$[])\S{8,}/gi),
  matching(/\b(?:AKIA[A-Z0-9]{12,}|AIza[\w-]{20,})/g),
  matching(/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g),
];

/** Words that stand beside a password or a PIN, with a value that could be one. */
const SECRETS: readonly Finder[] = [
  matching(
    /(?:pass(?:word|wd|phrase|code|wort)?|pwd|\bpw|\bww|mdp|mot de passe|kennwort|wachtwoord|has[lł]o|secret|token|api[ _-]?key|auth[ _-]?key)["']?(?:\s*(?:[:=]|=>)\s*|['"],\s*|\s+is\s+)["']?(?=\S{0,64}[\d!#$%&*+?@^_-])\S{5,}/gi,
    isWritten,
  ),
  matching(
    /\b(?:pw|pwd|pass(?:word|wd|wort)?|kennwort|wachtwoord)\s{1,8}(?=\S{0,64}\d)(?=\S{0,64}[a-z])\S{5,}/gi,
  ),
  matching(
    /\b(?:mysql(?:dump)?|mariadb|sshpass)\b[^\n]{0,80}?\s-p\s?(?=\S{0,64}[\d!#%&*+?@^_])\S{5,}/gi,
    (found) => !/-p\s?["']?[$<{]/.test(found),
  ),
  matching(
    /\bu(?:ser)?\s?[:=]\s?\S{2,40}[\s,;]{1,4}p(?:ass|w)?\s?[:=]\s?(?=\S{0,64}[\d!#$%&*+?@^_-])\S{4,}/gi,
  ),
  matching(
    /\b(?:s?ftp|ssh|vpn|wlan|wifi|wp-admin|database|db)\b[^\n/]{0,40}\s\/\s(?=\S{0,64}[\d!#$%&*+?@^])\S{5,}/gi,
  ),
  matching(/\b(?:door|gate|alarm|safe|key ?box|entry)[ -]?code\b[^\n.]{0,40}?\b\d{4,8}\b/gi),
  matching(/\b(?:pin|passcode|code)\b\s{0,8}(?:is|:|=)?\s{0,8}\d{4,8}\b/gi),
  matching(/\b(?:admin|root|editor)\s{0,8}\/\s{0,8}(?=\S{0,64}\d)\S{5,}/gi),
  matching(
    /\b(?:log-?in|user(?:name)?|account)\b\s{0,8}(?:is|:|=)?\s{0,8}\S{2,40}\s{1,8}\/\s{0,8}(?=\S{0,64}[\d!#$%&*+?@^_-])\S{4,}/gi,
  ),
];

/** A mailbox of an office, which is nobody's own (after RFC 2142). */
const OF_A_ROLE =
  /^(?:info|hello|hi|contact|office|mail|enquir(?:y|ies)|inquir(?:y|ies)|support|help|sales|press|media|shop|orders|bookings?|tickets|webmaster|postmaster|abuse|admin|no-?reply|newsletter|team)@/i;

const mails = matching(
  /[\p{L}\p{N}_.+-]{1,64}@[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){1,8}/gu,
);
const cards = matching(/\b\d(?:[ -]?\d){12,18}\b/g, isCard);
const phones = matching(
  /(?<![\w.,/-])(?:\+\d{1,3}[ ./-]?)?(?:\(\d{1,5}\)[ ./-]?)?\d(?:[ ./-]?\d){6,13}(?![\w-]|[.,]\d)/g,
  isPhone,
);
const ipAddresses = matching(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, isIpAddress);

/**
 * The values that are taken out before work leaves the machine redacted (`redact.ts`), by the patterns of the marks. A mail
 * address of an office counts too: it is nobody's own, and yet says who the client is.
 */
export const VALUES = {
  EMAIL: mails,
  PHONE: phones,
  IBAN: ibans,
  CARD: cards,
  IP: (text) => [...ipAddresses(text), ...ipv6Addresses(text)],
} as const satisfies Readonly<Record<string, Finder>>;

const ipv6Addresses = matching(/(?<![\w:])[\da-f:]{6,39}(?![\w:])/gi, isIpv6);

const FINDERS: Readonly<Record<Mark, Finder>> = {
  iban: ibans,
  card: cards,
  key: (text) => KEYS.flatMap((find) => find(text)),
  secret: (text) => SECRETS.flatMap((find) => find(text)),
  token: matching(/(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}(?![\w/.-])/gi, looksRandom),
  email: (text) => mails(text).filter((found) => !OF_A_ROLE.test(found.text)),
  phone: phones,
  birth_date: matching(
    /\b(?:born|d\.?o\.?b\.?|date of birth|birth(?:day|date))\b[^\n]{0,20}?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/gi,
  ),
  national_id: matching(
    /\b\d{6}-\d{4}\b|\b\d{3}-\d{2}-\d{4}\b|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\bCPR\b[^\n]{0,12}\d{6}/g,
  ),
  ip_address: ipAddresses,
  people_lines: peopleLines,
  person_name: personNames,
};

const LIKE_IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g;

/** Words in capitals may follow, such as the bank's code: what is one up to one of these is one. */
function ibans(text: string): readonly Found[] {
  return [...text.matchAll(LIKE_IBAN)].flatMap((match) => {
    const [whole] = match;
    const ends = [...whole.matchAll(/ (?=[A-Z]{2})|$/g)].map((end) => end.index).reverse();
    const end = ends.find((at) => isIban(whole.slice(0, at)));
    return end === undefined ? [] : [{ at: match.index, text: whole.slice(0, end) }];
  });
}

/** ISO 13616: the first four characters moved to the end, letters as numbers, the rest by 97 is 1. */
function isIban(found: string): boolean {
  const bare = found.replaceAll(' ', '');
  if (bare.length < 15 || bare.length > 34) return false;
  let rest = 0;
  for (const char of bare.slice(4) + bare.slice(0, 4))
    for (const digit of String(Number.parseInt(char, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/**
 * ISO/IEC 7812: every second digit from the right doubled, the sum a multiple of 10 (Luhn). Networks that issue cards begin
 * with 2 to 6; what begins with 1, such as a moment in milliseconds, is none.
 */
function isCard(found: string): boolean {
  if (!/^[2-6]/.test(found)) return false;
  const digits = found.replace(/\D/g, '').split('').reverse().map(Number);
  const sum = digits.reduce((all, digit, i) => {
    const doubled = i % 2 === 0 ? digit : digit * 2;
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

/** Dates, years and prices have fewer digits or other marks; a run of one digit is a placeholder. */
function isPhone(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  if (digits.length < 8 || new Set(digits).size < 4) return false;
  if (/^\d{1,4}([./-])\d{1,2}\1\d{1,4}\b/.test(found)) return false;
  if (/^(?:(?:19|20)\d\d\b[ /-]?){2,}$/.test(found)) return false;
  return /^\+|^0|[ /]/.test(found) || (digits.length === 8 && /^\d{8}$/.test(found));
}

function isIpAddress(found: string): boolean {
  return found.split('.').every((part) => Number(part) <= 255);
}

/** RFC 4291: eight groups of up to four hex digits, or fewer with one `::`; a time of day or a colon in code is none. */
function isIpv6(found: string): boolean {
  const halves = found.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || groups.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return false;
  return halves.length === 1 ? groups.length === 8 : groups.length >= 3 && groups.length < 8;
}

const NAME =
  /^[\t *•–-]*(?:(?:Mr|Mrs|Ms|Dr|Fr|Hr|Frau|Herr)\.? )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.?)?(?: (?:van|von|de|der|la|al|bin))* \p{Lu}[\p{L}'’-]+[ ,;:\t-]/u;
const FEWEST_LINES = 2;

/** Two lines or more that begin with a first and a last name and hold a number: somebody's list of people. */
function peopleLines(text: string): readonly Found[] {
  const found: Found[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (/\d/.test(line) && NAME.test(line)) found.push({ at, text: line });
    at += line.length + 1;
  }
  return found.length >= FEWEST_LINES ? found : [];
}
