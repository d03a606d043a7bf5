import type { AskAbout, RuleRef } from '../../core/rule.ts';
import type { Consequence, Facts, FactName, Sourced } from '../../core/facts.ts';
import { FACT_NAMES, UNCLEAR } from '../../core/facts.ts';
import type { Kind, KindSort } from '../../core/kind.ts';
import type { Lane } from '../../core/lane.ts';
import { HUMAN } from '../../core/persona.ts';
import type { KindCandidate } from '../../core/read-kind.ts';
import { personaFor } from '../../core/route.ts';
import { refOf } from '../../core/rule-set.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import type { Piece } from '../../core/split/split.ts';
import { saidTogether, split } from '../../core/split/split.ts';
import type { Gate } from '../../core/verdict.ts';
import type { AheadFile } from './brought.ts';
import type { Decided, Deciding } from './piece.ts';
import { decideInTurn } from './put-pieces.ts';
import type { Under, Wanted } from './put-pieces.ts';
import { questionOf } from './put-task.ts';

/** A request that is only tried out: its words, the names of its files, and the settings it would meet. */
export type Trial = Under & {
  readonly text: string;
  readonly files: readonly string[];
};

/** One piece as it would stand on the plan card. While it is asked about it has no lane, gate or rule of a lane. */
export type DryTask = {
  readonly text: string;
  readonly files: readonly string[];
  /** The number, from 1, of the piece it comes after. */
  readonly after: number | null;
  readonly kind: string;
  /** Who would do it; while the kind is asked about, who is likeliest to. */
  readonly persona: string | null;
  readonly lane: Lane | null;
  readonly gate: Gate | null;
  readonly rule: RuleRef;
  /** 0 to 100. */
  readonly confidence: number;
  /** Ids of the likeliest personas, best first, each once. */
  readonly candidates: readonly string[];
  readonly sensitive: boolean;
  readonly consequence: Consequence;
  /** Where each fact came from, and the words or the setting that caused it. */
  readonly sources: Readonly<Partial<Record<FactName, string>>>;
  /** What would be asked before anything is done. */
  readonly asks: { readonly about: AskAbout; readonly question: string } | null;
};

/** A piece that makes no task, and the sentence that answers it. */
export type DryAnswer = {
  readonly text: string;
  readonly kind: string;
  readonly sort: Exclude<KindSort, 'work'>;
  readonly says: string;
  readonly rule: RuleRef;
};

/** What a request would become. */
export type DryPlan = {
  readonly tasks: readonly DryTask[];
  readonly answers: readonly DryAnswer[];
  /** Words that were not taken for work. */
  readonly context: readonly string[];
};

/**
 * What a request would become: split, read and decided by the very functions of a live one, and nothing is written or
 * asked. Deterministic under one rule set.
 */
export function planDry(world: Deciding, trial: Trial): DryPlan {
  const { rules } = world.library;
  const parts = split(trial.text, trial.files, rules);
  const beside = saidTogether(parts);
  const decided = decideInTurn(world, {
    ...trial,
    pieces: parts.pieces.map((piece) => ({ ...wantedOf(piece), beside })),
    first: 1,
    around: parts.context.join('\n'),
  });
  const pieces = parts.pieces.flatMap((piece, i) => {
    const one = decided[i];
    return one === undefined ? [] : [{ piece, decided: one.decided }];
  });
  const tasks = pieces.filter((one) => one.decided.route.is !== 'answer');
  return {
    tasks: tasks.map((one) => taskOf(rules, one, parts.unsure)),
    answers: pieces.flatMap((one) => answerOf(rules, one.piece, one.decided)),
    context: parts.context,
  };
}

function wantedOf({ text, files, after }: Piece): Wanted<AheadFile> {
  const named = files.map((name) => ({ name, size: 0 }));
  return { text, files: named, fileWords: 0, after: after ?? null };
}

function answerOf(rules: RuleSet, { text }: Piece, { route }: Decided): readonly DryAnswer[] {
  const kind = route.is === 'answer' ? rules.kinds.get(route.kind) : undefined;
  if (route.is !== 'answer' || kind === undefined || kind.sort === 'work') return [];
  return [{ text, kind: route.kind, sort: kind.sort, says: route.says, rule: route.rule }];
}

type Read = { readonly piece: Piece; readonly decided: Decided };

function taskOf(rules: RuleSet, { piece, decided }: Read, unsure: string | undefined): DryTask {
  const { route, facts } = decided;
  const asks = asksOf(rules, decided, unsure);
  return {
    text: piece.text,
    files: piece.files,
    after: piece.after === undefined ? null : piece.after + 1,
    kind: facts.kind,
    ...placeOf(decided, asks !== null),
    rule: unsure === undefined ? route.rule : refOf(rules, 'ASK-PIECES'),
    confidence: facts.confidence,
    ...doersOf(rules, decided),
    sensitive: facts.sensitivity === 'confidential',
    consequence: facts.consequence,
    sources: sourcesOf(route.trace.facts),
    asks,
  };
}

/** While something is asked it stands nowhere. */
function placeOf({ route }: Decided, isAsked: boolean): Pick<DryTask, 'lane' | 'gate'> {
  const isPlaced = !isAsked && (route.is === 'lane' || route.is === 'hold');
  return isPlaced ? { lane: route.lane, gate: route.gate } : { lane: null, gate: null };
}

/** Who would do it, before those who are likeliest by the words. */
function doersOf(rules: RuleSet, decided: Decided): Pick<DryTask, 'persona' | 'candidates'> {
  const { route } = decided;
  const chosen = route.is === 'lane' || route.is === 'hold' ? [route.persona] : [];
  const likely = [...new Set([...chosen, ...candidatesOf(rules, decided)])];
  return { persona: likely[0] ?? null, candidates: likely.slice(0, MOST_CANDIDATES) };
}

function asksOf(rules: RuleSet, { route }: Decided, unsure: string | undefined): DryTask['asks'] {
  if (unsure !== undefined)
    return { about: 'pieces', question: `${questionOf(rules, 'ASK-PIECES')} (${unsure})` };
  return route.is === 'ask' ? { about: route.about, question: route.question } : null;
}

const MOST_CANDIDATES = 3;

/** The personas of the likeliest kinds; a kind that only a person does stands as `human`. */
function candidatesOf(rules: RuleSet, { candidates, facts }: Decided): readonly string[] {
  const first = facts.kind === UNCLEAR ? [] : [facts.kind];
  const kinds = [...first, ...candidates.map(({ kind }: KindCandidate) => kind)];
  const doers = kinds.flatMap((id) => doerOf(rules.kinds.get(id), facts));
  return [...new Set(doers)].slice(0, MOST_CANDIDATES);
}

function doerOf(kind: Kind | undefined, facts: Facts): readonly string[] {
  if (kind?.sort === 'work') return [personaFor(kind, facts)];
  return kind?.sort === 'human' ? [HUMAN] : [];
}

function sourcesOf(facts: Sourced): DryTask['sources'] {
  const pairs = FACT_NAMES.flatMap((name) => {
    const fact = facts[name];
    if (fact === undefined) return [];
    return [[name, fact.because === undefined ? fact.from : `${fact.from}: ${fact.because}`]];
  });
  return Object.fromEntries(pairs) as DryTask['sources'];
}
