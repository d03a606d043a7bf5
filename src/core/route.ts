import type { Lane } from './lane.ts';
import type { Judgement, KindProgram } from './kind.ts';
import type { NanoUsd } from './money.ts';
import type { AskAbout, RuleRef } from './rule.ts';
import type { Trace } from './trace.ts';
import type { Gate } from './verdict.ts';

/** A lane that can be had now, with the worst price of this task there; `null` when nobody priced it. */
export type LaneOffer = { readonly lane: Lane; readonly price: NanoUsd | null };

/** Where a task goes: everything a plan card and a start need. */
export type Placement = {
  readonly kind: string;
  readonly lane: Lane;
  readonly persona: string;
  readonly gate: Gate;
  readonly judgement: Judgement;
  /** On the tool lane: the exact program. */
  readonly program?: KindProgram;
  readonly price: NanoUsd | null;
  /** The lane rule that won. */
  readonly rule: RuleRef;
  /** Whether it may start without a click, and the rule that says so. */
  readonly start: { readonly unasked: boolean; readonly rule: RuleRef };
  readonly trace: Trace;
};

/**
 * What the rules decide for one task: a lane; a lane that cannot be had now (`hold`); a question; or an answer
 * without a task, for what only a person does, nobody here does, or is plain talk.
 */
export type Route =
  | ({ readonly is: 'lane' } & Placement)
  | ({ readonly is: 'hold'; readonly holdRule: RuleRef } & Placement)
  | {
      readonly is: 'ask';
      readonly about: AskAbout;
      /** The question in words, from the rule that asks. */
      readonly question: string;
      /** What forced the question: a limit, the `otherwise`, or the asking rule itself. */
      readonly rule: RuleRef;
      readonly trace: Trace;
    }
  | {
      readonly is: 'answer';
      readonly kind: string;
      readonly says: string;
      readonly rule: RuleRef;
      readonly trace: Trace;
    };
