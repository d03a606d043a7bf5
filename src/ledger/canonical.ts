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
 * times as fast. Throws RangeError as `canonical` does, or gives false.
 *
 * What JSON.stringify writes back as it was, with every key sorted, every number whole and no lone surrogate (which it
 * escapes), is canonical. Anything else is asked in the slow way: names like "10" are not in the order they were written.
 */
export function isCanonical(json: string, value: EntryValue): boolean {
  if (!json.includes('\\ud') && isSorted(value) && JSON.stringify(value) === json) return true;
  return canonical(value) === json;
}

/** Whether every key of every record comes after the one before it, and every number is whole. */
function isSorted(value: EntryValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return (value as readonly EntryValue[]).every(isSorted);
  const record = value as { readonly [key: string]: EntryValue };
  let last = '';
  for (const key in record) {
    if (key < last || !isSorted(record[key] ?? null)) return false;
    last = key;
  }
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
