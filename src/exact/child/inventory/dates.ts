/** A date written in a text: the last moment it can mean, and whether the sentence speaks of it as still to come. */
export type DateFound = {
  readonly words: string;
  /** Offset in the text. */
  readonly index: number;
  readonly year: number;
  /** Epoch ms of its end, UTC. */
  readonly ends: number;
  readonly announces: boolean;
  readonly sentence: string;
};

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = `(?:${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`;
const SEASON: Readonly<Record<string, number>> = {
  spring: 5,
  summer: 8,
  autumn: 11,
  fall: 11,
  winter: 12,
};
const YEAR = '((?:19|20)\\d\\d)';

const FORMS: readonly {
  readonly pattern: RegExp;
  readonly read: (found: RegExpExecArray) => number;
}[] = [
  {
    pattern: /\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b/gi,
    read: (f) => dayEnd(Number(f[1]), Number(f[2]) - 1, Number(f[3])),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(${MONTH}),?\\s+${YEAR}\\b`, 'gi'),
    read: (f) => dayEnd(Number(f[3]), monthOf(f[2]), Number(f[1])),
  },
  {
    pattern: new RegExp(`\\b(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+${YEAR}\\b`, 'gi'),
    read: (f) => dayEnd(Number(f[3]), monthOf(f[1]), Number(f[2])),
  },
  {
    pattern: new RegExp(`\\b(${MONTH})\\s+${YEAR}\\b`, 'gi'),
    read: (f) => monthEnd(Number(f[2]), monthOf(f[1]) + 1),
  },
  {
    pattern: new RegExp(`\\b(spring|summer|autumn|fall|winter)\\s+(?:of\\s+)?${YEAR}\\b`, 'gi'),
    read: (f) => monthEnd(Number(f[2]), SEASON[(f[1] ?? '').toLowerCase()] ?? 12),
  },
  { pattern: new RegExp(`\\b${YEAR}\\b`, 'gi'), read: (f) => monthEnd(Number(f[1]), 12) },
];

/** Words that speak of something to come. Looking back ("we opened in 2023") holds none of them. */
const TO_COME =
  /\b(?:opening|opens|will|starts|starting|begins|beginning|coming|upcoming|next|soon|join us|register|sign up|book (?:now|by|your)|until|deadline|launching|launches|is due|save the date)\b/i;

function monthOf(words = ''): number {
  return MONTHS.findIndex((month) => month.startsWith(words.toLowerCase().slice(0, 3)));
}

const monthEnd = (year: number, month: number): number => Date.UTC(year, month, 1) - 1;
const dayEnd = (year: number, month: number, day: number): number =>
  Date.UTC(year, month, day + 1) - 1;

/** The dates in a text, each once, longest form first: `12 September 2023` is not also `2023`. */
export function datesIn(text: string): DateFound[] {
  let rest = text;
  const found: DateFound[] = [];
  for (const { pattern, read } of FORMS) {
    for (const match of rest.matchAll(new RegExp(pattern))) {
      const ends = read(match);
      const sentence = sentenceAround(text, match.index);
      if (Number.isNaN(ends)) continue;
      found.push({
        words: match[0],
        year: new Date(ends).getUTCFullYear(),
        ends,
        announces: TO_COME.test(sentence),
        sentence,
        index: match.index,
      });
    }
    rest = rest.replace(new RegExp(pattern), (words) => ' '.repeat(words.length));
  }
  return found.sort((a, b) => a.index - b.index);
}

function sentenceAround(text: string, at: number): string {
  const start = Math.max(0, ...['. ', '! ', '? '].map((stop) => text.lastIndexOf(stop, at) + 1));
  const stops = ['. ', '! ', '? ']
    .map((stop) => text.indexOf(stop, at))
    .filter((stop) => stop !== -1);
  return text.slice(start, Math.min(text.length, ...stops) + 1).trim();
}
