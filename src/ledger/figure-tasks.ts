import { minutesText, rangeOf, rangeText } from '../core/minutes.ts';
import { disclosureText } from '../core/disclosure.ts';
import { timeText } from '../core/local-time.ts';
import type { Offset } from '../core/local-time.ts';
import type { Moment } from '../core/moment.ts';
import type { Gate } from '../core/verdict.ts';
import {
  byHandWords,
  counted,
  gateWords,
  laneDone,
  laneShort,
  percent,
  reviewWords,
  sourceWords,
  stateWords,
  timesText,
  whereWords,
} from './figure-words.ts';
import { cells, wordsOf, workOf } from './figure-totals.ts';
import { sha256 } from './hash.ts';
import { personMark } from './person-mark.ts';
import { refParts } from './rule-words.ts';
import { spentText } from './spend.ts';
import type { Decision, DisclosureSum, GateSum, TaskSum } from './sum-types.ts';

type Cells = readonly (readonly [string, string])[];

/** What is said where the record says nothing: not recorded is not the same as not done. */
export const NOT_RECORDED = 'not recorded';

/** The row of every task, and for a delivered one everything that is told of it. */
export function taskCells(task: TaskSum, offsets: readonly Offset[]): Cells {
  const prefix = `task/${task.id}`;
  const row = cells(prefix, rowOf(task, offsets));
  return task.state === 'delivered' ? [...row, ...cells(prefix, detailOf(task, offsets))] : row;
}

function rowOf(task: TaskSum, offsets: readonly Offset[]) {
  const { state, ended, sentBack, decision } = task;
  const back = sentBack.byGate + sentBack.byPeople;
  return {
    number: task.number,
    kind: task.kind,
    state: ended === null ? stateWords(state) : `${stateWords(state)} ${timeText(ended, offsets)}`,
    lane: laneShort(task.lane, task.rehearsal),
    sent_back: timesText(back),
    decided_by: decision === null ? 'nobody' : personMark(decision.by),
    cost: spentText(task.spend),
    minutes: byHandCell(task),
    review: minutesText(task.reviewMinutes),
  };
}

/** What it would have taken, as a range until a person corrected it. What was not delivered saved nothing. */
function byHandCell({ state, ended, minutes }: TaskSum): string {
  if (ended !== null && state !== 'delivered') return 'nothing saved';
  return minutes === null ? NOT_RECORDED : rangeText(rangeOf(minutes.said));
}

function detailOf(task: TaskSum, offsets: readonly Offset[]) {
  const { spend, checking, minutes, review, gate, decision, disclosure } = task;
  return {
    persona: task.persona,
    lane_words: laneDone(task.lane, task.rehearsal),
    models: task.models.length === 0 ? 'none' : task.models.join(', '),
    calls: callsText(task),
    where: whereWords(task.lanes, task.rehearsal),
    confidential: task.isConfidential ? 'This task was marked confidential.' : null,
    rule: task.rule === null ? NOT_RECORDED : refParts(task.rule).name,
    ...movedCells(task, offsets),
    checked: gate === null ? NOT_RECORDED : checkedText(gate),
    sent_back_by_gate: timesText(task.sentBack.byGate),
    sent_back_by_people: timesText(task.sentBack.byPeople),
    ...decisionCells(decision, offsets),
    ...disclosureCells(disclosure),
    words: sharesText(task),
    work_cost: spentText(workOf(spend, checking)),
    checking_cost: spentText(checking),
    minutes_basis: minutes === null ? NOT_RECORDED : byHandWords(minutes.said),
    review_minutes: review === null ? NOT_RECORDED : reviewWords(review),
    saved: minutesText(task.saved),
    draft: task.draft ?? NOT_RECORDED,
    erased: task.erased === 0 ? null : `${counted(task.erased, 'text')} about it erased since.`,
  };
}

function callsText({ calls, openCalls, lane }: TaskSum): string {
  const thing = lane === 'tool' ? 'run' : 'call';
  const by = Object.entries(calls).filter(([, n]) => n > 0);
  const all = by.reduce((sum, [, n]) => sum + n, 0);
  const open = openCalls === 0 ? '' : `, ${openCalls} without an end`;
  const detail =
    by.length > 1 ? ` (${by.map(([purpose, n]) => `${n} ${purpose}`).join(', ')})` : '';
  return `${counted(all, thing)}${detail}${open}`;
}

function movedCells({ rerouted, lane }: TaskSum, offsets: readonly Offset[]) {
  if (rerouted === null || rerouted.from === lane) return {};
  const { by, at, from } = rerouted;
  return {
    moved: `That rule says ${laneDone(from, false)}; ${personMark(by)} moved the task by hand on ${timeText(at, offsets)}.`,
  };
}

function checkedText({ gate, outcome, errors, warnings, engines }: GateSum): string {
  if (gate === 'none')
    return 'No machine check is set for this kind of work: a person alone looked.';
  const found = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  const by = engines.length === 0 ? '' : ` Checked by ${engines.join(', ')}.`;
  return `For ${gate}: ${gateWords(outcome)}, ${found}.${by}`;
}

function decisionCells(decision: Decision | null, offsets: readonly Offset[]) {
  if (decision === null) return { decided: NOT_RECORDED };
  const when = (at: Moment | null): string => (at === null ? NOT_RECORDED : timeText(at, offsets));
  const { edited, checklist, responsible } = decision;
  return {
    decided: `${decision.verb === 'approved' ? 'Approved' : 'Rejected'} on ${timeText(decision.at, offsets)}`,
    shown_at: when(decision.shownAt),
    read_at: when(decision.readAt),
    edited: edited === null ? NOT_RECORDED : editedText(edited.words, edited.of),
    checklist: checklist === null ? 'none was asked for' : checklistText(checklist),
    responsible: responsible === null ? NOT_RECORDED : personMark(responsible),
  };
}

function editedText(words: number, of: number): string {
  if (words === 0) return `none of ${counted(of, 'word')}`;
  return `${words.toLocaleString('en-US')} of ${counted(of, 'word')} (${percent(words, of)})`;
}

function checklistText({ rule, answers }: NonNullable<Decision['checklist']>): string {
  const said = answers.map(({ id, yes }) => `${id}: ${yes ? 'yes' : 'no'}`);
  return `${said.join(', ')} (asked by ${refParts(rule).name})`;
}

function disclosureCells(disclosure: DisclosureSum | null) {
  if (disclosure === null) return { disclosure: NOT_RECORDED };
  const text = disclosureText({ ...disclosure, gate: disclosure.gate as Gate });
  const isSame = sha256(new TextEncoder().encode(text)).toString('hex') === disclosure.sha256;
  return {
    source: sourceWords(disclosure.type),
    disclosure: isSame
      ? text
      : `The words themselves are not in the record; their SHA-256 is ${disclosure.sha256}.`,
  };
}

function sharesText({ shares }: TaskSum): string {
  if (shares === null) return NOT_RECORDED;
  const all = wordsOf(shares);
  const parts = [
    ['by AI', shares.ai],
    ['by an exact program', shares.program],
    ['by people', shares.people],
    ['brought in with the request', shares.broughtIn],
  ] as const;
  const told = parts.filter(([, n]) => n > 0).map(([by, n]) => `${percent(n, all)} ${by}`);
  return `${counted(all, 'word')}: ${told.join(', ') || 'none'}`;
}
