import { isDearer } from '../../core/lane.ts';
import { HUMAN } from '../../core/persona.ts';
import { refOf } from '../../core/rule-set.ts';
import { ofTask } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { tidySoon } from '../erase/tidy-examples.ts';
import { move } from '../move.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { forbidden, laneOf } from './named-lane.ts';
import type { Decided } from './piece.ts';
import { askAbout } from './put-task.ts';
import { redecide } from './redecide.ts';
import { placement, routeData } from './route-data.ts';

/** A held piece whose turn has come, with the one before it. */
type Come = {
  readonly task: TaskRow;
  readonly before: TaskRow;
  readonly client: ClientRow;
  readonly request: RequestRow;
};

/**
 * Takes up a piece that was planned on other facts than the one before it brings: it goes on where it stood, or on the
 * lane the rules want now if that is not dearer; whatever else they want a person is asked. The entry holds the decision.
 */
export async function resumeAnew(
  world: World,
  act: OpenAct,
  { task, before, client, request }: Come,
): Promise<TaskRow> {
  const decided = await redecide(world, { task, client });
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const about = questionNow(task, decided);
  const now = about === null ? placedNow(task, decided) : placement(decided);
  const back = move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
    set: { ...now, minutes: decided.minutes },
    say: {
      lane: now.lane,
      persona: now.persona,
      minutes: decided.minutes,
      data: { before: before.id, ...route },
    },
  });
  if (decided.facts.sensitivity === 'confidential') tidySoon(act);
  return about === null ? back : askAbout(world, act, { task: back, request, about, decided });
}

/** What a person must say first; null where the piece may go on by itself. */
function questionNow(task: TaskRow, { route, facts }: Decided): QuestionAbout | null {
  if (route.is === 'ask') return route.about;
  const lane = laneOf(route);
  // Its words say something else than they did: what is done is no matter of what came before.
  if (lane === null || facts.kind !== task.kind) return 'kind';
  return forbidden(route.trace, task.lane) !== null && isDearer(task.lane, lane) ? 'lane' : null;
}

/** The lane it has stays as long as it may; another one only where a limit closed that. */
function placedNow(task: TaskRow, decided: Decided): ReturnType<typeof placement> {
  const placed = placement(decided);
  // Whoever has it keeps it: it may have been handed on since the rules chose somebody.
  const persona = task.persona === HUMAN ? placed.persona : task.persona;
  if (placed.lane === task.lane || forbidden(decided.route.trace, task.lane) !== null)
    return { ...placed, persona };
  const { lane, gate, rule } = task;
  return { ...placed, persona, lane, gate, rule };
}
