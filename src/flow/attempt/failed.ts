import type { Fault, FaultCode } from '../../core/fault.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { moment } from '../../core/moment.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { askPerson, stuckWords } from '../answer/ask-person.ts';
import { endWithout, MOST_ATTEMPTS } from './end.ts';
import type { Begun } from './begin.ts';
import { move } from '../move.ts';
import { showPlan, workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

const FIRST_WAIT_MS = 2_000;

type Path = 'retry' | 'hold' | 'ask';

/** What a fault of a lane leads to. What is not listed here a person is asked about. */
const PATHS: Readonly<Partial<Record<FaultCode, Path>>> = {
  rate_limit: 'retry',
  overloaded: 'retry',
  timeout: 'retry',
  cancelled: 'retry',
  unavailable: 'hold',
  auth: 'hold',
  model_missing: 'hold',
  quota: 'hold',
  lane_off: 'hold',
};

const RULES: Readonly<Record<Path | 'fail', NamedRule>> = {
  retry: 'RETRY',
  hold: 'HOLD-LANE-DOWN',
  ask: 'ASK-STUCK',
  fail: 'FAIL',
};

/** Closes the attempt with the fault and queues, holds, fails or asks, as the table above says. */
export async function workFailed(world: World, begun: Begun, fault: Fault): Promise<void> {
  const act = openAct(world.clock);
  endWithout(act, begun.task, { attempt: begun.attempt, outcome: fault.code });
  showPlan(act, await follow(world, act, { begun, fault }));
  if ((await world.store.commit(act.close())) === 'done') return;
  // The task was changed meanwhile, e.g. cancelled: only the attempt is closed.
  const late = openAct(world.clock);
  endWithout(late, begun.task, { attempt: begun.attempt, outcome: fault.code });
  await world.store.commit(late.close());
}

type Failed = { readonly begun: Begun; readonly fault: Fault };

async function follow(world: World, act: OpenAct, { begun, fault }: Failed): Promise<TaskRow> {
  const { task } = begun;
  const path = PATHS[fault.code] ?? 'ask';
  if (path === 'ask')
    return askPerson(world, act, {
      task,
      request: begun.file.request,
      about: 'stuck',
      text: stuckWords(world.library.rules, fault.message),
      rule: RULES.ask,
      set: { costNano: task.costNano },
      say: { data: { fault: fault.code } },
    });
  const event = path === 'retry' && task.attempts >= MOST_ATTEMPTS ? 'fail' : path;
  const waitsFor = path === 'hold' ? `lane:${task.lane}` : null;
  const moved = move(act, task, {
    event,
    mover: { by: 'system', rule: refOf(world.library.rules, RULES[event]) },
    set: { waitsFor, costNano: task.costNano },
    say: { data: { fault: fault.code, ...(waitsFor === null ? {} : { waits_for: waitsFor }) } },
  });
  const wait = fault.retryAfterMs ?? FIRST_WAIT_MS * 2 ** task.attempts;
  if (moved.state === 'queued') workJob(act, moved, moment(act.at + wait));
  return moved;
}
