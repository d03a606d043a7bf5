import { refOf } from '../../core/rule-set.ts';
import type { RequestId } from '../../core/id.ts';
import type { RuleRef } from '../../core/rule.ts';
import { isFinal } from '../../core/task.ts';
import { openAct } from '../act.ts';
import { move } from '../move.ts';
import { showPlan } from '../start.ts';
import { eraseTexts } from './erase.ts';
import { redraw } from './redraw.ts';
import { subjectOf } from './subject.ts';
import { tidyExamples } from './tidy-examples.ts';
import type { World } from '../ports/world.ts';

/** Requests looked after in one round; the next round comes within the hour. */
const AT_ONCE = 50;

/** Erases the texts of ended requests whose time is over, as their client's setting and the written rule want it, and those of examples that teach nothing any more. */
export async function retain(world: World): Promise<void> {
  const rule = refOf(world.library.rules, 'RETENTION');
  const order = { ground: 'retention', by: null, actor: { kind: 'rule', id: rule }, rule } as const;
  for (const id of await world.eraser.due(world.clock.now(), AT_ONCE)) {
    if (!(await endExpired(world, id, rule))) continue;
    const subject = await subjectOf(world, { is: 'request', id });
    const { requests } = await eraseTexts(world, { order, subject });
    await redraw(world, requests);
  }
  await tidyExamples(world);
}

/**
 * Ends what expired and nobody took up again, for without its texts nobody can. False where somebody just did: then
 * there is nothing to erase.
 */
async function endExpired(world: World, id: RequestId, rule: RuleRef): Promise<boolean> {
  const open = (await world.store.requestFile(id))?.tasks.filter(({ state }) => !isFinal(state));
  if (open === undefined || open.length === 0) return true;
  if (open.some(({ state }) => state !== 'expired')) return false;
  const act = openAct(world.clock);
  for (const task of open)
    showPlan(act, move(act, task, { event: 'lapse', mover: { by: 'system', rule } }));
  return (await world.store.commit(act.close())) === 'done';
}
