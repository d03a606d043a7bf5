import { minutesText, rangeOf } from '../core/minutes.ts';
import type { ByHand } from '../core/minutes.ts';
import type { EraseScope, MinuteBasis, SourceType } from '../core/record-words.ts';
import { personMark } from './person-mark.ts';
import type { Erasure, ReviewSum, Stop } from './sum-types.ts';

/** Where the work of a lane is done, as a client should hear it. */
const LANE_WORDS: Readonly<Record<string, string>> = {
  tool: 'an exact program on the practice’s own machine, no AI model',
  local: 'an AI model on the practice’s own machine',
  seat: 'an AI model of GitHub Copilot, outside the practice',
  senior: 'an AI model of Anthropic, outside the practice',
  none: 'no lane',
};

/** The same for a narrow column. */
const LANE_SHORT: Readonly<Record<string, string>> = {
  tool: 'exact program',
  local: 'own AI model',
  seat: 'GitHub Copilot',
  senior: 'Anthropic',
};

/** Where the material of a task went when that lane was called. */
const LANE_PLACES: Readonly<Record<string, string>> = {
  seat: 'to GitHub Copilot',
  senior: 'to Anthropic',
};

const STATE_WORDS: Readonly<Record<string, string>> = {
  proposed: 'planned, waits for a start',
  queued: 'waits for its turn',
  working: 'is being worked on',
  reviewing: 'is being checked',
  waiting: 'waits for a person’s decision',
  approved: 'approved, being delivered',
  asking: 'waits for an answer',
  held: 'held',
  failed: 'failed, waits for a person',
  expired: 'expired undecided',
  rejected: 'rejected',
  cancelled: 'cancelled',
  delivered: 'delivered',
};

const GATE_WORDS: Readonly<Record<string, string>> = {
  pass: 'passed',
  send_back: 'sent back',
  ask: 'passed on to a person with open errors',
  hold: 'held',
};

/** IPTC digital source types in plain words. */
const SOURCE_WORDS: Readonly<Record<SourceType, string>> = {
  trainedAlgorithmicMedia: 'made by AI',
  compositeWithTrainedAlgorithmicMedia: 'made by AI and people together',
  algorithmicMedia: 'made by an exact program, without AI',
  humanEdits: 'made by people',
};

const BASIS_WORDS: Readonly<Record<MinuteBasis, string>> = {
  table: 'by the owner’s table',
  persona: 'by the model’s own estimate',
  person: 'as a person corrected it',
};

const REVIEW_WORDS: Readonly<Record<ReviewSum['basis'], string>> = {
  table: 'by the owner’s table',
  measured: 'from Read to the decision',
  mixed: 'partly by the owner’s table, partly from Read to the decision',
  corrected: 'as a person corrected it',
};

const STOP_WORDS: Readonly<Record<string, string>> = {
  'task.held': 'Held',
  'task.declined': 'Declined by the specialist and handed on',
  'task.failed': 'Failed',
  'task.expired': 'Expired: nobody decided in time, and nothing is approved by waiting',
  'task.cancelled': 'Cancelled by a person',
  'task.sent_back': 'Sent back by a person, with a reason',
  'draft.rejected': 'Rejected by a person, with a reason',
  'delivery.failed': 'The delivery did not come through and was tried again',
  'approval.voided': 'The approval no longer fitted the files and was voided',
  'approval.taken_back': 'The approval was taken back by the person who may',
  'gate.reviewed': 'Sent back by the machine check',
  'attempt.ended': 'Refused by the model',
  'person.asked': 'Stopped, and a person was asked',
  'request.nothing_to_do': 'No task was made of this request',
};

const LAPSED =
  'Ended: it had expired, nobody took it up again, and the time for which texts are kept was over';

const WAIT_WORDS: Readonly<Record<string, string>> = {
  gate: 'its check could not run',
  'lane:tool': 'the exact program was not available',
  'lane:local': 'the model on the practice’s own machine was not available',
  'lane:seat': 'GitHub Copilot was not available',
  'lane:senior': 'Anthropic was not available',
};

const GROUND_WORDS: Readonly<Record<string, string>> = {
  person: 'a person asked for it',
  contract: 'the work for the client ended',
  mistake: 'it should not have been there',
  law: 'a law says so',
  retention: 'the time for which texts are kept was over',
};

const words =
  (table: Readonly<Record<string, string>>) =>
  (word: string): string =>
    table[word] ?? word;

const laneWords = words(LANE_WORDS);
export const stateWords = words(STATE_WORDS);
export const gateWords = words(GATE_WORDS);
export const sourceWords = words(SOURCE_WORDS);
export const basisWords = words(BASIS_WORDS);
export const groundWords = words(GROUND_WORDS);

