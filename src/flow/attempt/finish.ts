import { ruleRef } from '../../core/rule.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { endAttempt, withCost } from './end.ts';
import type { Called } from './call-lane.ts';
import { askPerson, stuckWords } from '../answer/ask-person.ts';
import { decline } from './decline.ts';
import { drafted } from './drafted.ts';
import { consult, stayedData } from './consult.ts';
import type { Consulted } from './consult.ts';
import { clickWords, escalate } from './escalate.ts';
import { endFailed, outcomesOf, workFailed } from './failed.ts';
import { move } from '../move.ts';
import { showPlan, workJob } from '../start.ts';
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
  if (files.length > 0) return drafted(world, act, { called, nano: after.nano });
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
