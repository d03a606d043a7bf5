import { shownBy } from '../../core/kind-record.ts';
import type { Placement } from '../../core/route.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import { queueInTurn } from './in-turn.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

type Startable = { readonly task: TaskRow; readonly start: Placement['start'] };

/**
 * Starts a piece without a click where a written rule in force says so, and its entry names that rule. A kind whose
 * record with people is thin or bad waits for the click all the same.
 */
export async function startUnasked(
  world: World,
  act: OpenAct,
  { task, start }: Startable,
): Promise<TaskRow> {
  if (!start.unasked || task.state !== 'proposed') return task;
  const { settings } = world.library.rules;
  const shown = shownBy(await world.store.approvals(task.kind), settings.unaskedFrom);
  if (shown !== 'good') return task;
  const queued = move(act, task, {
    event: 'start_by_rule',
    mover: { by: 'system', rule: start.rule },
    say: { lane: task.lane, persona: task.persona },
  });
  return queueInTurn(world, act, queued);
}
