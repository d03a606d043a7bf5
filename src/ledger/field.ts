import type { EntryValue } from '../core/entry.ts';
import { isTechnicalName } from '../core/technical-name.ts';

/**
 * What one field of an entry may hold. The vocabulary has no free text: whatever is not an id, a hash, a number, a
 * technical name or one of a closed list of words cannot be written down.
 */
export type Field = {
  readonly is: Sort;
  /** For the docs and for errors: `a UUID`, `one of ok, failed`. */
  readonly says: string;
  readonly fits: (value: EntryValue) => boolean;
  /** Whether it may be left out; null is a value of its own and is allowed by `orNull` alone. */
  readonly optional?: true;
  readonly nullable?: true;
  /** The words of `word`. */
  readonly words?: readonly string[];
  /** What each item of a `list` is. */
  readonly of?: Field;
  /** The fields of a `record`. */
  readonly inside?: Fields;
};
type Sort =
  | 'id'
  | 'hash'
  | 'short_hash'
  | 'rule'
  | 'week'
  | 'month'
  | 'name'
  | 'whole'
  | 'signed'
  | 'yes_no'
  | 'word'
  | 'list'
  | 'record';
export type Fields = { readonly [name: string]: Field };

type Plain = { readonly [key: string]: EntryValue };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const REF = /^[\w./-]{1,80}#[\w.-]{1,80}@[0-9a-f]{16,64}$/;

const fitting =
  (pattern: RegExp): Field['fits'] =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

export const ID: Field = { is: 'id', says: 'a UUID', fits: fitting(UUID) };
export const HASH: Field = {
  is: 'hash',
  says: 'a SHA-256 in hex',
  fits: fitting(/^[0-9a-f]{64}$/),
};
/** As rule sets are named in traces. */
export const SHORT_HASH: Field = {
  is: 'short_hash',
  says: 'the first 16 hex of a SHA-256',
  fits: fitting(/^[0-9a-f]{16}$/),
};
export const RULE: Field = { is: 'rule', says: 'a rule as file#id@hash', fits: fitting(REF) };
export const WEEK: Field = {
  is: 'week',
  says: 'a week such as 2026-W47',
  fits: fitting(/^[12][0-9]{3}-W[0-5][0-9]$/),
};
export const MONTH: Field = {
  is: 'month',
  says: 'a month such as 2026-11',
  fits: fitting(/^[12][0-9]{3}-(?:0[1-9]|1[0-2])$/),
};
export const NAME: Field = {
  is: 'name',
  says: 'a technical name without spaces',
  fits: (value) => typeof value === 'string' && isTechnicalName(value),
};
export const SIGNED: Field = {
  is: 'signed',
  says: 'a whole number',
  fits: (v) => Number.isSafeInteger(v),
};
export const WHOLE: Field = {
  is: 'whole',
  says: 'a whole number of at least 0',
  fits: (v) => Number.isSafeInteger(v) && (v as number) >= 0,
};
export const MOMENT: Field = { ...WHOLE, says: 'epoch milliseconds' };
export const YES_NO: Field = {
  is: 'yes_no',
  says: 'true or false',
  fits: (v) => typeof v === 'boolean',
};

/** One of a closed list of words. */
export function oneOf(words: readonly string[]): Field {
  return {
    is: 'word',
    words,
    says: `one of ${words.join(', ')}`,
    fits: (value) => typeof value === 'string' && words.includes(value),
  };
}

export function orNull(field: Field): Field {
  return {
    ...field,
    nullable: true,
    says: `${field.says}, or null`,
    fits: (value) => value === null || field.fits(value),
  };
}

export function optional(field: Field): Field {
  return { ...field, optional: true };
}

/** The same fields, each of which may be left out. */
export const each = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)]));

/** A list of at most 1,000 of the same. */
export function listOf(field: Field): Field {
  return {
    is: 'list',
    of: field,
    says: `a list, each ${field.says}`,
    fits: (value) => Array.isArray(value) && value.length <= 1_000 && value.every(field.fits),
  };
}

export function recordOf(fields: Fields): Field {
  return {
    is: 'record',
    says: `a record of ${Object.keys(fields).join(', ')}`,
    fits: (value) => isPlain(value) && allFit(fields, value),
    inside: fields,
  };
}

/** A body as an entry names it: its id, its keyed hash and its length; never its text. */
export const BODY = recordOf({ id: ID, hmac_sha256: HASH, bytes: WHOLE });

/** What came due in quiet hours and waited for their end: when, and the rule that put it off. */
export const POSTPONED = optional(recordOf({ due: MOMENT, rule: RULE }));

/** The first field that is missing, unknown or does not fit, as a sentence: expected, got; undefined when all fit. */
export function unfit(fields: Fields, record: Plain): string | undefined {
  if (allFit(fields, record)) return undefined;
  const unknown = Object.keys(record).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return `expected no field ${unknown}, got one`;
  for (const [name, field] of Object.entries(fields)) {
    const value = record[name];
    if (value === undefined && field.optional === true) continue;
    if (value === undefined) return `expected ${name}: ${field.says}, got nothing`;
    if (!field.fits(value)) return `expected ${name}: ${field.says}, got ${kindOf(value)}`;
  }
  return undefined;
}

/** The fields as a list, once for each table: verification asks a million times. */
const LISTS = new WeakMap<Fields, readonly (readonly [string, Field])[]>();

/** Whether every field that must be there is, fits, and no other is. */
export function allFit(fields: Fields, record: Plain): boolean {
  const list = LISTS.get(fields) ?? Object.entries(fields);
  LISTS.set(fields, list);
  let fitting = 0;
  for (const [name, field] of list) {
    const value = record[name];
    if (value === undefined && field.optional === true) continue;
    if (value === undefined || !field.fits(value)) return false;
    fitting += 1;
  }
  return fitting === Object.keys(record).length;
}

/** What came instead, never the value itself: it may be somebody's words. */
function kindOf(value: EntryValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `another text of ${value.length} characters`;
  return typeof value === 'number' ? `the number ${value}` : `another ${typeof value}`;
}

function isPlain(value: EntryValue): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
