import { Fault } from '../../core/fault.ts';
import type { Answer } from '../../core/answer.ts';
import type { AttemptId } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { ofTask } from '../about.ts';
import { endAttempt } from './end.ts';
import { attemptRow, CALL_LIMITS, startData } from './begin.ts';
import type { Begun } from './begin.ts';
import { noteOn } from '../move.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { LaneRequest, LaneResult } from '../ports/lanes.ts';
import type { AttemptRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** What came back from a lane, read: files and notes, or why not. The last attempt is still open. */
export type Called =
  | {
      readonly is: 'answer';
      readonly begun: Begun;
      readonly result: LaneResult;
      readonly answer: Answer;
      readonly files: readonly NamedFile[];
    }
  | { readonly is: 'refused'; readonly begun: Begun; readonly result: LaneResult }
  | {
      readonly is: 'unusable';
      readonly begun: Begun;
      readonly result: LaneResult;
      readonly issues: readonly string[];
    };

/** Calls the lane once, and once more to repair an answer that has the wrong shape or was cut off. */
export async function callLane(world: World, begun: Begun, signal: AbortSignal): Promise<Called> {
  const first = await once(world, begun, { signal, material: begun.material });
  if (first.is !== 'unusable') return first;
  const repair = await beginRepair(world, begun, first);
  const material = `${begun.material}\n\nYour last answer could not be used:\n${first.issues.join('\n')}\nAnswer again, complete, in the shape asked for.`;
  return once(world, { ...begun, attempt: repair }, { signal, material });
}

type Ask = { readonly signal: AbortSignal; readonly material: string };

async function once(world: World, begun: Begun, ask: Ask): Promise<Called> {
  const result = await world.lanes[begun.task.lane].run(requestFor(world, begun, ask));
  if (result.stop === 'refusal') return { is: 'refused', begun, result };
  if (begun.task.lane === 'tool')
    return { is: 'answer', begun, result, answer: fromProgram(result), files: result.files };
  if (result.stop === 'length')
    return { is: 'unusable', begun, result, issues: ['it was cut off before its end'] };
  const parsed = world.library.parseAnswer(result.text);
  if (parsed.is === 'bad') return { is: 'unusable', begun, result, issues: parsed.issues };
  const files = parsed.answer.deliverable_files.map((f) => ({
    name: f.name,
    bytes: new TextEncoder().encode(f.text),
  }));
  return { is: 'answer', begun, result, answer: parsed.answer, files };
}

function requestFor(world: World, begun: Begun, ask: Ask): LaneRequest {
  return {
    attempt: begun.attempt.id,
    purpose: begun.attempt.purpose,
    ...(begun.kind.program === undefined ? {} : { program: begun.kind.program }),
    system: begun.system,
    material: ask.material,
    files: begun.files,
    schema: world.library.answerSchema,
    ...CALL_LIMITS,
    signal: ask.signal,
  };
}

/** An exact program has no doubts and no questions: its summary is its note. */
function fromProgram(result: LaneResult): Answer {
  return {
    fit: 'mine',
    belongs_to: null,
    deliverable_files: [],
    questions: [],
    assumptions: [],
    confidence: 100,
    minutes_by_hand: 0,
    disclosure_note: result.text,
  };
}

/** Ends the unusable attempt and opens the repair in one act; the task stays working. */
async function beginRepair(
  world: World,
  begun: Begun,
  first: Extract<Called, { is: 'unusable' }>,
): Promise<AttemptRow> {
  const act = openAct(world.clock);
  await endAttempt(world, act, { begun, result: first.result, outcome: 'invalid_output' });
  const prompt = await world.bodies.put('prompt', ofTask(begun.task), first.issues.join('\n'));
  act.change({ insert: 'body', row: prompt.row });
  const id = act.newId<AttemptId>();
  const startedEntry = noteOn(act, begun.task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: begun.persona.id, version: begun.persona.hash },
    rule: refOf(world.library.rules, 'REPAIR'),
    attempt: id,
    lane: begun.task.lane,
    persona: begun.persona.id,
    data: await startData(world, begun.task, {
      purpose: 'repair',
      prompt: prompt.ref,
      context: begun.context,
    }),
  });
  const row = attemptRow(begun.task, {
    id,
    purpose: 'repair',
    persona: begun.persona,
    prompt: prompt.ref.id,
    startedEntry,
    at: act.at,
  });
  act.change({ insert: 'attempt', row });
  if ((await world.store.commit(act.close())) === 'lost')
    throw new Fault(
      'conflict',
      'The task was changed while its answer was being repaired. The answer is discarded.',
    );
  return row;
}
