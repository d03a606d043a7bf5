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
