import { isNearlyUsed } from '../../core/budget.ts';
import { requestNumber, taskNumber } from '../../core/id.ts';
import type { TaskId } from '../../core/id.ts';
import { LANES } from '../../core/lane.ts';
import { budgetName, heldWords, usedText } from '../budget-words.ts';
import { visibleTo } from './budget.ts';
import { findAsked } from './find.ts';
import { saysOf } from '../cards/plan.ts';
import { lanesTold } from '../lane-state.ts';
import { lanesNow } from '../plan/piece.ts';
import type { Health } from '../plan/piece.ts';
import type { LaneHealth } from '../ports/lanes.ts';
import type { Reply } from '../ports/doors.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { rolesOf } from '../roles.ts';
import { told } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `status`: how the lanes are and what is open; `status #142`: how one request stands. */
export async function status(world: World, asked: Asked): Promise<Reply> {
  const health = await lanesTold(world, await lanesNow(world));
  return asked.words[0] === undefined
    ? told(
        ...laneLines(health),
        ...(await nearlyUsed(world, asked)),
        ...(await openLines(world, asked, health)),
      )
    : one(world, asked, health);
}

async function one(world: World, asked: Asked, health: Health): Promise<Reply> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const { number } = file.request;
  const head = `${requestNumber(number)}, ${file.client?.name ?? 'nobody yet'}, from ${file.requester.name}`;
  if (tasks.length === 0) return told(`${head}: ${STEP_WORDS[file.request.step]}`);
  const held = await heldWords(world, tasks);
  return told(head, ...tasks.map((task) => taskLine(world, { task, number, health, held })));
}

const STEP_WORDS: Readonly<Record<RequestRow['step'], string>> = {
  received: 'received, its plan is being made',
  asked: 'waits for the answer for whom it is',
  planned: 'has no task',
  empty: 'had no work in it',
};

/** How each lane is, with the next step where one is needed. */
export function laneLines(health: Health): readonly string[] {
  return ['Lanes', ...LANES.map((lane) => `- ${lane}: ${healthWords(health[lane])}`)];
}

function healthWords(now: LaneHealth): string {
  if (now.is !== 'ready') return `${now.is}. ${now.why} Next step: ${now.next}`;
  return now.rehearsal
    ? 'ready, a stand-in answers (rehearsal)'
    : `ready${now.model === '' ? '' : ` (${now.model})`}`;
}

async function openLines(world: World, asked: Asked, health: Health): Promise<readonly string[]> {
  const open = await world.store.openTasks(null);
  const held = await heldWords(
    world,
    open.map(({ task }) => task),
  );
  const seen = new Map<string, boolean>();
  const lines: string[] = [];
  for (const { task, number } of open) {
    if (!seen.has(task.requestId)) seen.set(task.requestId, await concerns(world, asked, task));
    if (seen.get(task.requestId) === true)
      lines.push(`- ${taskLine(world, { task, number, health, held })}`);
  }
  return lines.length === 0 ? ['Nothing is open.'] : [`Open tasks: ${lines.length}`, ...lines];
}

/** People see what they asked for or decide about; the owner sees everything. */
async function concerns(world: World, { person }: Asked, task: TaskRow): Promise<boolean> {
  if (person.role === 'owner') return true;
  const file = await world.store.requestFile(task.requestId);
  return file !== null && rolesOf(person, file).length > 0;
}

/** Budgets that will hold work soon, to whoever may raise them. */
async function nearlyUsed(world: World, { person }: Asked): Promise<readonly string[]> {
  const states = (await visibleTo(world, person)).filter(({ used }) => isNearlyUsed(used));
  if (states.length === 0) return [];
  const lines = states.map(
    async (state) => `- ${await budgetName(world, state.budget)}: ${usedText(state)}`,
  );
  return ['Budgets nearly used up', ...(await Promise.all(lines))];
}

type Line = {
  readonly task: TaskRow;
  readonly number: number;
  readonly health: Health;
  readonly held: ReadonlyMap<TaskId, string>;
};

function taskLine(world: World, { task, number, health, held }: Line): string {
  const title = world.library.rules.kinds.get(task.kind)?.title ?? 'kind not known yet';
  return `${taskNumber(number, task.ordinal)} ${title} (${task.lane}): ${held.get(task.id) ?? saysOf(task, health)}`;
}
