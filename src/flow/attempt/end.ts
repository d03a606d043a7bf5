import { technicalName } from '../../core/technical-name.ts';
import type { EntryDraft } from '../../core/entry.ts';
import type { EntryId } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { addMoney, NO_COST } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { moment } from '../../core/moment.ts';
import { ofTask } from '../about.ts';
import { refData } from '../act.ts';
import type { OpenAct } from '../act.ts';
import type { Begun } from './begin.ts';
import { bookCall } from './book.ts';
import type { Booked } from './book.ts';
import { settledBy, settledWithout } from './reserve.ts';
import { aboutTask } from '../move.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

export type Ending = {
  readonly begun: Pick<Begun, 'task' | 'attempt'>;
  readonly result: LaneResult;
  /** `ok`, or a fault code. */
  readonly outcome: string;
  /** What the entry says beside it. */
  readonly says?: EntryDraft['data'];
};

/** Closes an attempt with everything that is known of it, priced once. Returns what it cost; null is not known. */
export async function endAttempt(
  world: World,
  act: OpenAct,
  { begun, result, outcome, says }: Ending,
): Promise<NanoUsd | null> {
  const booked = await bookCall(world, begun.attempt, result);
  const answer = await world.bodies.put('answer', ofTask(begun.task), result.text);
  const { purpose } = begun.attempt;
  const endedEntry = noteEnd(act, begun, {
    model: technicalName(result.modelServed),
    ...(booked.nano === null ? {} : { costNano: booked.nano }),
    data: {
      ...endData(result, { outcome, booked, purpose, answer: refData(answer.ref) }),
      ...says,
    },
  });
  act.spend(settledBy(begun.attempt, { result, cost: booked.cost }));
  act.change({ insert: 'body', row: answer.row });
  act.change({
    update: 'attempt',
    set: {
      ...booked.row,
      model: result.modelServed,
      usage: result.usage,
      rehearsal: result.rehearsal,
      endedAt: act.at,
      outcome,
      answerBody: answer.ref.id,
      endedEntry,
    },
    where: { id: begun.attempt.id, endedAt: null },
  });
  return booked.nano;
}

/** The entry of an end; what led to it is the start of that attempt. */
function noteEnd(
  act: OpenAct,
  { task, attempt }: Ending['begun'],
  says: Pick<EntryDraft, 'model' | 'costNano' | 'data'>,
): EntryId {
  return act.note(
    {
      type: 'attempt.ended',
      actor: { kind: 'persona', id: attempt.persona, version: attempt.personaHash },
      rule: task.rule,
      ...aboutTask(task),
      attempt: attempt.id,
      lane: attempt.lane,
      persona: attempt.persona,
      ...says,
    },
    attempt.startedEntry,
  );
}

type EndFacts = {
  readonly outcome: string;
  readonly booked: Booked;
  readonly purpose: string;
  readonly answer: ReturnType<typeof refData>;
};

function endData(result: LaneResult, { outcome, booked, purpose, answer }: EndFacts) {
  return {
    outcome,
    purpose,
    provider: technicalName(result.provider),
    model_requested: technicalName(result.modelRequested),
    provider_request_id: result.requestId === null ? null : technicalName(result.requestId),
    stop: result.stop,
    tokens: {
      input: result.usage.input,
      cache_read: result.usage.cacheRead,
      cache_write: result.usage.cacheWrite,
      output: result.usage.output,
    },
    compute_ms: Math.round(result.usage.computeMs),
    latency_ms: Math.round(result.latencyMs),
    ...likelihood(result),
    rehearsal: result.rehearsal,
    ...booked.data,
    answer,
  };
}

/** In ten-thousandths: an entry holds whole numbers. */
function likelihood({ tokenProbability }: LaneResult) {
  return tokenProbability === undefined
    ? {}
    : { token_probability: Math.round(tokenProbability * 10_000) };
}

/** The cost of a task with one more attempt; what is not known adds nothing and is said elsewhere. */
export function withCost(task: TaskRow, nano: NanoUsd | null): NanoUsd {
  return addMoney(task.costNano, nano ?? NO_COST);
}

/** How an attempt ended that got no answer. */
export type Unanswered = {
  readonly task: TaskRow;
  readonly attempt: AttemptRow;
  readonly outcome: string;
  /** Of a fault: which failure it was, when the server wants to be asked again, and why the task stays on its lane. */
  readonly says?: {
    readonly failure: string;
    readonly retryAfterMs?: number;
    readonly stayed: NonNullable<EntryDraft['data']>;
  };
};

function failureData(says: Unanswered['says']): NonNullable<EntryDraft['data']> {
  if (says === undefined) return {};
  const { failure, retryAfterMs, stayed } = says;
  const after = retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs };
  return { failure, ...after, ...stayed };
}

/** Closes an attempt that got no answer: a fault, an interruption. Its cost is not known unless it was free. */
export function endWithout(
  { library }: Pick<World, 'library'>,
  act: OpenAct,
  { task, attempt, outcome, says }: Unanswered,
): void {
  const free = attempt.lane === 'tool';
  const settling = settledWithout(attempt, outcome);
  act.spend(settling);
  const ended = {
    ...(free ? { costNano: NO_COST } : {}),
    data: {
      outcome,
      purpose: attempt.purpose,
      basis: free ? 'computed' : 'unpriced',
      ...failureData(says),
      ...(settling.counted === 'lost' ? { counting: refOf(library.rules, 'COUNT-LOST') } : {}),
    },
  };
  const endedEntry = noteEnd(act, { task, attempt }, ended);
  act.change({
    update: 'attempt',
    set: {
      endedAt: act.at,
      outcome,
      endedEntry,
      notBefore: says?.retryAfterMs === undefined ? null : moment(act.at + says.retryAfterMs),
      costBasis: free ? 'computed' : 'unpriced',
      costNano: free ? NO_COST : null,
    },
    where: { id: attempt.id, endedAt: null },
  });
}
