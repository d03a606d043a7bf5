import type { Answer } from '../../core/answer.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';
import type { Begun } from './begin.ts';
import { answeredBy, placesRepaired } from './repair-places.ts';
import type { Answered } from './repair-places.ts';
import { takeTurn } from './take-turn.ts';
import type { Read, Turn, Untaken } from './take-turn.ts';

/** What came back from a lane, read: files and notes, or why not. The attempt of `begun` is still open. */
export type Called = Answered | Untaken;

/**
 * Asks for the answer: once, and once more to repair one that has the wrong shape, was cut off, or holds placeholders that
 * cannot be put back.
 */
export async function callLane(world: World, begun: Begun, signal: AbortSignal): Promise<Called> {
  const { contract, material } = begun;
  const program = begun.task.lane === 'tool';
  const turn: Turn<Answer> = {
    material,
    schema: contract.schema,
    signal,
    read: (result) =>
      program ? { is: 'ok', value: fromProgram(result) } : readAnswer(begun, result),
  };
  const taken = await takeTurn(world, begun, turn);
  if (taken.is !== 'taken') return taken;
  const { result, value, begun: last } = taken;
  if (program) return { ...TAKEN, begun: last, result, answer: value, files: result.files };
  return placesRepaired(world, turn, answeredBy(taken));
}

const TAKEN = { is: 'answer', unrestored: [] } as const;

function readAnswer({ contract }: Begun, { text }: LaneResult): Read<Answer> {
  const parsed = contract.parse(text);
  return parsed.is === 'ok' ? { is: 'ok', value: parsed.answer } : parsed;
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
