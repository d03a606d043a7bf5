import { Fault } from '../core/fault.ts';

/** Collects what is wrong with the library, so that a person sees all of it at once and not one fault a start. */
export type Problems = {
  /** `place` is `file:line:column`; `sentence` says what was expected, what came, and what to do. */
  add(place: string, sentence: string): void;
  readonly lines: readonly string[];
  /** Throws one Fault `bad_rules` that lists everything, or nothing when nothing was found. */
  refuse(): void;
};

const SHOWN = 40;

export function makeProblems(): Problems {
  const lines: string[] = [];
  return {
    lines,
    add: (place, sentence) => lines.push(`${place}: ${sentence}`),
    refuse: () => {
      if (lines.length === 0) return;
      const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
      const head = `Expected rules and personas without faults, got ${lines.length}. Mend these and start again:`;
      throw new Fault('bad_rules', [head, ...lines.slice(0, SHOWN), ...more].join('\n'));
    },
  };
}
