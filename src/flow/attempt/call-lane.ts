import { Fault } from '../../core/fault.ts';
import type { Answer } from '../../core/answer.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { widened } from './begin.ts';
import type { Begun, CallLimits } from './begin.ts';
import { nextAttempt } from './next.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { LaneRequest, LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';

/** What came back from a lane, read: files and notes, or why not. The attempt of `begun` is still open. */
export type Called =
  | {
      readonly is: 'answer';
      readonly begun: Begun;
      readonly result: LaneResult;
      readonly answer: Answer;
      readonly files: readonly NamedFile[];
    }
  | { readonly is: 'refused'; readonly begun: Begun; readonly result: LaneResult }
  | Unusable
  | { readonly is: 'failed'; readonly begun: Begun; readonly fault: Fault };

type Unusable = {
  readonly is: 'unusable';
  readonly begun: Begun;
  readonly result: LaneResult;
  /** Cut off, or of the wrong shape. */
  readonly code: 'truncated' | 'invalid_output';
  readonly issues: readonly string[];
};

/** What a turn made of an answer, or what is wrong with it. */
export type Read<T> =
  | { readonly is: 'ok'; readonly value: T }
  | { readonly is: 'bad'; readonly issues: readonly string[] };

/** One thing that is asked for: the material, whether as JSON, and how what comes back is read. */
export type Turn<T> = {
  readonly material: string;
  /** Absent where plain text is wanted. */
  readonly schema?: Record<string, unknown>;
  readonly signal: AbortSignal;
  readonly read: (result: LaneResult) => Read<T>;
};

/** What came of a turn. */
export type Taken<T> =
  | {
      readonly is: 'taken';
      readonly begun: Begun;
      readonly result: LaneResult;
      readonly value: T;
    }
  | Exclude<Called, { is: 'answer' }>;

/** Asks for the answer: once, and once more to repair one that has the wrong shape or was cut off. */
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
  const { result, value: answer } = taken;
  const files = program ? result.files : answer.deliverable_files.map(fileOf);
  return { is: 'answer', begun: taken.begun, result, answer, files };
}

export function fileOf({ name, text }: Answer['deliverable_files'][number]): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/** One turn with at most one repair, unless this work had its repair already. */
export async function takeTurn<T>(world: World, begun: Begun, turn: Turn<T>): Promise<Taken<T>> {
  const first = await once(world, begun, turn);
  if (first.is !== 'unusable' || begun.repaired) return first;
  const { result, code: outcome } = first;
  const asks = first.issues.join('\n');
  const { rule, limits, says } = REPAIRS[outcome](begun, asks);
  const repair = { result, outcome, purpose: 'repair', rule, limits, asks } as const;
  const again = { ...(await nextAttempt(world, begun, repair)), repaired: true };
  return once(world, again, { ...turn, material: `${turn.material}\n\n${says}` });
}

type Repair = {
  readonly rule: NamedRule;
  readonly limits: CallLimits;
  /** What the model is told at the end of its material. */
  readonly says: string;
};

/** How each sort of unusable answer is asked for once more. */
const REPAIRS: Readonly<Record<Unusable['code'], (begun: Begun, asks: string) => Repair>> = {
  truncated: ({ limits, task }) => ({
    rule: 'REPAIR-LONGER',
    limits: widened(limits, task.lane),
    says: 'Your last answer was cut off before its end. Answer again, complete, and no longer than it has to be.',
  }),
  invalid_output: ({ limits }, asks) => ({
    rule: 'REPAIR',
    limits,
    says: `Your last answer could not be used:\n${asks}\nAnswer again, complete, in the shape asked for.`,
  }),
};

async function once<T>(world: World, begun: Begun, turn: Turn<T>): Promise<Taken<T>> {
  let result: LaneResult;
  try {
    result = await world.lanes[begun.task.lane].run(requestFor(begun, turn));
  } catch (thrown) {
    if (thrown instanceof Fault) return { is: 'failed', begun, fault: thrown };
    throw thrown;
  }
  if (result.stop === 'refusal') return { is: 'refused', begun, result };
  if (result.stop === 'length')
    return unusable({ begun, result }, 'truncated', ['it was cut off before its end']);
  const read = turn.read(result);
  if (read.is === 'bad') return unusable({ begun, result }, 'invalid_output', read.issues);
  return { is: 'taken', begun, result, value: read.value };
}

function unusable(
  ended: Pick<Unusable, 'begun' | 'result'>,
  code: Unusable['code'],
  issues: readonly string[],
): Unusable {
  return { is: 'unusable', ...ended, code, issues };
}

function readAnswer({ contract }: Begun, { text }: LaneResult): Read<Answer> {
  const parsed = contract.parse(text);
  return parsed.is === 'ok' ? { is: 'ok', value: parsed.answer } : parsed;
}

function requestFor<T>(begun: Begun, { material, schema, signal }: Turn<T>): LaneRequest {
  return {
    attempt: begun.attempt.id,
    purpose: begun.attempt.purpose,
    ...(begun.kind.program === undefined ? {} : { program: begun.kind.program }),
    system: begun.system,
    material,
    files: begun.files,
    ...(schema === undefined ? {} : { schema }),
    ...begun.limits,
    signal,
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
