import { usd } from './money.ts';
import type { NanoUsd } from './money.ts';
import { ruleId, textBehind } from './rule-text.ts';
import type { RuleTexts } from './rule-text.ts';
import type { RuleRef } from './rule.ts';
import type { Applied, Failed, Losing, Trace, Tried } from './trace.ts';
import { factLines, FACT_WORDS } from './why-facts.ts';

const OPERATOR_WORDS = {
  is: 'to be',
  in: 'to be one of',
  not_in: 'to be none of',
  at_least: 'to be at least',
  at_most: 'to be at most',
} as const satisfies Record<Failed['operator'], string>;

/** So many earlier rules are told; who wants all of them reads the trace. */
const TOLD = 20;

/**
 * Tells a stored trace in plain sentences, one a line, what matters most first. `texts` maps the SHA-256 hex of a rule
 * text to that text as it stood when the decision fell.
 */
export function whyInWords(trace: Trace, texts: RuleTexts): string {
  return [
    `${ruleId(trace.winner)} decided: ${sentence(trace.title)} The rule as it stood then:`,
    ...ruleText(trace.winner, texts),
    'It went by:',
    ...factLines(trace.facts),
    ...limitLines(trace, texts),
    ...laneLines(trace.lanes),
    ...triedLines(trace.tried),
  ].join('\n');
}

/** `LANE-010 (lanes.yaml)`: how a rule is named where only its place is known. */
export function shortRef(ref: RuleRef): string {
  const [file = ''] = ref.split('#');
  return `${ruleId(ref)} (${file})`;
}

/** A title as a sentence. */
function sentence(title: string): string {
  return /[.!?]$/.test(title) ? title : `${title}.`;
}

/** The text of a rule as it stood, indented; one honest line when it was not kept. */
function ruleText(ref: RuleRef, texts: RuleTexts): string[] {
  const text = textBehind(ref, texts);
  if (text === undefined) return ['    (its text is not at hand here)'];
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
}

function limitLines({ limits, winner }: Trace, texts: RuleTexts): string[] {
  if (limits.length === 0) return ['No limit applied.'];
  return limits.flatMap((limit) => {
    const line = `Limit ${ruleId(limit.rule)} applied: ${sentence(limit.title)}${does(limit)}`;
    return limit.rule === winner ? [line] : [line, ...ruleText(limit.rule, texts)];
  });
}

function does({ forbid, ask }: Applied): string {
  const forbids = forbid.length === 0 ? '' : ` It closes the ${forbid.join(' and ')} lane.`;
  return ask === undefined ? forbids : `${forbids} It asks about ${ask}.`;
}

function laneLines(lanes: readonly Losing[]): string[] {
  return lanes.map(({ lane, price, why }) => {
    return `Not on the ${lane} lane${costWords(price)}: ${laneWords(why)}.`;
  });
}

function costWords(price: NanoUsd | null): string {
  if (price === null) return '';
  return price === 0 ? ' (free)' : ` (at most ${usd(price)})`;
}

function laneWords(why: Losing['why']): string {
  if (typeof why === 'object') return `${ruleId(why.forbiddenBy)} forbids it`;
  if (why === 'no_program') return 'no exact program does this kind of work';
  return why === 'not_offered'
    ? 'it was not set up or not reachable'
    : 'another rule decided first';
}

function triedLines(tried: readonly Tried[]): string[] {
  if (tried.length === 0) return [];
  const left = tried.length - TOLD;
  return [
    'Rules before it, and why they did not decide:',
    ...together(tried.slice(0, TOLD)).map((some) => `- ${triedWords(some)}`),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ];
}

/** Rules that failed one after the other on the same fact are told in one line. */
function together(tried: readonly Tried[]): readonly (readonly [Tried, ...Tried[]])[] {
  const groups: [Tried, ...Tried[]][] = [];
  for (const one of tried) {
    const last = groups.at(-1);
    if (last !== undefined && isAlike(last[0], one)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function isAlike(a: Tried, b: Tried): boolean {
  return 'failed' in a && 'failed' in b && a.failed.field === b.failed.field;
}

function triedWords([first, ...more]: readonly [Tried, ...Tried[]]): string {
  const names = [first, ...more].map((one) => ruleId(one.rule)).join(', ');
  if ('forbiddenBy' in first)
    return `${names} matched, but ${ruleId(first.forbiddenBy)} forbids its lane`;
  if ('noProgram' in first) return `${names} matched, but no exact program does this kind of work`;
  const { field, got } = first.failed;
  const wants = [first, ...more].flatMap((one) => ('failed' in one ? [wantWords(one.failed)] : []));
  const was = got === null ? 'there was none' : `it was ${show(got)}`;
  const verb = more.length === 0 ? 'wants' : 'want';
  return `${names} ${verb} the ${FACT_WORDS[field]} ${[...new Set(wants)].join(', or ')}; ${was}`;
}

function wantWords({ operator, wanted }: Failed): string {
  return `${OPERATOR_WORDS[operator]} ${show(wanted)}`;
}

function show(value: string | number | readonly string[]): string {
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}
