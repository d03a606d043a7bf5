import type { Facts, Sourced } from './facts.ts';
import { plainFacts } from './facts.ts';
import type { Judgement } from './judgement.ts';
import type { KindProgram, OtherKind, WorkKind } from './kind.ts';
import { missing } from './kind.ts';
import type { Lane } from './lane.ts';
import { LANES } from './lane.ts';
import { failedBy, firstFailing, holds } from './match.ts';
import type { NanoUsd } from './money.ts';
import { readyOf } from './ready.ts';
import type { Ready, ReadyLimit, ReadyRules } from './ready.ts';
import type { AskAbout, LaneRule, Rule, RuleRef } from './rule.ts';
import { ruleRef } from './rule.ts';
import type { NamedRule, RuleSet } from './rule-set.ts';
import { refOf, ruleById } from './rule-set.ts';
import type { LaneOffer, Losing, Trace, Tried } from './trace.ts';
import type { Gate } from './verdict.ts';

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

/** Everything on the desk while one task is decided. */
type Desk = {
  readonly facts: Sourced;
  readonly plain: Facts;
  readonly rules: RuleSet;
  readonly ready: ReadyRules;
  /** The limits that apply. */
  readonly limits: readonly ReadyLimit[];
  readonly offers: readonly LaneOffer[];
};

type Found<R extends Rule> = { readonly rule: R; readonly tried: readonly Tried[] };

/**
 * Decides one task: limits first, then the lane rules in order, `otherwise` to ask. Pure: replay calls it with the
 * recorded facts. Limits can do nothing but take lanes away or force a question.
 */
export function route(given: Sourced, rules: RuleSet, offers: readonly LaneOffer[]): Route {
  const facts = judged(given, rules);
  const plain = plainFacts(facts);
  const ready = readyOf(rules);
  const limits = ready.limits.filter(({ checks }) => firstFailing(checks, plain) === undefined);
  const desk: Desk = { facts, plain, rules, ready, limits, offers };

  const forced = limits.find(({ rule }) => rule.ask !== undefined && rule.forbid.length === 0);
  if (forced?.rule.ask !== undefined)
    return asked(desk, forced.rule.ask, { rule: forced.rule, tried: [] });
  const kind = rules.kinds.get(plain.kind);
  if (kind === undefined) return asked(desk, 'kind', { rule: rules.otherwise, tried: [] });
  if (kind.sort !== 'work') return answered(desk, kind);
  const needed = missing(kind, plain);
  if (needed !== undefined)
    return asked(desk, needed, { rule: ruleById(rules, 'ASK-FILES'), tried: [] });
  return byLaneRules(desk, kind);
}

/** The facts with the judgement that the rules in force say the kind takes: whatever was recorded of other rules gives way. */
function judged({ judgement: _earlier, ...facts }: Sourced, { kinds }: RuleSet): Sourced {
  const kind = kinds.get(facts.kind.value);
  if (kind?.sort !== 'work') return facts;
  return {
    ...facts,
    judgement: { value: kind.judgement, from: 'default', because: `kind ${kind.id}` },
  };
}

/** Goes through the lane rules until one matches and nothing forbids its lane. */
function byLaneRules(desk: Desk, kind: WorkKind): Route {
  const tried: Tried[] = [];
  for (const one of desk.ready.lanes) {
    const failing = firstFailing(one.checks, desk.plain);
    if (failing !== undefined) {
      tried.push({ rule: one.ref, failed: failedBy(failing, desk.plain) });
      continue;
    }
    const outcome = matched(desk, kind, one);
    if (outcome.is === 'wins') return placed(desk, kind, { rule: one.rule, tried });
    if (outcome.is === 'asks') return asked(desk, outcome.about, { rule: outcome.limit, tried });
    tried.push(outcome.tried);
  }
  return asked(desk, 'lane', { rule: desk.rules.otherwise, tried });
}

type Outcome =
  | { readonly is: 'wins' }
  | { readonly is: 'asks'; readonly about: AskAbout; readonly limit: Rule }
  | { readonly is: 'loses'; readonly tried: Tried };

/** A rule whose conditions all hold wins, unless no program does the work or a limit closes its lane. */
function matched(desk: Desk, kind: WorkKind, { rule, ref }: Ready<LaneRule>): Outcome {
  if (rule.lane === 'tool' && kind.program === undefined)
    return { is: 'loses', tried: { rule: ref, noProgram: true } };
  const limit = forbidder(desk.limits, rule.lane);
  if (limit === undefined) return { is: 'wins' };
  const { ask } = limit.rule;
  if (ask !== undefined) return { is: 'asks', about: ask, limit: limit.rule };
  return { is: 'loses', tried: { rule: ref, forbiddenBy: limit.ref } };
}

