/**
 * What stands for a value while work is outside: `{{EMAIL_1}}`, or in the name of a file, where braces may not stand,
 * `_FILE_1_` for everything before its ending.
 */

export const PLACE_KINDS = [
  'EMAIL',
  'PHONE',
  'IBAN',
  'CARD',
  'IP',
  'TERM',
  'FILE',
  'LITERAL',
] as const;
/** `TERM` is a word the client listed; `LITERAL` a text of the client's own that looks like a placeholder. */
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** One value and what stands for it. */
export type Place = { readonly kind: PlaceKind; readonly number: number; readonly value: string };

/** Which placeholder it is, without what it stands for. */
export type PlaceName = Pick<Place, 'kind' | 'number'>;

/** Every value that was taken out of the material of a task, in the order in which it was met. */
export type Mapping = readonly Place[];

/** The largest number of a placeholder. */
export const MOST_PLACES = 999_999;

const NAMES = PLACE_KINDS.join('|');

/** Exactly as they are written. */
const EXACT = new RegExp(`\\{\\{(${NAMES})_(\\d{1,6})\\}\\}|_(FILE)_(\\d{1,6})_`, 'g');

/** Whatever could be taken for one, in the material or in an answer: other braces, blanks, small letters. */
const ALIKE = `\\{{1,3}[ \\t]{0,2}(?:${NAMES})[ _-]?\\d{1,6}[ \\t]{0,2}\\}{1,3}|_FILE_\\d{1,6}_`;

/** The bare name, as a model may write it that lost the braces. Small letters are names in anybody's code. */
const BARE = `(?:${NAMES})_\\d{1,6}`;

/** What stands for a value: of a file name in a form that file names may have. */
export function placeText({ kind, number }: PlaceName): string {
  return kind === 'FILE' ? `_FILE_${number}_` : `{{${kind}_${number}}}`;
}

/** Stretches of a text that could be taken for a placeholder. */
export function placesAlike(
  text: string,
): readonly { readonly at: number; readonly text: string }[] {
  return [...text.matchAll(new RegExp(ALIKE, 'gi'))].map((m) => ({ at: m.index, text: m[0] }));
}

/** A placeholder in an answer that stands for nothing: it was made up, or written otherwise than it was given. */
export type Odd = { readonly text: string; readonly line: number };

export type Restored = { readonly text: string; readonly odd: readonly Odd[] };

/**
 * Puts the values back, in one pass: what stands in a value is never read again. What looks like a placeholder and is none
 * that was given stays as it is and is named, unless it stood so in `sent`, the text that went out. Lines count from 1.
 */
export function restore(text: string, mapping: Mapping, sent: string): Restored {
  const values = new Map(mapping.map((place) => [placeText(place), place.value]));
  // What stood so before anything was replaced is the client's own.
  const own = sent.replace(EXACT, ' ');
  const odd: Odd[] = [];
  let out = '';
  let from = 0;
  for (const match of text.matchAll(new RegExp(`${ALIKE}|${BARE}`, 'gi'))) {
    out += text.slice(from, match.index);
    from = match.index + match[0].length;
    const back = match[0].replace(EXACT, (exact) => values.get(exact) ?? exact);
    if (back === match[0] && isOdd(back, values, own))
      odd.push({ text: back, line: out.split('\n').length });
    out += back;
  }
  return { text: out + text.slice(from), odd };
}

function isOdd(found: string, values: ReadonlyMap<string, string>, own: string): boolean {
  // Small letters without braces are names in anybody's code.
  if (!/^[{_]/.test(found) && found !== found.toUpperCase()) return false;
  // A value may be the very text that stands for it.
  return values.get(found) !== found && !own.includes(found);
}

/** The different placeholders that stand in a text, each once. */
export function placesOf(text: string): readonly PlaceName[] {
  const found = new Map<string, PlaceName>();
  for (const [whole, kind, number, file, of] of text.matchAll(EXACT))
    found.set(whole, { kind: (kind ?? file) as PlaceKind, number: Number(number ?? of) });
  return [...found.values()];
}

/** Which placeholder something that reads like one means, however it is written; undefined for any other text. */
export function placeNamed(text: string): PlaceName | undefined {
  const [, kind, number] = new RegExp(`(${NAMES})[ _-]?(\\d{1,6})`, 'i').exec(text) ?? [];
  if (kind === undefined) return undefined;
  return { kind: kind.toUpperCase() as PlaceKind, number: Number(number) };
}
