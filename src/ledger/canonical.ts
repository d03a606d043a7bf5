import type { EntryValue } from '../core/entry.ts';

/**
 * Canonical JSON: keys sorted by UTF-16 code units, no white space, whole numbers only, strings as JSON.stringify
 * writes them. A subset of RFC 8785 in which numbers cannot differ between writers.
 * Throws RangeError for a number that is not a safe integer and for lone surrogates.
 */
export function canonical(value: EntryValue): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return whole(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((v: EntryValue) => canonical(v)).join(',')}]`;
  const record = value as { readonly [key: string]: EntryValue };
  const keys = Object.keys(record).sort();
  return `{${keys.map((k) => `${text(k)}:${canonical(record[k] ?? null)}`).join(',')}}`;
}

/**
 * Whether `json`, of which `value` was read, is the canonical form of it: what `canonical(value) === json` says, several
 * times as fast. Expects well-formed Unicode, as a decoder of UTF-8 gives. Throws RangeError as `canonical` does, or gives
 * false.
 *
 * With its keys in order, a value can be spelled in no way that is shorter than the canonical one or as short, but for
 * numbers with an exponent: 1e3 for 1000. So a text of that length without such a number is canonical. Anything else is
 * asked in the slow way: a text with escapes is longer, and keys like "10" are not in the order they were written.
 */
export function isCanonical(json: string, value: EntryValue): boolean {
  const spelling = { length: 0, isRound: false };
  if (measure(value, spelling) && spelling.length === json.length)
    if (!spelling.isRound || !EXPONENT.test(json)) return true;
  return canonical(value) === json;
}

/** A number with a point or an exponent where a number can stand; a string that looks so costs the slow way, no more. */
const EXPONENT = /(?:^|[:[,])-?[0-9]+[.eE]/;

type Spelling = {
  /** The least characters in which what was measured can be spelled, but for exponents. */
  length: number;
  /** Whether a number ends in two zeros or more, so that an exponent could make it as short. */
  isRound: boolean;
};

/** Adds the length of a value; false when a key is out of order or a number is not whole. */
function measure(value: EntryValue, into: Spelling): boolean {
  if (typeof value === 'string') into.length += value.length + 2;
  else if (typeof value === 'number') return measureNumber(value, into);
  else if (typeof value === 'boolean') into.length += value ? 4 : 5;
  else if (value === null) into.length += 4;
  else if (Array.isArray(value)) return measureList(value as readonly EntryValue[], into);
  else return measureRecord(value as { readonly [key: string]: EntryValue }, into);
  return true;
}

function measureNumber(value: number, into: Spelling): boolean {
  if (value !== 0 && value % 100 === 0) into.isRound = true;
  into.length += value < 0 ? 1 : 0;
  let digits = 1;
  for (let rest = Math.abs(value); rest >= 10; rest /= 10) digits += 1;
  into.length += digits;
  return Number.isSafeInteger(value);
}

function measureList(list: readonly EntryValue[], into: Spelling): boolean {
  into.length += list.length === 0 ? 2 : list.length + 1;
  for (const one of list) if (!measure(one, into)) return false;
  return true;
}

function measureRecord(record: { readonly [key: string]: EntryValue }, into: Spelling): boolean {
  let last: string | undefined;
  for (const key in record) {
    if (last !== undefined && key < last) return false;
    last = key;
    // Quotes, colon and comma.
    into.length += key.length + 4;
    if (!measure(record[key] ?? null, into)) return false;
  }
  into.length += last === undefined ? 2 : 1;
  return true;
}

/** In a `u` pattern this matches only surrogates without their other half. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function text(value: string): string {
  if (LONE_SURROGATE.test(value))
    throw new RangeError('a string of an entry must be well-formed Unicode');
  return JSON.stringify(value);
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`a number of an entry must be a safe whole number, got ${value}`);
  return String(value === 0 ? 0 : value);
}
