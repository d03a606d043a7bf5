import { findAsked } from './find.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { told } from './subcommand.ts';
import type { Asked } from './subcommand.ts';
import { whyNone, whyTask } from '../why.ts';

/** `why #142.2`: which written rules led here, from what was stored then. */
export async function why(world: World, asked: Asked): Promise<Reply> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const { request } = file;
  const isWhole = tasks.length === file.tasks.length;
  const none = isWhole ? await whyNone(world, request) : [];
  if (tasks.length + none.length === 0)
    return told('Nothing was decided yet: the request has no task.');
  const lines = await Promise.all(tasks.map((t) => whyTask(world, t, request.number)));
  return told(...lines.flat(), ...none);
}
