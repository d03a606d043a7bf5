import { standingChecks } from '../../core/checks.ts';
import type { Checks } from '../../core/checks.ts';
import { masksIn } from '../../core/secrets.ts';
import { ruleRef } from '../../core/rule.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { endAttempt, withCost } from './end.ts';
import type { Called } from './call-lane.ts';
import { askPerson, stuckWords } from '../answer/ask-person.ts';
import { decline } from './decline.ts';
import { consult, stayedData } from './consult.ts';
import type { Consulted } from './consult.ts';
import { clickWords, escalate } from './escalate.ts';
import { endFailed, outcomesOf, workFailed } from './failed.ts';
import { textOf } from '../plan/piece.ts';
import { putDraft } from './put-draft.ts';
import type { DraftNote } from './put-draft.ts';
import { move } from '../move.ts';
import { reviewJob, showPlan, workJob } from '../start.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** Writes down what came back and what follows from it: a draft to check, a hand-on, or a question. */
export async function finishWork(world: World, called: Called): Promise<void> {
  if (called.is === 'failed') return workFailed(world, called.begun, called.fault);
  const act = openAct(world.clock);
  const last = lastOf(called);
  const consulted = called.is === 'unusable' ? await consultedOn(world, called) : null;
  const nano = await endOpen(world, act, { last, outcome: outcomeOf(last), consulted });
  const task = await follow(world, act, { called, nano, consulted });
  showPlan(act, task);
  // The lane answered, so whatever waits for it goes on.
  if (called.begun.probes) laneIsBack(act, called.begun.attempt);
  if ((await world.store.commit(act.close())) === 'lost') await bookLate(world, called);
}

/** What the attempt that is still open came to: the answer, or the repair after which it was kept. */
function lastOf(called: Ended): Called {
  return called.is === 'answer' ? (called.kept?.repair ?? called) : called;
}

type Ending = {
  readonly last: Called;
  readonly outcome: string;
  readonly consulted: Consulted | null;
};

/** Closes the open attempt. Returns what it cost; null is not known. */
async function endOpen(
  world: World,
  act: OpenAct,
  { last, outcome, consulted }: Ending,
): Promise<NanoUsd | null> {
  if (last.is !== 'failed')
    return endAttempt(world, act, { ...last, outcome, says: stayedData(consulted) });
  endFailed(world, act, { ...last, consulted });
  return null;
}

function outcomeOf(last: Called): string {
  if (last.is === 'failed') return last.fault.code;
  if (last.is === 'answer') return last.unrestored.length === 0 ? 'ok' : 'placeholders_broken';
  return last.is === 'refused' ? 'refused' : last.code;
}

function laneIsBack(act: OpenAct, { id, lane }: AttemptRow): void {
  act.job({ queue: 'aios', name: 'resume', subject: lane, jobId: `resume_${lane}_${id}` });
}

/** What came back and is to be written down. */
type Ended = Exclude<Called, { is: 'failed' }>;
type After = {
  readonly called: Ended;
  readonly nano: NanoUsd | null;
  /** What the cascade rules say of an answer that cannot be used; null where they were not consulted. */
  readonly consulted: Consulted | null;
};

function consultedOn(world: World, { begun, code }: Unusable): Promise<Consulted | null> {
  const stuck = { sendBacks: begun.task.round, outcomes: [code, ...outcomesOf(begun)] };
  return consult(world, { ...begun.file, task: begun.task }, stuck);
}

async function follow(world: World, act: OpenAct, after: After): Promise<TaskRow> {
  const { called } = after;
  if (called.is === 'refused')
    return stop(world, act, {
      after,
      rule: 'ASK-STUCK',
      says: 'The model refused this work.',
    });
  if (called.is === 'unusable') return unusable(world, act, { after, called });
  const { answer, files } = called;
  if (answer.fit !== 'mine')
    return decline(world, act, {
      begun: called.begun,
      to: answer.belongs_to,
      nano: after.nano,
      questions: answer.questions,
    });
  if (files.length > 0) return drafted(world, act, { after, called });
  const text = answer.questions.join('\n') || 'What should the finished piece contain?';
  return stop(world, act, { after, rule: 'QUESTION', says: text });
}

type Unusable = Extract<Called, { is: 'unusable' }>;

