import type { ChangedStuck, ConsultTally } from '../../core/replay/consult-tally.ts';
import { utcText } from '../../core/moment.ts';
import type { ConsultOutcome } from '../../core/replay/recorded-consult.ts';
import type { ConsultChange } from '../../core/replay/replay-consult.ts';
import { costData, costLines, costWords, n } from './cost-words.ts';
import { idOf } from './replay-words.ts';

const CHANGE_WORDS: Readonly<Record<ConsultChange, string>> = {
  now_escalates: 'would now escalate',
  no_longer_escalates: 'would no longer escalate',
  escalates_elsewhere: 'would escalate to another lane',
  escalates_by_another_rule: 'would escalate by another rule',
  stays_otherwise: 'would stay for another reason (with or without an approver asked to click)',
  not_borne_out: 'say something else of what they were decided on than the entries before them',
};

/** `#142.2  2026-11-03 09:12  stuck on local: to senior by CASCADE-010 -> stays  -$0.12`. */
export function stuckLine({ number, at, lane, replayed, nano }: ChangedStuck): string {
  const { before, now, changes, sameRules, asPlanned } = replayed;
  const parts = [
    number.padEnd(8),
    utcText(at),
    `stuck on ${lane}: ${whither(before)} -> ${whither(now)}`,
    ...costWords(nano),
    ...(asPlanned ? ['(nobody looked at that lane then: taken as it was when planned)'] : []),
    ...faultWords(changes, sameRules),
  ];
  return parts.join('  ');
}

function faultWords(changes: readonly ConsultChange[], sameRules: boolean): readonly string[] {
  const isBorneOut = !changes.includes('not_borne_out');
  const isOther = sameRules && (isBorneOut || changes.length > 1);
  return [
    ...(isOther ? ['FAULT: same rules'] : []),
    ...(isBorneOut ? [] : ['FAULT: the entries before it say something else']),
  ];
}

function whither({ came, rule, to }: ConsultOutcome): string {
  const by = rule === null ? '' : idOf(rule);
  if (came === 'goes') return `to ${to ?? 'a lane'} by ${by}`;
  if (came === 'too_dear') return `asks for a click, for ${to ?? 'a lane'} by ${by}`;
  return came === 'not_ready' ? `stays, for ${to ?? 'a lane'} by ${by} cannot be had` : 'stays';
}

/** The same for a machine. */
export function stuckData({ number, at, lane, replayed, nano }: ChangedStuck) {
  const { before, now, changes, sameRules, asPlanned } = replayed;
  return {
    task: number,
    at,
    stuck_on: lane,
    changes,
    same_rules: sameRules,
    before: outcomeData(before),
    now: { ...outcomeData(now), as_planned: asPlanned },
    ...(nano === undefined ? {} : { cost_difference_nano: nano }),
  };
}

function outcomeData({ came, rule, to }: ConsultOutcome) {
  return { outcome: came, lane: to, rule };
}

export function consultData(tally: ConsultTally) {
  const { consulted, identical, escalated, otherRules, faults, unreadable, moot, by } = tally;
  return {
    consulted,
    identical,
    escalated,
    decided_under_other_rules: otherRules,
    faults,
    unreadable,
    moot,
    changes: Object.fromEntries(by),
    ...costData(tally),
  };
}

const times = (count: number): string => `${n(count)} ${count === 1 ? 'time' : 'times'}`;

/** What consulting the cascade rules again came to; nothing where they never were. */
export function consultLines(tally: ConsultTally): readonly string[] {
  const { consulted, identical, escalated, unreadable, moot, by } = tally;
  if (consulted + unreadable + moot === 0) return [];
  const went = `${n(escalated)} of them escalated the task`;
  const said = `The cascade rules were consulted on stuck work ${times(consulted)}`;
  return [
    consulted === identical
      ? `${said}, all identical; ${went}.`
      : `${said}: ${n(identical)} identical, ${n(consulted - identical)} otherwise; ${went}.`,
    ...[...by].map(([change, count]) => `  ${n(count)} ${CHANGE_WORDS[change]}`),
    ...faultLines(tally),
    ...(moot === 0
      ? []
      : [
          `Not counted ${times(moot)} after something that would have gone otherwise: nobody knows what there would have been to decide.`,
        ]),
    ...(unreadable === 0
      ? []
      : [`Not readable ${times(unreadable)}: the entries do not hold all it was decided on.`]),
    ...costLines(tally),
  ];
}

function faultLines({ faults }: ConsultTally): readonly string[] {
  if (faults === 0) return [];
  return [
    `${n(faults)} come out otherwise under the very rules they were decided under, or are not borne out by the entries before them. That must not be: the program, the rules or the record is not what it was.`,
  ];
}
