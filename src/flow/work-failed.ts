import type { Fault, FaultCode } from '../core/fault.ts';
import { refOf } from '../core/rule-set.ts';
import type { NamedRule } from '../core/rule-set.ts';
import type { TaskEvent } from '../core/task.ts';
import { openAct } from './act.ts';
import { endWithout, MOST_ATTEMPTS } from './attempt-end.ts';
import type { Begun } from './attempt-begin.ts';
import { move } from './move.ts';
import { optionsFor, putQuestion } from './question.ts';
import { showPlan } from './start.ts';
import type { World } from './ports/world.ts';

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
  ask: 'ASK-PERSONA',
  fail: 'FAIL',
};

/** Closes the attempt with the fault and queues, holds, fails or asks, as the table above says. */
export async function workFailed(world: World, begun: Begun, fault: Fault): Promise<void> {
  const act = openAct(world.clock);
  endWithout(act, begun.task, { attempt: begun.attempt, outcome: fault.code });
  const path = PATHS[fault.code] ?? 'ask';
  const spent = path === 'retry' && begun.task.attempts >= MOST_ATTEMPTS;
  const event: TaskEvent = spent ? 'fail' : path;
  const task = move(act, begun.task, {
    event,
    mover: { by: 'system', rule: refOf(world.library.rules, RULES[spent ? 'fail' : path]) },
    set: {
      waitsFor:
        path === 'hold' ? `lane:${begun.task.lane}` : path === 'ask' ? 'answer:stuck' : null,
    },
    say: { data: { fault: fault.code } },
  });
  if (task.state === 'queued')
    act.job({
      queue: `lane-${task.lane}`,
      name: 'work',
      subject: task.id,
      jobId: `work_${task.id}_${task.version}`,
      dueAt: (act.at + (fault.retryAfterMs ?? 2_000 * 2 ** begun.task.attempts)) as typeof act.at,
    });
  if (task.state === 'asking')
    await putQuestion(world, act, {
      about: 'stuck',
      request: begun.file.request,
      task,
      text: `${fault.message} Try again, or do it by hand?`,
      options: optionsFor(world, 'stuck', []),
      rule: refOf(world.library.rules, 'ASK-PERSONA'),
      place: { at: 'review' },
      entry: task.lastEntry,
    });
  showPlan(act, task);
  if ((await world.store.commit(act.close())) === 'done') return;
  // The task was changed meanwhile, e.g. cancelled: only the attempt is closed.
  const late = openAct(world.clock);
  endWithout(late, begun.task, { attempt: begun.attempt, outcome: fault.code });
  await world.store.commit(late.close());
}
