import { refOf } from '../../core/rule-set.ts';
import { eraseTexts } from './erase.ts';
import { redraw } from './redraw.ts';
import { subjectOf } from './subject.ts';
import type { World } from '../ports/world.ts';

/** Requests looked after in one round; the next round comes within the hour. */
const AT_ONCE = 50;

/** Erases the texts of ended requests whose time is over, as their client's setting and the written rule want it. */
export async function retain(world: World): Promise<void> {
  const rule = refOf(world.library.rules, 'RETENTION');
  const order = { ground: 'retention', by: null, actor: { kind: 'rule', id: rule }, rule } as const;
  for (const id of await world.eraser.due(world.clock.now(), AT_ONCE)) {
    const subject = await subjectOf(world, { is: 'request', id });
    const { requests } = await eraseTexts(world, { order, subject });
    await redraw(world, requests);
  }
}
