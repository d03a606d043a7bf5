import type { EntryValue } from '../core/entry.ts';
import { isTechnicalName } from '../core/technical-name.ts';

/** A value of an entry as a finding may say it: never words, should somebody have put some there. */
export function said(value: EntryValue | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && isTechnicalName(value) ? value : 'something else';
}
