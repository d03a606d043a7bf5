import type { QuestionId, RequestId, TaskId } from '../core/id.ts';
import type { Lane } from '../core/lane.ts';
import { deliver } from './deliver.ts';
import { propose } from './answer/propose.ts';
import { weekly } from './digest.ts';
import { retain } from './erase/retention.ts';
import { plan } from './plan/plan.ts';
import { resumeLane } from './resume.ts';
import { review } from './review.ts';
import { show } from './show.ts';
import { sweep } from './sweep.ts';
import { work } from './work.ts';
import type { Job } from './ports/queue.ts';
import type { CardId } from './ports/rows-cards.ts';
import type { World } from './ports/world.ts';

type Run = (world: World, subject: string, signal: AbortSignal) => Promise<void>;

/** Every job there is: its name and what it does with its one id. A job may come twice; doing it twice does it once. */
export const JOBS: Readonly<Record<string, Run>> = {
  plan: (world, id) => plan(world, id as RequestId),
  work: (world, id, signal) => work(world, id as TaskId, signal),
  review: (world, id, signal) => review(world, id as TaskId, signal),
  propose: (world, id, signal) => propose(world, id as QuestionId, signal),
  deliver: (world, id) => deliver(world, id as TaskId),
  post: (world, id) => show(world, id as CardId),
  resume: (world, lane) => resumeLane(world, lane as Lane),
  sweep: (world) => sweep(world),
  retain: (world) => retain(world),
  digest: weekly,
};

/** Does one job. Throws Error for a name that no version of AIOS ever queued. */
export async function runJob(world: World, job: Job, signal: AbortSignal): Promise<void> {
  const run = JOBS[job.name];
  if (run === undefined) throw new Error(`no job is called ${job.name}`);
  await run(world, job.id, signal);
}
