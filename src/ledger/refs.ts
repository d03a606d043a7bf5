import type { EntryValue } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { Field, Fields } from './field.ts';
import { FIELDS } from './fields.ts';
import type { Entry } from './read.ts';

/** What entries refer to outside the record: rules by reference, texts by the SHA-256 of all their bytes. */
export type Refs = { readonly rules: Set<string>; readonly texts: Set<string> };

type Take = (value: EntryValue | undefined, into: Set<string>) => void;

/** The rules named in the data of each type that can name any. */
const RULES_IN: ReadonlyMap<string, Take> = new Map(
  Object.entries(FIELDS).flatMap(([type, fields]) => {
    const take = fromRecord(fields);
    return take === undefined ? [] : [[type, take]];
  }),
);

/** Fields that hold the hash of a text which is kept for ever. */
const TEXTS_IN: ReadonlyMap<EntryType, readonly string[]> = new Map<EntryType, readonly string[]>([
  ['rule.published', ['sha256']],
  ['persona.published', ['sha256']],
  ['persona.accepted', ['sha256']],
  ['price.published', ['sha256']],
  ['attempt.ended', ['price_sha256', 'ratios']],
  ['seat.closed', ['terms_sha256']],
  ['rules.accepted', ['diff_sha256']],
]);

/** Adds what an entry refers to. */
export function addRefs(entry: Entry, { rules, texts }: Refs): void {
  if (entry.rule !== null) rules.add(entry.rule);
  RULES_IN.get(entry.type)?.(entry.data, rules);
  for (const field of TEXTS_IN.get(entry.type) ?? [])
    for (const hash of [entry.data[field]].flat()) if (typeof hash === 'string') texts.add(hash);
}

function fromField(field: Field): Take | undefined {
  if (field.is === 'rule') return addText;
  if (field.is === 'list' && field.of !== undefined) return fromList(field.of);
  return field.inside === undefined ? undefined : fromRecord(field.inside);
}

function addText(value: EntryValue | undefined, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
}

function fromList(of: Field): Take | undefined {
  const each = fromField(of);
  if (each === undefined) return undefined;
  return (value, into) => {
    if (Array.isArray(value)) for (const one of value as readonly EntryValue[]) each(one, into);
  };
}

function fromRecord(fields: Fields): Take | undefined {
  const takes = Object.entries(fields).flatMap(([name, field]) => {
    const take = fromField(field);
    return take === undefined ? [] : [{ name, take }];
  });
  if (takes.length === 0) return undefined;
  return (value, into) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const record = value as { readonly [key: string]: EntryValue };
    for (const { name, take } of takes) take(record[name], into);
  };
}
