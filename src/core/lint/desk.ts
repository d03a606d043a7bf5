import type { Kind } from '../kind.ts';
import type { RuleSet } from '../rule-set.ts';
import type { Region } from './diagram.ts';
import { NONE } from './diagram.ts';
import type { By, Case, Remark } from './finding.ts';
import type { Space } from './space.ts';
import type { Finder } from './witness.ts';

/** Everything on the table while rules are compared. */
export type Desk = Finder & {
  readonly space: Space;
  readonly rules: Compared;
  readonly kinds: readonly Kind[];
  /** What the files claim of lane rules and of checklists. */
  readonly cases: { readonly lanes: readonly Case[]; readonly approving: readonly Case[] };
  /** Whether a persona takes a kind of work. */
  readonly accepts: (persona: string, kind: string) => boolean;
  readonly tell: (remark: Remark) => void;
};

/** The lists that are compared. */
export type Compared = Pick<
  RuleSet,
  'limits' | 'lanes' | 'otherwise' | 'starts' | 'checklists' | 'kinds'
>;

export function anyOf({ or }: Space, regions: readonly Region[]): Region {
  return regions.reduce((all, one) => or(all, one), NONE);
}

/** `LANE-010 (33 %) and LANE-012 (less than 1 %)`. */
export function sharesOf(by: readonly By[]): string {
  return listed(by.map(({ rule, share }) => `${rule} (${percent(share)})`));
}

export function namesOf(by: readonly By[]): string {
  return listed(by.map(({ rule }) => rule));
}

/** A share in words: `33 %`. */
export function percent(share: number): string {
  if (share < 0.01) return 'less than 1 %';
  if (share > 0.99 && share < 1) return 'more than 99 %';
  return `${Math.round(100 * share)} %`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
