import { UNCLEAR } from './facts.ts';
import type { Judgement } from './judgement.ts';
import type { KindProgram } from './kind.ts';
import type { Lane } from './lane.ts';
import type { NanoUsd } from './money.ts';
import type { Route } from './route.ts';
import type { AskAbout, RuleRef } from './rule.ts';
import type { Trace } from './trace.ts';
import type { Gate } from './verdict.ts';

/** A lane with its price, as an entry holds it. */
export type PricedLane = { readonly lane: Lane; readonly price_nano: NanoUsd | null };

/** A lane that was not chosen; `rule` is the limit that forbids it. */
export type LostLane = PricedLane & { readonly why: string; readonly rule: RuleRef | null };

/**
 * What a route came to, as an entry holds it: closed words, numbers and references alone. The names are those of the
 * record; replay makes the same of a route it takes again.
 */
export type Decision = {
  readonly outcome: Route['is'];
  /** The rule that decided: of a lane, a question or an answer. */
  readonly rule: RuleRef;
  /** What is asked about. */
  readonly asks: AskAbout | null;
  readonly kind: string;
  readonly lane: Lane | null;
  readonly persona: string | null;
  readonly gate: Gate;
  readonly judgement: Judgement | null;
  readonly program: KindProgram | null;
  /** Whether it may start without a click, and the rule that says so. */
  readonly start: { readonly unasked: boolean; readonly rule: RuleRef } | null;
  /** First 16 hex of the rule set's hash. */
  readonly rule_set: string;
  readonly limits: readonly RuleRef[];
  readonly price_nano: NanoUsd | null;
  readonly lanes: readonly LostLane[];
  readonly offers: readonly PricedLane[];
};

/** A route as the record holds it. */
export function decisionOf(route: Route): Decision {
  const { trace } = route;
  return {
    ...(route.is === 'lane' || route.is === 'hold' ? worked(route) : unworked(route)),
    outcome: route.is,
    rule: route.rule,
    asks: route.is === 'ask' ? route.about : null,
    rule_set: trace.ruleSet,
    limits: trace.limits.map((limit) => limit.rule),
    lanes: trace.lanes.map(lost),
    offers: (trace.offers ?? []).map(({ lane, price }) => ({ lane, price_nano: price })),
  };
}

type Where = Pick<
  Decision,
  'kind' | 'lane' | 'persona' | 'gate' | 'judgement' | 'program' | 'start' | 'price_nano'
>;

function worked(route: Extract<Route, { is: 'lane' | 'hold' }>): Where {
  const { kind, lane, persona, gate, judgement, program = null, start, price } = route;
  return { kind, lane, persona, gate, judgement, program, start, price_nano: price };
}

/** What is asked about or answered is worked by nobody yet. */
function unworked({ trace }: Route): Where {
  const nobody = { lane: null, persona: null, judgement: null, program: null, start: null };
  return { ...nobody, kind: trace.facts.kind.value || UNCLEAR, gate: 'none', price_nano: null };
}

function lost({ lane, price, why }: Trace['lanes'][number]): LostLane {
  const said = typeof why === 'string';
  return {
    lane,
    price_nano: price,
    why: said ? why : 'forbidden',
    rule: said ? null : why.forbiddenBy,
  };
}
