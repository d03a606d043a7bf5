import type { FactName, Sourced } from './facts.ts';
import { FACT_NAMES } from './facts.ts';
import { usd } from './money.ts';
import type { RuleRef } from './rule.ts';
import type { Failed, Losing, Trace, Tried } from './trace.ts';

const OPERATOR_WORDS = {
  is: 'to be',
  in: 'to be one of',
  not_in: 'to be none of',
  at_least: 'to be at least',
  at_most: 'to be at most',
} as const satisfies Record<Failed['operator'], string>;

const FACT_WORDS = {
  kind: 'kind of work',
  judgement: 'judgement it takes',
  sensitivity: 'sensitivity',
  consequence: 'consequence',
  suspected: 'suspected sensitivity',
  words: 'words',
  pasted: 'words brought along',
  files: 'files',
  fileTypes: 'file types',
  confidence: 'confidence',
  lane: 'named lane',
  persona: 'named persona',
  rounds: 'times sent back',
  cloud: 'cloud answer',
  follows: 'what it waits for',
  promised: 'spoken of and not there',
  asker: 'who asks',
} as const satisfies Record<FactName, string>;

const ORIGIN_WORDS = {
  person: 'a person said so',
  setting: 'a setting',
  cue: 'words of the request',
  examples: 'it reads like our examples of it',
  default: 'nothing said otherwise',
} as const;

type Texts = ReadonlyMap<string, string>;

/**
 * Tells a stored trace in plain sentences, one a line, for `/aios why` and the Why button.
 * `texts` maps the SHA-256 hex of a rule text to that text as it stood when the decision fell.
 */
export function whyInWords(trace: Trace, texts: Texts): string {
  return [
    `Decided by ${shortRef(trace.winner)}: ${trace.title}.`,
    ...ruleText(trace.winner, texts),
    'What was known:',
    ...factLines(trace.facts),
    ...limitLines(trace, texts),
    ...triedLines(trace.tried),
    ...laneLines(trace.lanes),
    `Rule set ${trace.ruleSet}; full name of the rule: ${trace.winner}.`,
  ].join('\n');
}

/** `LANE-010 (lanes.yaml)`: how a rule is named to a person. */
export function shortRef(ref: RuleRef): string {
  const [file = '', rest = ''] = ref.split('#');
  return `${rest.split('@')[0] ?? ''} (${file})`;
}

/** The text of a rule as it stood, indented; one honest line when it was not kept. */
function ruleText(ref: RuleRef, texts: Texts): string[] {
  const hash = ref.slice(ref.indexOf('@') + 1);
  const text = [...texts].find(([full]) => full.startsWith(hash))?.[1];
  if (text === undefined) return ['  (its text is not at hand here)'];
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}

function factLines(facts: Sourced): string[] {
  return FACT_NAMES.flatMap((name) => {
    const fact = facts[name];
    if (fact === undefined) return [];
    const because = fact.because === undefined ? '' : `: ${fact.because}`;
    return [`- ${FACT_WORDS[name]}: ${show(fact.value)} (${ORIGIN_WORDS[fact.from]}${because})`];
  });
}

function limitLines(trace: Trace, texts: Texts): string[] {
  if (trace.limits.length === 0) return ['No limit applied.'];
  return trace.limits.flatMap((limit) => {
    const forbids = limit.forbid.length === 0 ? '' : `; no ${limit.forbid.join(', no ')} lane`;
    const asks = limit.ask === undefined ? '' : `; asks about ${limit.ask}`;
    const line = `Limit ${shortRef(limit.rule)} applied: ${limit.title}${forbids}${asks}.`;
    return limit.rule === trace.winner ? [line] : [line, ...ruleText(limit.rule, texts)];
  });
}

function triedLines(tried: readonly Tried[]): string[] {
  if (tried.length === 0) return [];
  return [
    'Rules before it, and why they did not decide:',
    ...tried.map((t) => `- ${triedWords(t)}`),
  ];
}

function triedWords(tried: Tried): string {
  const name = shortRef(tried.rule);
  if ('forbiddenBy' in tried)
    return `${name} matched, but ${shortRef(tried.forbiddenBy)} forbids its lane.`;
  if ('noProgram' in tried) return `${name} matched, but no exact program does this kind of work.`;
  const { field, operator, wanted, got } = tried.failed;
  const was = got === null ? 'there was none' : `it was ${show(got)}`;
  return `${name} wanted the ${FACT_WORDS[field]} ${OPERATOR_WORDS[operator]} ${show(wanted)}; ${was}.`;
}

function laneLines(lanes: readonly Losing[]): string[] {
  return lanes.map(({ lane, price, why }) => {
    const cost = price === null ? 'no price' : `at most ${usd(price)}`;
    return `Not on ${lane} (${cost}): ${laneWords(why)}.`;
  });
}

function laneWords(why: Losing['why']): string {
  if (typeof why === 'object') return `${shortRef(why.forbiddenBy)} forbids it`;
  if (why === 'no_program') return 'no exact program does this kind of work';
  return why === 'not_offered'
    ? 'it was not set up or not reachable'
    : 'another rule decided first';
}

function show(value: string | number | readonly string[]): string {
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}
