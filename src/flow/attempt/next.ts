import { Fault } from '../../core/fault.ts';
import type { AttemptId } from '../../core/id.ts';
import type { Purpose } from '../../core/lane.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import { noteOn } from '../move.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';
import { attemptRow, startData } from './begin.ts';
import type { Begun, CallLimits } from './begin.ts';
import { endAttempt, withCost } from './end.ts';

/** How the attempt before ended, and why and with which words the same specialist is asked again. */
export type Again = {
  readonly result: LaneResult;
  readonly outcome: 'ok' | 'invalid_output' | 'truncated';
  readonly purpose: Purpose;
  readonly rule: NamedRule;
  readonly asks: string;
  /** How much it may answer this time, where that changes. */
  readonly limits?: CallLimits;
};

/**
 * Ends an attempt and opens the next one in one act; the task stays working, and what it cost so far goes along. Throws
 * Fault `conflict` when the task was changed meanwhile.
 */
export async function nextAttempt(world: World, begun: Begun, again: Again): Promise<Begun> {
  const act = openAct(world.clock);
  const { result, outcome, purpose, limits = begun.limits } = again;
  const nano = await endAttempt(world, act, { begun, result, outcome });
  const prompt = await world.bodies.put('prompt', ofTask(begun.task), again.asks);
  act.change({ insert: 'body', row: prompt.row });
  const { persona, context } = begun;
  const id = act.newId<AttemptId>();
  const startedEntry = noteOn(act, begun.task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: refOf(world.library.rules, again.rule),
    attempt: id,
    lane: begun.task.lane,
    persona: persona.id,
    data: await startData(world, { ...begun, limits }, { purpose, prompt: prompt.ref, context }),
  });
  const made = { id, purpose, persona, prompt: prompt.ref.id, startedEntry, at: act.at };
  const attempt = attemptRow(begun.task, made);
  act.change({ insert: 'attempt', row: attempt });
  if ((await world.store.commit(act.close())) === 'lost')
    throw new Fault(
      'conflict',
      'The task was changed while its answer was being asked for again. The answer is discarded.',
    );
  const task = { ...begun.task, costNano: withCost(begun.task, nano) };
  return { ...begun, task, attempt, limits, earlier: [...begun.earlier, outcome] };
}
