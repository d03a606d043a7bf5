import { Fault } from '../../core/fault.ts';
import type { Block } from '../../core/fence.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import type { Begun } from './begin.ts';
import { fence } from './fence.ts';
import { widened } from './limits.ts';
import type { CallLimits } from './limits.ts';
import { nextAttempt } from './next.ts';
import type { LaneRequest, LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';

/** What a lane was asked for came to nothing that can be read. The attempt of `begun` is still open. */
export type Untaken =
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
  | Untaken;

/** One turn with at most one repair, unless this work had its repair already. */
export async function takeTurn<T>(world: World, begun: Begun, turn: Turn<T>): Promise<Taken<T>> {
  const first = await once(world, begun, turn);
  if (first.is !== 'unusable' || begun.repaired) return first;
  const { result, code: outcome } = first;
  const { rule, limits, more } = REPAIRS[outcome](begun, first.issues);
  const material = await withMore(world, begun, { material: turn.material, ...more });
  const repair = { result, outcome, purpose: 'repair', rule, limits, material } as const;
  const again = { ...(await nextAttempt(world, begun, repair)), repaired: true };
  return once(world, again, { ...turn, material });
}

type Repair = {
  readonly rule: NamedRule;
  readonly limits: CallLimits;
  /** What the model is told at the end of its material. */
  readonly more: Omit<More, 'material'>;
};

/** How each sort of unusable answer is asked for once more. */
const REPAIRS: Readonly<
  Record<Unusable['code'], (begun: Begun, issues: readonly string[]) => Repair>
> = {
  truncated: ({ limits, task }) => ({
    rule: 'REPAIR-LONGER',
    limits: widened(limits, task.lane),
    more: {
      before: 'Your last answer was cut off before its end.',
      block: null,
      after: 'Answer again, complete, and no longer than it has to be.',
    },
  }),
  invalid_output: ({ limits }, issues) => ({
    rule: 'REPAIR',
    limits,
    more: {
      before: 'Your last answer could not be used:',
      block: { label: 'what was wrong with it', text: issues.join('\n') },
      after: 'Answer again, complete, in the shape asked for.',
    },
  }),
};

/** What is said behind the material of a turn. */
export type More = {
  readonly material: string;
  readonly before: string;
  /** Words that are not ours: a model's, or made from them; null where there are none. */
  readonly block: Block | null;
  readonly after: string;
};

/** The material of a turn with something more behind it, which goes out through the same way out, behind a mark of its own. */
export async function withMore(world: World, { wayOut }: Begun, more: More): Promise<string> {
  const { material, before, block, after } = more;
  if (block === null) return `${material}\n\n${before}\n${after}`;
  const { blocks } = await wayOut.pass('', [block]);
  return `${material}\n\n${before}\n${fence(world, blocks)}\n\n${after}`;
}

/** One call, and what came back, read. */
export async function once<T>(world: World, begun: Begun, turn: Turn<T>): Promise<Taken<T>> {
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

function requestFor<T>(begun: Begun, { material, schema, signal }: Turn<T>): LaneRequest {
  return {
    attempt: begun.attempt.id,
    purpose: begun.attempt.purpose,
    ...(begun.kind.program === undefined ? {} : { program: begun.kind.program }),
    asker: begun.file.requester.slackUser,
    system: begun.system,
    material,
    // A service outside is sent what took the way out and nothing else.
    files: begun.wayOut.leaving === 'stays' ? begun.files : [],
    ...(schema === undefined ? {} : { schema }),
    ...begun.limits,
    signal,
  };
}
