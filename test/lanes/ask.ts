import type { AttemptId } from '../../src/core/id.ts';
import type { LaneClient, LaneRequest, LaneResult } from '../../src/flow/ports/lanes.ts';
import { Fault } from '../../src/core/fault.ts';

/** The answer's JSON Schema, as the contract has it. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    fit: { type: 'string', enum: ['mine', 'not_mine', 'unclear'] },
    belongs_to: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    deliverable_files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: { name: { type: 'string' }, text: { type: 'string' } },
        required: ['name', 'text'],
      },
    },
    questions: { type: 'array', items: { type: 'string' } },
    assumptions: { type: 'array', items: { type: 'string' } },
    confidence: { type: 'number' },
    minutes_by_hand: { type: 'integer' },
    disclosure_note: { type: 'string' },
  },
  required: [
    'fit',
    'belongs_to',
    'deliverable_files',
    'questions',
    'assumptions',
    'confidence',
    'minutes_by_hand',
    'disclosure_note',
  ],
};

/** A request to a lane, good as it stands. */
export function ask(more: Partial<LaneRequest> = {}): LaneRequest {
  return {
    attempt: 'attempt-1' as AttemptId,
    purpose: 'work',
    system: 'persona: proofreader\nkind: proofreading\nYou correct and change nothing else.',
    material:
      '<<<request 7f3a\nPlease proofread this.\n7f3a>>>\n\n<<<file note.md 7f3b\nTeh the clay is is wet.\n7f3b>>>',
    files: [],
    schema,
    maxOutputTokens: 2000,
    deadlineMs: 10_000,
    signal: new AbortController().signal,
    ...more,
  };
}

/** The Fault a call ends in; anything else is an error of the test. */
export async function faultOf(call: Promise<LaneResult>): Promise<Fault> {
  const got = await call.then(
    (result) => new Error(`expected a fault, got an answer that stopped with ${result.stop}`),
    (thrown: unknown) => thrown,
  );
  if (got instanceof Fault) return got;
  throw got;
}

/** Calls a lane and closes it whatever happens. */
export async function withLane<T>(
  lane: LaneClient,
  use: (lane: LaneClient) => Promise<T>,
): Promise<T> {
  try {
    return await use(lane);
  } finally {
    await lane.close();
  }
}

/** Answer text as JSON. */
export function read(result: LaneResult): Record<string, unknown> {
  return JSON.parse(result.text) as Record<string, unknown>;
}
