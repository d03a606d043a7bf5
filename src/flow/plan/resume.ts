import { refOf } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { move } from '../move.ts';
import { reviewJob, showPlan, workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** Goes back to where it was held; what it then needs is queued in the same act. */
export async function resume(world: World, task: TaskRow): Promise<void> {
  const act = openAct(world.clock);
  const back = move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
  });
  if (back.state === 'queued') workJob(act, back);
  if (back.state === 'reviewing') reviewJob(act, back);
  for (const { id } of await world.store.budgetQuestionsOf(task.id))
    act.show({ key: `question:${id}`, kind: 'question', place: { at: 'review' } });
  showPlan(act, back);
  await world.store.commit(act.close());
}
