import type { Level } from '../../../core/verdict.ts';
import type { Raw } from '../finding.ts';
import { CRITERIA } from './criteria.ts';

/** How the report names a level. */
export const LEVEL_WORD: Readonly<Record<Level, string>> = {
  error: 'Failure',
  warn: 'Warning',
  undecided: 'Needs a human look',
  note: 'Note',
};

/** Why the failed criterion matters to people; undefined for advice beyond WCAG. */
export function mattersOf(raw: Raw): string | undefined {
  const id = /^WCAG (\d\.\d\.\d+)/.exec(raw.source)?.[1];
  return id === undefined ? undefined : CRITERIA[id]?.matters;
}

export const HOW_MADE =
  'Each page was read as it would stand without scripts: Alfa on a locked document, html-validate and a few rules of our own, with the given style sheets put in. What two engines say of the same tag under the same criterion is listed once.';
