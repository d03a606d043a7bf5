import { countedOf, STAYS } from '../consult.ts';
import type { Ahead, Came, Consult, Stuck } from '../consult.ts';
import type { EntryType } from '../entry-type.ts';
import { isEntryData } from '../entry.ts';
import type { EntryData, EntryValue } from '../entry.ts';
import type { Lane } from '../lane.ts';
import { nanoUsd } from '../money.ts';
import type { RuleRef } from '../rule.ts';

/** What came of consulting the cascade rules: the rule that spoke and its lane, where one did. */
export type ConsultOutcome = {
  readonly came: Came;
  readonly rule: RuleRef | null;
  readonly to: Lane | null;
};

/** A consulting of the cascade rules as the record holds it. */
export type RecordedConsult = {
  readonly on: Consult;
  readonly outcome: ConsultOutcome;
  /** What was found of the lane the rule named; null where no rule did. */
  readonly ahead: Ahead | null;
};

/** Of an entry, what is read here. */
export type Line = {
  readonly type: EntryType;
  readonly rule: string | null;
  readonly lane: string | null;
  readonly data: EntryData;
};

/**
 * Reads a consulting back from the entry of an escalation, or of what the task stayed after. Null where the entry holds
 * none: there was none, or it was recorded before what they are decided on was.
 */
export function readConsult({ type, rule, lane, data }: Line): RecordedConsult | null {
  if (type !== 'task.escalated')
    return isEntryData(data['stayed']) ? readStay(data['stayed']) : null;
  if (data['send_backs'] === undefined) return null;
  return {
    on: onIn(data, data['from_lane']),
    outcome: { came: 'goes', rule, to: lane as Lane | null },
    ahead: { ready: true, difference: differenceIn(data) },
  };
}

function readStay(stayed: EntryData): RecordedConsult {
  const { why, rule = null, to = null, lane } = stayed;
  const came = STAYS.find((one) => one === why) ?? 'no_rule';
  const ready = came === 'too_dear';
  return {
    on: onIn(stayed, lane),
    outcome: { came, rule: rule as RuleRef | null, to: to as Lane | null },
    ahead: came === 'no_rule' ? null : { ready, difference: differenceIn(stayed) },
  };
}

function onIn(data: EntryData, lane: EntryValue | undefined): Consult {
  const { send_backs: sendBacks, outcomes, cloud } = data;
  return { lane, sendBacks, outcomes, cloud } as unknown as Consult;
}

function differenceIn({ difference_nano: nano }: EntryData): Ahead['difference'] {
  return typeof nano === 'number' ? nanoUsd(nano) : null;
}

/** What the cascade rules are consulted on, as the calls and checks of the task say it. */
export type Rebuilt = Pick<Stuck, 'sendBacks' | 'outcomes'>;

/**
 * Works out what the rules had to be consulted on from the entries of a task up to that one, in order: how often the gate had
 * sent it back by then, and, after a call, what became of those on its lane. After a check no call counts.
 */
export function rebuiltFrom(lines: readonly Line[]): Rebuilt {
  const events = lines.filter((line) => isCheck(line) || isCall(line));
  const last = events.at(-1);
  if (last === undefined) return { sendBacks: 0, outcomes: [] };
  const before = isCheck(last) ? events.slice(0, -1) : events;
  const sendBacks = before.filter(
    (line) => isCheck(line) && line.data['outcome'] === 'send_back',
  ).length;
  const ends = isCheck(last)
    ? []
    : events.filter((line) => isCall(line) && line.lane === last.lane);
  return { sendBacks, outcomes: countedOf(ends.map(outcomeIn).reverse()) };
}

const isCheck = ({ type }: Line): boolean => type === 'gate.reviewed';
/** A proposal is no work on the task. */
const isCall = ({ type, data }: Line): boolean =>
  type === 'attempt.ended' && data['purpose'] !== 'propose';
const outcomeIn = ({ data: { outcome } }: Line): string =>
  typeof outcome === 'string' ? outcome : '';

/** Whether a record says the same as the entries before it do. */
export function isBorneOut({ on }: RecordedConsult, { sendBacks, outcomes }: Rebuilt): boolean {
  return (
    on.sendBacks === sendBacks &&
    on.outcomes.length === outcomes.length &&
    on.outcomes.every((outcome, n) => outcome === outcomes[n])
  );
}
