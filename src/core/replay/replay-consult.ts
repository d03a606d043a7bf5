import { cascadeFor } from '../cascade.ts';
import { cameOf, factsNow } from '../consult.ts';
import type { Ahead } from '../consult.ts';
import type { Facts } from '../facts.ts';
import type { Lane } from '../lane.ts';
import { nanoUsd } from '../money.ts';
import { isBorneOut } from './recorded-consult.ts';
import type { ConsultOutcome, Rebuilt, RecordedConsult } from './recorded-consult.ts';
import { ruleName, ruleRef } from '../rule.ts';
import type { RuleSet } from '../rule-set.ts';
import type { LaneOffer } from '../trace.ts';

/**
 * What can come out otherwise when cascade rules are consulted again, what matters most first. `not_borne_out`: the entries
 * before it say something else than it says it was decided on.
 */
export const CONSULT_CHANGES = [
  'now_escalates',
  'no_longer_escalates',
  'escalates_elsewhere',
  'escalates_by_another_rule',
  'stays_otherwise',
  'not_borne_out',
] as const;
export type ConsultChange = (typeof CONSULT_CHANGES)[number];

/** A consulting in the record, with all it was decided on. */
export type PastConsult = {
  readonly recorded: RecordedConsult;
  /** The facts of the route it came after, and the lanes that could be had when that was decided. */
  readonly facts: Facts;
  readonly offers: readonly LaneOffer[];
  /** What the entries before it say. */
  readonly rebuilt: Rebuilt;
  /** The first 16 hex of the hash of the rule set it was decided under. */
  readonly ruleSet: string;
};

export type ReplayedConsult = {
  /** Whether it was decided under this very rule set: then whatever differs is a fault, not a change. */
  readonly sameRules: boolean;
  readonly changes: readonly ConsultChange[];
  readonly before: ConsultOutcome;
  readonly now: ConsultOutcome;
  /** Whether nobody looked at the lane the rule names now, so that it is taken to be as it was when the task was planned. */
  readonly asPlanned: boolean;
};

/** Consults the cascade rules of a set again about a past task, with no model and no word of the request. */
export function replayConsult(past: PastConsult, rules: RuleSet): ReplayedConsult {
  const { recorded, rebuilt, ruleSet } = past;
  const sameRules = rules.hash.startsWith(ruleSet);
  const before = recorded.outcome;
  const { now, asPlanned } = consultAgain(past, rules);
  const changes = [
    ...changesOf({ before, now, sameRules }),
    ...(isBorneOut(recorded, rebuilt) ? [] : (['not_borne_out'] as const)),
  ];
  return { sameRules, changes, before, now, asPlanned };
}

function consultAgain(
  { recorded, facts, offers }: PastConsult,
  rules: RuleSet,
): Pick<ReplayedConsult, 'now' | 'asPlanned'> {
  const { on, ahead: seen, outcome } = recorded;
  const cascade = cascadeFor(rules, factsNow(facts, on), on);
  if (cascade === undefined)
    return { now: { came: 'no_rule', rule: null, to: null }, asPlanned: false };
  const { to } = cascade;
  const looked = outcome.to === to ? seen : null;
  const ahead = looked ?? planned(offers, on.lane, to);
  const came = cameOf(ahead, rules.settings.unaskedUpTo);
  return { now: { came, rule: ruleRef(cascade), to }, asPlanned: looked === null };
}

/** How a lane was when the task was planned: whether it could be had, and how much more it might cost. */
function planned(offers: readonly LaneOffer[], from: Lane, to: Lane): Ahead {
  const offerOf = (lane: Lane) => offers.find((offer) => offer.lane === lane);
  const before = offerOf(from)?.price ?? null;
  const then = offerOf(to)?.price ?? null;
  const difference = before === null || then === null ? null : nanoUsd(then - before);
  return { ready: offerOf(to) !== undefined, difference };
}

type Compared = Pick<ReplayedConsult, 'before' | 'now' | 'sameRules'>;

function changesOf(compared: Compared): readonly ConsultChange[] {
  const went = compared.before.came === 'goes';
  const goes = compared.now.came === 'goes';
  if (went !== goes) return [goes ? 'now_escalates' : 'no_longer_escalates'];
  return goes ? goingOf(compared) : stayingOf(compared);
}

function goingOf({ before, now, sameRules }: Compared): readonly ConsultChange[] {
  if (before.to !== now.to) return ['escalates_elsewhere'];
  // Under other rules one whose text changed is the same rule.
  const named = (rule: string | null) => (sameRules ? rule : ruleName(rule ?? ''));
  return named(before.rule) === named(now.rule) ? [] : ['escalates_by_another_rule'];
}

/** Under other rules only what follows counts: whether an approver is asked to click. */
function stayingOf({ before, now, sameRules }: Compared): readonly ConsultChange[] {
  const alike = before.came === now.came;
  const exact = before.rule === now.rule && before.to === now.to;
  return alike && (exact || !sameRules) ? [] : ['stays_otherwise'];
}

/** Where a task is after it was consulted about. */
export function laneAfter({ came, to }: ConsultOutcome, lane: Lane): Lane {
  return came === 'goes' && to !== null ? to : lane;
}
