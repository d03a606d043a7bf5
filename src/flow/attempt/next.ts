import { Fault } from '../../core/fault.ts';
import type { AttemptId } from '../../core/id.ts';
import type { Purpose } from '../../core/lane.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { noteOn } from '../move.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { Reserving } from '../ports/rows-budgets.ts';
import { showPlan } from '../start.ts';
import type { World } from '../ports/world.ts';
import { attemptRow, startData } from './begin.ts';
import type { Begun } from './begin.ts';
import { endAttempt, withCost } from './end.ts';
import { heldFor, shortOf } from './hold-budget.ts';
import { keepPrompt, promptText } from './keep-prompt.ts';
import type { CallLimits } from './limits.ts';
import { reserving } from './reserve.ts';

/** How the attempt before ended, and why and with which words the same specialist is asked again. */
export type Again = {
  readonly result: LaneResult;
  readonly outcome: 'ok' | 'invalid_output' | 'truncated' | 'placeholders_broken';
  readonly purpose: Purpose;
  readonly rule: NamedRule;
  /** What is sent now, whole. */
  readonly material: string;
  /** How much it may answer this time, where that changes. */
  readonly limits?: CallLimits;
};

/**
 * Ends an attempt and opens the next one in one act; the task stays working, and what it cost so far goes along. Throws
 * Fault `conflict` when the task was changed meanwhile.
 */
export async function nextAttempt(world: World, begun: Begun, again: Again): Promise<Begun> {
  const tried = await tryNext(world, begun, again);
  if (tried.is === 'begun') return tried.begun;
  await holdBetween(world, { begun, again, reserve: tried.reserve });
  throw changedMeanwhile();
}

/**
 * The same for an answer that can be gone on with as it is: null, with its attempt still open, where a budget has no room to ask
 * again.
 */
export async function nextIfRoom(world: World, begun: Begun, again: Again): Promise<Begun | null> {
  const tried = await tryNext(world, begun, again);
  if (tried.is === 'begun') return tried.begun;
  if ((await shortOf(world, tried.reserve)) === null) throw changedMeanwhile();
  return null;
}

function changedMeanwhile(): Fault {
  return new Fault(
    'conflict',
    'The task was changed while its answer was being asked for again. The answer is discarded.',
  );
}

/** `lost`: the task was changed, or a budget had no room; nothing was written. */
type Tried =
  | { readonly is: 'begun'; readonly begun: Begun }
  | { readonly is: 'lost'; readonly reserve: Reserving };

async function tryNext(world: World, begun: Begun, again: Again): Promise<Tried> {
  const act = openAct(world.clock);
  const { result, outcome, purpose, limits = begun.limits } = again;
  const nano = await endAttempt(world, act, { begun, result, outcome });
  const prompt = promptText(begun.system, again.material);
  const kept = await keepPrompt(world, act, { ...begun, prompt });
  const { persona, task } = begun;
  const id = act.newId<AttemptId>();
  const reserve = await reserving(world, act, {
    ...begun,
    limits,
    material: again.material,
    attempt: id,
  });
  const startedEntry = noteOn(act, begun.task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: refOf(world.library.rules, again.rule),
    attempt: id,
    lane: begun.task.lane,
    persona: persona.id,
    data: {
      ...(await startData(world, { ...begun, limits }, { purpose, ...kept })),
      worst: reserve.worst,
    },
  });
  const made = { id, purpose, persona, prompt: kept.prompt.id, startedEntry, at: act.at };
  const attempt = attemptRow(begun.task, made);
  act.change({ insert: 'attempt', row: attempt });
  act.spend(reserve);
  if ((await world.store.commit(act.close())) === 'lost') return { is: 'lost', reserve };
  const now = { ...task, costNano: withCost(task, nano) };
  const earlier = [...begun.earlier, outcome];
  return { is: 'begun', begun: { ...begun, task: now, attempt, prompt, limits, earlier } };
}

type Between = { readonly begun: Begun; readonly again: Again; readonly reserve: Reserving };

/**
 * Where a budget has no room for the next turn, the one before it still ends with what it came to, and the task is held:
 * when there is room again it is worked on from its beginning.
 */
async function holdBetween(world: World, { begun, again, reserve }: Between): Promise<void> {
  const short = await shortOf(world, reserve);
  if (short === null) return;
  const act = openAct(world.clock);
  const nano = await endAttempt(world, act, { begun, ...again });
  const task = { ...begun.task, costNano: withCost(begun.task, nano) };
  showPlan(act, await heldFor(world, act, { task, request: begun.file.request, short }));
  await world.store.commit(act.close());
}
