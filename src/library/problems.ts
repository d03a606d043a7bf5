import { Fault } from '../core/fault.ts';
import type { Witness } from '../core/lint/finding.ts';

/** What sort of fault a file has. */
export const PROBLEM_CODES = [
  'unreadable',
  'bad-shape',
  'unknown-name',
  'duplicate-id',
  'dead-source',
  'broken-example',
  'missing',
  'bad-persona',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What else is known of a fault: the rule it stands in, and facts that show it. */
export type More = {
  readonly code: ProblemCode;
  readonly rule?: string;
  readonly witness?: Witness;
};

/** One thing that is wrong, and where: `file:line:column`. */
export type Problem = More & { readonly place: string; readonly says: string };

/** Collects what is wrong with the library, so that a person sees all of it at once and not one fault a start. */
export type Problems = {
  /** `place` is `file:line:column`; `sentence` says what was expected, what came, and what to do. */
  add(place: string, sentence: string, more?: More): void;
  readonly all: readonly Problem[];
  /** All of it as `file:line:column: sentence`. */
  readonly lines: readonly string[];
  /** Throws one Fault `bad_rules` that lists everything, or nothing when nothing was found. */
  refuse(): void;
};

const SHOWN = 40;

export function makeProblems(): Problems {
  const all: Problem[] = [];
  const lines: string[] = [];
  return {
    all,
    lines,
    add: (place, says, more = { code: 'bad-persona' }) => {
      all.push({ place, says, ...more });
      lines.push(`${place}: ${says}`);
    },
    refuse: () => {
      if (lines.length === 0) return;
      const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
      const head = `Expected rules and personas without faults, got ${lines.length}. Mend these and start again:`;
      throw new Fault('bad_rules', [head, ...lines.slice(0, SHOWN), ...more].join('\n'));
    },
  };
}
