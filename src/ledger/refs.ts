import type { EntryValue } from '../core/entry.ts';
import { RULE } from './field.ts';
import type { Entry } from './read.ts';

export type Refs = { readonly rules: Set<string>; readonly texts: Set<string> };

export function addRefs(entry: Entry, { rules }: Refs): void {
  if (entry.rule !== null) rules.add(entry.rule);
  walk(entry.data, rules);
}

function walk(value: EntryValue, rules: Set<string>): void {
  if (typeof value === 'string' && RULE.fits(value)) rules.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value) as EntryValue[]) walk(one, rules);
}
