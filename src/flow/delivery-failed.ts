import type { Fault } from '../core/fault.ts';
import { taskNumber } from '../core/id.ts';
import { refOf } from '../core/rule-set.ts';
import { ofTask } from './about.ts';
import { openAct } from './act.ts';
import { move } from './move.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** A delivery that Slack refused for good: the task stays approved, the owner is told, and it is tried again later. */
export async function tellFailure(world: World, file: TaskFile, fault: Fault): Promise<void> {
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, 'DELIVER-AGAIN');
  const again = move(act, file.task, {
    event: 'delivery_failed',
    mover: { by: 'system', rule },
    say: { data: { fault: fault.code } },
  });
  const body = await world.bodies.put(
    'note',
    ofTask(file.task),
    `The delivery of ${taskNumber(file.request.number, file.task.ordinal)} failed: ${fault.message} It is tried again in ten minutes.`,
  );
  act.change({ insert: 'body', row: body.row });
  act.show({
    key: `failed:${again.id}:${again.version}`,
    kind: 'notice',
    place: { at: 'review' },
    requestId: again.requestId,
    taskId: again.id,
    note: { code: 'text', with: { body: body.ref.id } },
  });
  act.job({
    queue: 'aios',
    name: 'deliver',
    subject: again.id,
    jobId: `deliver_${again.id}_${again.version}`,
    dueAt: (act.at + 600_000) as typeof act.at,
  });
  await world.store.commit(act.close());
}