/** Where work was done, as far as a stand-in did not do it instead. */
export function laneDone(lane: string, rehearsal: boolean): string {
  return rehearsal && lane !== 'tool' ? `a stand-in for ${laneWords(lane)}` : laneWords(lane);
}

/** The same for a narrow column. */
export function laneShort(lane: string, rehearsal: boolean): string {
  const short = LANE_SHORT[lane] ?? lane;
  return rehearsal && lane !== 'tool' ? `stand-in for ${short}` : short;
}

/** `Held: its check could not run`. */
export function stopWords({ type, about, by }: Stop): string {
  const what = STOP_WORDS[type] ?? type;
  if (type === 'task.held' && about !== null) return `${what}: ${WAIT_WORDS[about] ?? about}`;
  if (type === 'task.failed' && about !== null) return `${what}: ${about}`;
  if (type === 'task.cancelled' && by.kind !== 'person') return LAPSED;
  return what;
}

/** Who or what acted: a person by their mark, a specialist, a check, or the system under its rule. */
export function actorWords({ by }: Stop): string {
  if (by.kind === 'person') return personMark(by.id);
  if (by.kind === 'persona') return `specialist ${by.id}`;
  return by.kind === 'gate' ? `the ${by.id} check` : 'a written rule';
}

type Erased = (texts: string, number: string) => string;

/** What was erased at once. Of much there is an entry for each batch, so none says that this was all. */
const SCOPE_WORDS: Readonly<Record<EraseScope, Erased>> = {
  body: (texts, number) => `${texts} of ${number}`,
  task: (texts, number) => `${texts} of ${number}, erased as a whole`,
  request: (texts, number) => `${texts} of ${number}, erased as a whole`,
  client: (texts) => `${texts} of this client, erased as a whole`,
  person: () => 'the name of a person',
};

/** `5 texts of #142.2, erased as a whole`. */
export function erasedWords({ scope, bodies, number }: Erasure): string {
  const texts = bodies === 0 && scope === 'client' ? 'the name' : counted(bodies, 'text');
  const isKnown = Object.hasOwn(SCOPE_WORDS, scope);
  return isKnown ? SCOPE_WORDS[scope as EraseScope](texts, number ?? 'this client') : texts;
}

/** Where the material of a task went, from the lanes that were called for it. */
export function whereWords(lanes: readonly string[], rehearsal: boolean): string {
  const out = lanes.flatMap((lane) => LANE_PLACES[lane] ?? []);
  if (lanes.length === 0) return 'Nowhere: no program and no model was called.';
  if (rehearsal && lanes.some((lane) => lane !== 'tool'))
    return 'Nowhere: in this rehearsal a stand-in on the practice’s own machine answered.';
  if (out.length === 0) return 'It did not leave the practice’s own machine.';
  return `It left the practice’s machine: it was sent ${out.join(' and ')}.`;
}

/** `1 task`, `2 tasks`. */
export function counted(n: number, thing: string, things = `${thing}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? thing : things}`;
}

/** `never`, `once`, `twice`, `3 times`. */
export function timesText(n: number): string {
  return ['never', 'once', 'twice'][n] ?? counted(n, 'time');
}

/** `none`, `1 task`. */
export function noneOr(n: number, thing: string): string {
  return n === 0 ? 'none' : counted(n, thing);
}

/** All three figures of minutes by hand in words, the one that counts first. */
export function byHandWords(said: ByHand): string {
  const { table, persona, person } = said;
  const others = [
    table === null ? null : `the owner’s table says ${minutesText(table)}`,
    persona === null ? null : `the model’s own estimate was ${minutesText(persona)}`,
  ].filter((one) => one !== null);
  if (person !== null) return ['as a person corrected it', ...others].join('; ');
  const { low, high } = rangeOf(said);
  const between = low === high ? [] : ['from the lower to the higher figure'];
  return [...between, ...others, 'nobody corrected it'].join('; ');
}

/** `12 min, from Read to the decision`. */
export function reviewWords({ minutes, basis }: ReviewSum): string {
  return `${minutesText(minutes)}, ${REVIEW_WORDS[basis]}`;
}

/** `64%` of all; `less than 1%` where it is not nothing, and 100% only where it is all. */
export function percent(part: number, all: number): string {
  if (all === 0) return '0%';
  const whole = Math.round((part * 100) / all);
  if (part > 0 && whole === 0) return 'less than 1%';
  if (part < all && whole === 100) return 'more than 99%';
  return `${whole}%`;
}
