import { Fault } from '../../core/fault.ts';
import type { AttemptId, BodyId } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Purpose } from '../../core/lane.ts';
import type { Persona } from '../../core/persona.ts';
import { openAct, refData } from '../act.ts';
import { materialOf } from './material.ts';
import { move, noteOn } from '../move.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** An attempt that is written down and about to be made. */
export type Begun = {
  readonly file: TaskFile;
  /** The task as it is now: working. */
  readonly task: TaskRow;
  readonly attempt: AttemptRow;
  readonly persona: Persona;
  readonly kind: WorkKind;
  readonly system: string;
  readonly material: string;
  readonly files: readonly NamedFile[];
};

/** Claims the task and writes the attempt down before any call. Null when another was first. */
export async function beginAttempt(
  world: World,
  file: TaskFile,
  purpose: Purpose,
): Promise<Begun | null> {
  const { persona, kind } = castOf(world, file.task);
  const { material, files } = await materialOf(world, file);
  const system = world.library.systemPrompt(persona, kind);
  const act = openAct(world.clock);
  const prompt = await world.bodies.put('prompt', file.task.clientId, `${system}\n\n${material}`);
  act.change({ insert: 'body', row: prompt.row });
  const claimed = move(act, file.task, {
    event: 'claim',
    mover: { by: 'system', rule: file.task.rule },
    set: { attempts: file.task.attempts + 1 },
    say: { lane: file.task.lane },
  });
  const id = act.newId<AttemptId>();
  const startedEntry = noteOn(act, claimed, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: claimed.rule,
    attempt: id,
    lane: claimed.lane,
    persona: persona.id,
    data: { purpose, number: claimed.attempts, round: claimed.round, prompt: refData(prompt.ref) },
  });
  const attempt = attemptRow(claimed, {
    id,
    purpose,
    persona,
    prompt: prompt.ref.id,
    startedEntry,
    at: act.at,
  });
  act.change({ insert: 'attempt', row: attempt });
  if ((await world.store.commit(act.close())) === 'lost') return null;
  return { file, task: claimed, attempt, persona, kind, system, material, files };
}

/** The persona and kind of a task. Throws Fault `bad_rules` when the rules in force no longer know them. */
export function castOf(world: World, task: TaskRow): { persona: Persona; kind: WorkKind } {
  const persona = world.library.personas.byId.get(task.persona);
  const kind = world.library.rules.kinds.get(task.kind);
  if (persona !== undefined && kind?.sort === 'work') return { persona, kind };
  throw new Fault(
    'bad_rules',
    `The rules in force know no ${persona === undefined ? `persona ${task.persona}` : `work of kind ${task.kind}`}. Re-route the task or restore the file.`,
  );
}

type Made = {
  readonly id: AttemptId;
  readonly purpose: Purpose;
  readonly persona: Persona;
  readonly prompt: BodyId;
  readonly startedEntry: AttemptRow['startedEntry'];
  readonly at: AttemptRow['startedAt'];
};

export function attemptRow(task: TaskRow, made: Made): AttemptRow {
  return {
    id: made.id,
    taskId: task.id,
    purpose: made.purpose,
    lane: task.lane,
    persona: made.persona.id,
    personaHash: made.persona.hash,
    startedAt: made.at,
    endedAt: null,
    outcome: null,
    model: null,
    usage: null,
    costNano: null,
    costBasis: null,
    promptBody: made.prompt,
    answerBody: null,
    rehearsal: false,
    startedEntry: made.startedEntry,
    endedEntry: null,
  };
}