/** The limit that closes a lane. One that plainly forbids goes before one that asks: no answer would open the lane. */
function forbidder(limits: readonly ReadyLimit[], lane: Lane): ReadyLimit | undefined {
  const all = limits.filter(({ rule }) => rule.forbid.includes(lane));
  return all.find(({ rule }) => rule.ask === undefined) ?? all[0];
}

function placed(desk: Desk, kind: WorkKind, found: Found<LaneRule>): Route {
  const { rule } = found;
  const { plain, rules } = desk;
  const offer = desk.offers.find((o) => o.lane === rule.lane);
  const placement: Placement = {
    kind: kind.id,
    lane: rule.lane,
    persona: plain.persona ?? rule.persona ?? personaFor(kind, plain),
    gate: rule.gate ?? kind.gate,
    judgement: kind.judgement,
    ...(rule.lane === 'tool' && kind.program !== undefined ? { program: kind.program } : {}),
    price: offer?.price ?? null,
    rule: ruleRef(rule),
    start: startOf(desk, rule.lane),
    trace: traceOf(desk, found, losers(desk, kind, rule.lane)),
  };
  if (offer !== undefined) return { is: 'lane', ...placement };
  return { is: 'hold', holdRule: refOf(rules, 'HOLD-LANE-OFF'), ...placement };
}

/** The kind's own persona, or its second where the facts select that one. */
export function personaFor({ persona, second }: WorkKind, facts: Facts): string {
  return second !== undefined && holds(second.when, facts) ? second.persona : persona;
}

/** The first start rule in force that speaks of this lane; a click is needed where none does. */
function startOf(desk: Desk, lane: Lane): Placement['start'] {
  const found = desk.ready.starts.find(
    ({ rule, checks }) =>
      rule.lanes.includes(lane) && firstFailing(checks, desk.plain) === undefined,
  );
  if (found === undefined) return { unasked: false, rule: refOf(desk.rules, 'START-CLICK') };
  return { unasked: found.rule.unasked, rule: found.ref };
}

function losers(desk: Desk, kind: WorkKind, winner: Lane): readonly Losing[] {
  return LANES.filter((lane) => lane !== winner).map((lane) => {
    const offer = desk.offers.find((o) => o.lane === lane);
    return { lane, price: offer?.price ?? null, why: whyNot(desk, kind, lane) };
  });
}

function whyNot(desk: Desk, kind: WorkKind, lane: Lane): Losing['why'] {
  const limit = forbidder(desk.limits, lane);
  if (limit !== undefined) return { forbiddenBy: limit.ref };
  if (lane === 'tool' && kind.program === undefined) return 'no_program';
  return desk.offers.some((o) => o.lane === lane) ? 'another_rule' : 'not_offered';
}

function asked(desk: Desk, about: AskAbout, found: Found<Rule>): Route {
  const plain = desk.rules.asks.get(about)?.question ?? found.rule.title;
  const question = about === 'demands' ? `${plain}${readAs(desk.facts)}` : plain;
  return { is: 'ask', about, question, rule: ruleRef(found.rule), trace: traceOf(desk, found, []) };
}

/** Who is asked which of two demands counts is told which two were found. */
function readAs({ opposed }: Sourced): string {
  return opposed?.because === undefined ? '' : ` (I read: ${opposed.because})`;
}

const ANSWERS = {
  human: 'ANSWER-HUMAN',
  nobody: 'ANSWER-NOBODY',
  talk: 'ANSWER-TALK',
} as const satisfies Record<OtherKind['sort'], NamedRule>;

function answered(desk: Desk, kind: OtherKind): Route {
  const rule = ruleById(desk.rules, ANSWERS[kind.sort]);
  const trace = traceOf(desk, { rule, tried: [] }, []);
  return { is: 'answer', kind: kind.id, says: kind.answer, rule: ruleRef(rule), trace };
}

function traceOf(desk: Desk, found: Found<Rule>, lanes: readonly Losing[]): Trace {
  return {
    version: 2,
    ruleSet: desk.rules.hash.slice(0, 16),
    facts: desk.facts,
    limits: desk.limits.map(({ applied }) => applied),
    tried: found.tried,
    winner: ruleRef(found.rule),
    title: found.rule.title,
    lanes,
    offers: desk.offers,
  };
}