/** Twice nothing that can be used: a written rule has a next lane for it, or a person is asked. */
async function unusable(
  world: World,
  act: OpenAct,
  { after, called }: { readonly after: After; readonly called: Unusable },
): Promise<TaskRow> {
  const { begun, code } = called;
  const { consulted, nano } = after;
  const says =
    code === 'truncated'
      ? 'The answer was cut off before its end, and it had its one repair.'
      : 'The answer could not be used, not even after one repair.';
  if (consulted?.came === 'too_dear') {
    const click = clickWords(consulted.next);
    return stop(world, act, { after, rule: 'ASK-DEARER', says: `${says} ${click}` });
  }
  if (consulted?.came !== 'goes') return stop(world, act, { after, rule: 'ASK-STUCK', says });
  const retried = move(act, begun.task, {
    event: 'retry',
    mover: { by: 'system', rule: ruleRef(consulted.next.cascade) },
    set: { costNano: withCost(begun.task, nano) },
    say: { data: { fault: code } },
  });
  const queued = escalate(act, retried, consulted);
  workJob(act, queued);
  return queued;
}

type Stop = {
  readonly after: After;
  /** Why a person is asked: the work got stuck, or the specialist has a question. */
  readonly rule: 'ASK-STUCK' | 'ASK-DEARER' | 'QUESTION';
  readonly says: string;
};

function stop(world: World, act: OpenAct, { after, rule, says }: Stop): Promise<TaskRow> {
  const { nano } = after;
  const { begun } = after.called;
  return askPerson(world, act, {
    task: begun.task,
    request: begun.file.request,
    ...(rule === 'QUESTION'
      ? { about: 'persona', text: says }
      : { about: 'stuck', text: stuckWords(world.library.rules, says) }),
    rule,
    set: { costNano: withCost(begun.task, nano) },
  });
}

type Delivered = { readonly after: After; readonly called: Extract<Called, { is: 'answer' }> };

/** Keeps the draft and has it checked. */
async function drafted(world: World, act: OpenAct, { after, called }: Delivered): Promise<TaskRow> {
  const { nano } = after;
  const { begun } = called;
  const attempt = called.kept?.author ?? begun.attempt.id;
  const { answer, files } = called;
  const checked = checkedBy(called);
  const left = leftOf(called);
  const made = {
    task: begun.task,
    files,
    answer: { ...answer, ...(checked === null ? {} : { checked }), ...left },
    by: { attempt },
    count: begun.file.drafts.length,
  };
  const draft = await putDraft(world, act, made);
  const actor = { kind: 'persona', id: begun.persona.id, version: begun.persona.hash } as const;
  const reviewing = move(act, begun.task, {
    event: 'draft',
    mover: { by: 'system', rule: begun.task.rule, actor },
    set: { draftId: draft.id, costNano: withCost(begun.task, nano) },
    say: {
      attempt,
      draft: draft.sha256,
      minutes: answer.minutes_by_hand,
      data: {
        version: draft.version,
        files: files.length,
        confidence: answer.confidence,
        ...(checked === null ? {} : { checks: countsOf(checked) }),
        ...(left.unrestored === undefined ? {} : { unrestored: left.unrestored.length }),
        ...(left.masked === undefined ? {} : { masked: left.masked }),
      },
    },
  });
  draft.write(reviewing.lastEntry);
  reviewJob(act, reviewing);
  return reviewing;
}

/** What stands of a reviewer's checklist, held against the request, what came with it and what was made of it. */
function checkedBy({ begun, answer, files }: Delivered['called']): Checks | null {
  const { checklist } = begun.persona;
  if (checklist.length === 0 || answer.checks === undefined) return null;
  const texts = [...begun.files, ...files].map(({ name, bytes }) => ({
    name,
    text: textOf(bytes) ?? '',
  }));
  return standingChecks(answer.checks, checklist, [
    ...texts,
    { name: 'request', text: begun.words },
  ]);
}

/** What of the way out is left in a draft: placeholders that stand for nothing, and marks where secrets were masked. */
function leftOf({
  begun,
  files,
  unrestored,
}: Delivered['called']): Pick<DraftNote, 'unrestored' | 'masked'> {
  if (begun.wayOut.leaving === 'stays') return {};
  const masked = files.reduce((sum, { bytes }) => sum + masksIn(textOf(bytes) ?? ''), 0);
  return {
    ...(unrestored.length === 0 ? {} : { unrestored: unrestored.slice(0, MOST_UNRESTORED) }),
    ...(masked === 0 ? {} : { masked }),
  };
}

/** More than a person would read one by one. */
const MOST_UNRESTORED = 200;

function countsOf({ yes, no, unasked, unfound }: Checks) {
  return { yes, no, thrown_away: unasked + unfound };
}

/** The task was changed while the lane worked: the answer is booked, because it cost something, and discarded. */
async function bookLate(world: World, called: Ended): Promise<void> {
  const act = openAct(world.clock);
  await endOpen(world, act, {
    last: lastOf(called),
    outcome: 'discarded',
    consulted: null,
  });
  await world.store.commit(act.close());
}
