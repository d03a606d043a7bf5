import { utcText } from '../../core/moment.ts';
import type { Change } from '../../core/replay/replay.ts';
import type { Changed, Tally } from '../../core/replay/replay-tally.ts';
import type { Decision } from '../../core/decision.ts';
import { costData, costLines, costWords, n } from './cost-words.ts';

const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  now_asks: 'now ask',
  no_longer_asks: 'no longer ask',
  asks_otherwise: 'ask about something else',
  answers_otherwise: 'become or stop being work for AIOS',
  lane: 'go to another lane',
  persona: 'go to another specialist',
  start: 'start otherwise (with a click, or without)',
  gate: 'are checked, or worked by program, otherwise',
  rule: 'are decided by another rule',
  trace: 'come out the same on another way',
};

/** `#142.2  2026-11-03 09:12  seat, plugin-hardener -> senior, plugin-hardener  by LANE-030, now LANE-040  +$0.12`. */
export function changeLine({ number, at, changes, replayed, overrode, nano }: Changed): string {
  const { before, now, sameRules } = replayed;
  const parts = [
    number.padEnd(8),
    utcText(at),
    `${whither(before)} -> ${whither(now)}`,
    ruleWords(before.rule, now.rule),
    ...costWords(nano),
    ...(overrode === null ? [] : [`(a person chose the ${overrode} lane)`]),
    ...(changes.includes('trace') ? ['(the reasons recorded are not those found now)'] : []),
    ...(sameRules ? ['FAULT: same rules'] : []),
  ];
  return parts.join('  ');
}

function whither(decision: Pick<Decision, 'outcome' | 'kind'> & Partial<Decision>): string {
  const { outcome, lane, persona, asks, kind } = decision;
  if (outcome === 'ask') return asks == null ? 'asks' : `asks about ${asks}`;
  if (outcome === 'answer') return `no task (${kind})`;
  const held = outcome === 'hold' ? ', held' : '';
  return `${lane ?? 'a lane'}${persona == null ? '' : `, ${persona}`}${held}`;
}

export const idOf = (rule: string): string => /#([^@]*)/.exec(rule)?.[1] ?? rule;

function ruleWords(before: string | undefined, now: string): string {
  if (before === undefined) return `now by ${idOf(now)}`;
  return idOf(before) === idOf(now) ? `by ${idOf(now)}` : `by ${idOf(before)}, now ${idOf(now)}`;
}

/** The same for a machine: one object a line. */
export function changeData({ number, at, changes, replayed, overrode, nano }: Changed) {
  const { before, now, sameRules } = replayed;
  return {
    task: number,
    at,
    changes,
    same_rules: sameRules,
    overrode_lane: overrode,
    before: sideData(before),
    now: sideData(now),
    ...(nano === undefined ? {} : { cost_difference_nano: nano }),
  };
}

function sideData(side: Pick<Decision, 'outcome' | 'kind'> & Partial<Decision>) {
  const { outcome, kind, lane = null, persona = null, asks = null, rule = null } = side;
  return { outcome, kind, lane, persona, asks, rule, rule_set: side.rule_set };
}

export function totalData(tally: Tally, ruleSet: string) {
  const { decided, identical, otherRules, faults, unreadable, by } = tally;
  return {
    rule_set: ruleSet,
    decided,
    identical,
    decided_under_other_rules: otherRules,
    faults,
    unreadable,
    changes: Object.fromEntries(by),
    ...costData(tally),
  };
}

/** What it came to, most important first; `tried`: the folder of other rules than those in force. */
export function totalLines(tally: Tally, tried: string | undefined): readonly string[] {
  const { decided, identical, unreadable } = tally;
  const whose = tried === undefined ? 'the rules in force' : 'the rules tried';
  if (decided + unreadable === 0) return ['No decision of a route was recorded in these days.'];
  return [
    decided === identical
      ? `All ${n(decided)} decisions come out identical under ${whose}.`
      : `${n(decided)} decisions taken again under ${whose}: ${n(identical)} identical, ${n(decided - identical)} otherwise.`,
    ...[...tally.by].map(([change, count]) => `  ${n(count)} ${CHANGE_WORDS[change]}`),
    ...faultLines(tally),
    ...otherLines(tally),
    ...(unreadable === 0
      ? []
      : [`${n(unreadable)} could not be taken again: their entries hold no facts.`]),
    ...costLines(tally),
  ];
}

function faultLines({ faults }: Tally): readonly string[] {
  if (faults === 0) return [];
  return [
    `${n(faults)} come out otherwise under the very rules they were decided under. That must not be: the program, the rules or the record is not what it was.`,
  ];
}

function otherLines({ otherRules, decided, identical, faults }: Tally): readonly string[] {
  if (otherRules === 0) return [];
  const all = otherRules === decided ? 'All of them were' : `${n(otherRules)} of them were`;
  const so =
    decided - identical - faults === 0
      ? ''
      : ' Where those come out otherwise, that is a change of the rules and no fault.';
  return [`${all} decided under another rule set than this one.${so}`];
}
