import { refOf } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import { reviewJob, showPlan, workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** Whether a budget is raised need not be said any more: each question about it is closed by the step that went on. */
async function closeQuestions(
  world: World,
  act: OpenAct,
  { id, lastEntry }: TaskRow,
): Promise<void> {
  for (const question of await world.store.budgetQuestionsOf(id)) {
    act.change({
      update: 'question',
      set: { answeredAt: act.at, answer: 'not_needed', lastEntry },
      where: { id: question.id, answeredAt: null },
    });
    act.show({ key: `question:${question.id}`, kind: 'question', place: { at: 'review' } });
  }
}

/** Goes back to where it was held; what it then needs is queued in the same act. */
export async function resume(world: World, task: TaskRow): Promise<void> {
  const act = openAct(world.clock);
  const back = move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
  });
  if (back.state === 'queued') workJob(act, back);
  if (back.state === 'reviewing') reviewJob(act, back);
  await closeQuestions(world, act, back);
  showPlan(act, back);
  await world.store.commit(act.close());
}
