import { utcText } from '../core/moment.ts';
import { shortRef, whyInWords } from '../core/why.ts';
import { taskNumber } from '../core/id.ts';
import type { Entry } from '../ledger/read.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';
import type { Press } from './pressed.ts';
import { refused } from './pressed.ts';

/** The Why button: the route and every later decision of a task, in plain sentences, to the asker alone. */
export async function whyCard(world: World, press: Press): Promise<PressedOutcome> {
  const { tasks, request } = press.request;
  const ordinal = Number(press.pressed.choice);
  const asked = press.task?.task ?? tasks.find((t) => t.ordinal === ordinal);
  const about = asked === undefined ? tasks : [asked];
  if (press.roles.length === 0)
    return refused('Only members of the practice who asked or may decide see why.');
  const told = await Promise.all(about.map((t) => whyTask(world, t, request.number)));
  return { is: 'done', says: told.flat().join('\n') };
}

/** Why a task went where it went, with each rule's text as it stood then. */
export async function whyTask(
  world: World,
  task: TaskRow,
  request: number,
): Promise<readonly string[]> {
  const entries = await world.store.trail({ task: task.id });
  const texts = await textsFor(world, task);
  return [
    `${taskNumber(request, task.ordinal)}`,
    ...whyInWords(task.trace, texts).split('\n'),
    'What was decided since:',
    ...entries.filter((e) => e.rule !== null || e.actor.kind === 'person').map(line),
  ];
}

/** Rule texts are kept for ever by their hash; a reference holds its beginning. */
async function textsFor(world: World, task: TaskRow): Promise<ReadonlyMap<string, string>> {
  const refs = [task.trace.winner, ...task.trace.limits.map((l) => l.rule)];
  const found = await Promise.all(
    refs.map((ref) => world.store.loreStarting(ref.slice(ref.indexOf('@') + 1))),
  );
  return new Map(found.filter((text) => text !== null).map((text) => [text.sha256, text.text]));
}

function line(entry: Entry): string {
  const who =
    entry.actor.kind === 'person'
      ? 'a person'
      : entry.rule === null
        ? 'the system'
        : shortRef(entry.rule);
  const step =
    entry.from !== null && entry.to !== null ? `${entry.from} to ${entry.to}` : entry.type;
  return `- ${utcText(entry.at)} ${entry.type}: ${step}, by ${who}`;
}
