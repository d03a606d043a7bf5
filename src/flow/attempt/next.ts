import { Fault } from '../../core/fault.ts';
import type { AttemptId } from '../../core/id.ts';
import type { Purpose } from '../../core/lane.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { noteOn } from '../move.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';
import { attemptRow, keepPrompt, promptText, startData } from './begin.ts';
import type { Begun } from './begin.ts';
import { endAttempt, withCost } from './end.ts';

/** How the attempt before ended, and why and with which words the same specialist is asked again. */
export type Again = {
  readonly result: LaneResult;
  readonly outcome: 'ok' | 'invalid_output';
  readonly purpose: Purpose;
  readonly rule: NamedRule;
  /** What is sent now, whole. */
  readonly material: string;
};

/**
 * Ends an attempt and opens the next one in one act; the task stays working, and what it cost so far goes along. Throws
 * Fault `conflict` when the task was changed meanwhile.
 */
export async function nextAttempt(world: World, begun: Begun, again: Again): Promise<Begun> {
  const act = openAct(world.clock);
  const { result, outcome, purpose } = again;
  const nano = await endAttempt(world, act, { begun, result, outcome });
  const prompt = promptText(begun.system, again.material);
  const kept = await keepPrompt(world, act, { ...begun, prompt });
  const { persona } = begun;
  const id = act.newId<AttemptId>();
  const startedEntry = noteOn(act, begun.task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: refOf(world.library.rules, again.rule),
    attempt: id,
    lane: begun.task.lane,
    persona: persona.id,
    data: await startData(world, begun, { purpose, ...kept }),
  });
  const made = { id, purpose, persona, prompt: kept.prompt.id, startedEntry, at: act.at };
  const attempt = attemptRow(begun.task, made);
  act.change({ insert: 'attempt', row: attempt });
  if ((await world.store.commit(act.close())) === 'lost')
    throw new Fault(
      'conflict',
      'The task was changed while its answer was being asked for again. The answer is discarded.',
    );
  const task = { ...begun.task, costNano: withCost(begun.task, nano) };
  return { ...begun, task, attempt, prompt };
}
