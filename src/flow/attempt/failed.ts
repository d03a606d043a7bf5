import { askedMs, isAbsurd, waitMs } from '../../core/backoff.ts';
import { sha256 } from '../../core/draft.ts';
import { FAULT_PLANS } from '../../core/fault-plan.ts';
import type { Fault } from '../../core/fault.ts';
import { ruleRef } from '../../core/rule.ts';
import type { RuleRef } from '../../core/rule.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { moment } from '../../core/moment.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { askPerson, stuckWords } from '../answer/ask-person.ts';
import { laneState, resumeJob } from '../lane-state.ts';
import type { LaneState } from '../lane-state.ts';
import { endWithout } from './end.ts';
import type { Begun } from './begin.ts';
import { consult, stayedData } from './consult.ts';
import type { Consulted, Going } from './consult.ts';
import { clickWords, escalate } from './escalate.ts';
import { move } from '../move.ts';
import { hold } from '../plan/hold.ts';
import { showPlan, workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

type Failed = {
  readonly begun: Begun;
  readonly fault: Fault;
  /** Which failure it was: the same fault with the same sentence, whatever numbers stand in it. */
  readonly failure: string;
  /** The lane with this fault. */
  readonly lane: LaneState;
  /** What the cascade rules say of it; null where there was nothing to consult them about. */
  readonly consulted: Consulted | null;
};

/** Closes the attempt with the fault and lets the table of faults, the lane's record and the rules say what follows. */
export async function workFailed(world: World, begun: Begun, fault: Fault): Promise<void> {
  const failed = await weighed(world, begun, fault);
  const act = openAct(world.clock);
  endFailed(world, act, failed);
  showPlan(act, await follow(world, act, failed));
  if ((await world.store.commit(act.close())) === 'done') return;
  // The task was changed meanwhile, e.g. cancelled: only the attempt is closed, and nothing follows from the rules.
  const late = openAct(world.clock);
  endFailed(world, late, { ...failed, consulted: null });
  await world.store.commit(late.close());
}

/** Closes the attempt with the fault, and nothing else. */
export function endFailed(
  world: Pick<World, 'library'>,
  act: OpenAct,
  { begun, fault, consulted }: Pick<Failed, 'begun' | 'fault' | 'consulted'>,
): void {
  const retryAfterMs = fault.retryAfterMs === undefined ? undefined : askedMs(fault.retryAfterMs);
  endWithout(world, act, {
    task: begun.task,
    attempt: begun.attempt,
    outcome: fault.code,
    says: {
      failure: failureOf(fault),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      stayed: stayedData(consulted),
    },
  });
}

/** Everything that decides what follows, read once. */
async function weighed(world: World, begun: Begun, fault: Fault): Promise<Failed> {
  const now = world.clock.now();
  const { retryAfterMs } = fault;
  const lane = await laneState(world, begun.task.lane, {
    id: begun.attempt.id,
    outcome: fault.code,
    endedAt: now,
    notBefore: retryAfterMs === undefined ? null : moment(now + askedMs(retryAfterMs)),
  });
  const outcomes = [fault.code, ...outcomesOf(begun)];
  const stuck = { sendBacks: begun.task.round, outcomes };
  const consulted = await consult(world, { ...begun.file, task: begun.task }, stuck);
  return { begun, fault, failure: failureOf(fault), lane, consulted };
}

/** What became of the earlier attempts on this lane, newest first. */
export function outcomesOf({ file, task, earlier }: Begun): readonly string[] {
  const before = file.attempts
    .filter((a) => a.lane === task.lane && a.purpose !== 'propose')
    .flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  return [...before, ...earlier].reverse();
}

function failureOf({ code, message }: Fault): string {
  return sha256(`${code}\n${message.replace(/[0-9]+/g, '#')}`).slice(0, 16);
}

async function follow(world: World, act: OpenAct, failed: Failed): Promise<TaskRow> {
  const { step } = FAULT_PLANS[failed.fault.code];
  const { consulted } = failed;
  if (consulted?.came === 'goes') return goOn(act, failed, consulted);
  if (consulted?.came === 'too_dear') {
    const says = `${failed.fault.message} ${clickWords(consulted.next)}`;
    return ask(world, act, { failed, rule: 'ASK-DEARER', says });
  }
  if (step === 'hold') return holdFor(world, act, failed);
  if (step === 'retry') return tryAgain(world, act, failed);
  return ask(world, act, { failed, rule: 'ASK-STUCK', says: failed.fault.message });
}

/** A cascade rule takes it to the next lane. */
function goOn(act: OpenAct, failed: Failed, going: Going): TaskRow {
  const queued = escalate(act, retried(act, failed, ruleRef(going.next.cascade)), going);
  workJob(act, queued);
  return queued;
}

/** Passing faults: again after a while, unless the lane is down by now or nothing moves any more. */
async function tryAgain(world: World, act: OpenAct, failed: Failed): Promise<TaskRow> {
  const { begun, fault, lane } = failed;
  const { breaker } = lane;
  const { settings } = world.library.rules;
  const isLanes = FAULT_PLANS[fault.code].lane !== 'nothing';
  if (isAbsurd(fault.retryAfterMs) || (isLanes && breaker.is !== 'closed' && !breaker.named))
    return holdFor(world, act, failed);
  if (isLanes && (await sameBefore(world, failed)) + 1 >= settings.sameFailures) {
    const says = `The same failure came ${settings.sameFailures} times in a row: ${fault.message}`;
    return ask(world, act, { failed, rule: 'STOP-SAME', says });
  }
  if (begun.task.attempts >= settings.attempts) return fail(world, act, failed);
  const queued = retried(act, failed, refOf(world.library.rules, 'RETRY'));
  const { retryAfterMs } = fault;
  const wait = waitMs({ tries: triesOf(begun), seed: queued.id, retryAfterMs }, settings.waits);
  workJob(act, queued, moment(act.at + wait));
  return queued;
}

/** Which try this was since the last answer of any kind. */
function triesOf(begun: Begun): number {
  const answered = outcomesOf(begun).findIndex((o) => o === 'ok');
  return (answered < 0 ? outcomesOf(begun).length : answered) + 1;
}

/** How many calls before this one failed the same way, since a person last had a hand in it. */
async function sameBefore(world: World, { begun, failure }: Failed): Promise<number> {
  const trail = await world.store.trail({ task: begun.task.id });
  const touched = trail.findLastIndex(({ actor }) => actor.kind === 'person');
  const ends = trail
    .slice(touched + 1)
    .filter(({ type, data }) => type === 'attempt.ended' && data['purpose'] !== 'propose')
    .reverse();
  const other = ends.findIndex(({ data }) => data['failure'] !== failure);
  return other < 0 ? ends.length : other;
}

type Moving = Pick<Failed, 'begun' | 'fault'>;

function retried(act: OpenAct, { begun, fault }: Moving, rule: RuleRef): TaskRow {
  return move(act, begun.task, {
    event: 'retry',
    mover: { by: 'system', rule },
    set: { costNano: begun.task.costNano },
    say: { data: { fault: fault.code } },
  });
}

function fail(world: World, act: OpenAct, { begun, fault }: Moving): TaskRow {
  return move(act, begun.task, {
    event: 'fail',
    mover: { by: 'system', rule: refOf(world.library.rules, 'FAIL') },
    set: { costNano: begun.task.costNano },
    say: { data: { fault: fault.code } },
  });
}

/** Waits for its lane, and says when that is tried again. */
function holdFor(world: World, act: OpenAct, { begun, fault, lane }: Failed): TaskRow {
  const { breaker } = lane;
  const isOut = FAULT_PLANS[fault.code].lane === 'out' || breaker.is === 'closed';
  resumeJob(act, begun.task.lane, lane);
  return hold(act, begun.task, {
    rule: refOf(world.library.rules, isOut ? 'HOLD-LANE-DOWN' : 'HOLD-LANE-FAULTS'),
    waitsFor: `lane:${begun.task.lane}`,
    set: { costNano: begun.task.costNano },
    data: {
      fault: fault.code,
      ...(breaker.is === 'closed' ? {} : { faults: breaker.faults, until: breaker.until }),
    },
  });
}

type Asking = {
  readonly failed: Failed;
  readonly rule: Extract<NamedRule, 'ASK-STUCK' | 'STOP-SAME' | 'ASK-DEARER'>;
  readonly says: string;
};

function ask(world: World, act: OpenAct, { failed, rule, says }: Asking): Promise<TaskRow> {
  const { task, file } = failed.begun;
  return askPerson(world, act, {
    task,
    request: file.request,
    about: 'stuck',
    text: stuckWords(world.library.rules, says),
    rule,
    set: { costNano: task.costNano },
    say: { data: { fault: failed.fault.code } },
  });
}
