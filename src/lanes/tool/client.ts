import { Fault } from '../../core/fault.ts';
import type { Exact, Program, ProgramResult } from '../../flow/ports/exact.ts';
import {
  NO_USAGE,
  type LaneClient,
  type LaneRequest,
  type LaneResult,
} from '../../flow/ports/lanes.ts';

type Done = Extract<ProgramResult, { is: 'done' }>;

/**
 * The lane `tool`: an exact program on the files of the task, no model, no tokens, no charge.
 * Throws Fault `bad_input` when the program is missing or cannot work on these files, `timeout` past the deadline,
 * `cancelled`, and what `Exact` throws.
 */
export function makeToolLane(exact: Exact, now: () => number = Date.now): LaneClient {
  return {
    id: 'tool',
    health: async () => ({ is: 'ready', model: 'exact programs', rehearsal: false }),
    // Exact belongs to whoever opened it; the gate uses it too.
    close: async () => undefined,
    run: async (request) => {
      const program = programOf(request);
      const began = now();
      const result = await inTime(exact, program, request);
      if (result.is === 'not_possible') throw new Fault('bad_input', result.why);
      return laneResult(program, result, now() - began);
    },
  };
}

function programOf(request: LaneRequest): Program {
  if (request.program !== undefined) return request.program;
  throw new Fault(
    'bad_input',
    'Expected a task of the lane tool to name its exact program, got none; name one in the rule of its kind.',
  );
}

async function inTime(
  exact: Exact,
  program: Program,
  request: LaneRequest,
): Promise<ProgramResult> {
  const deadline = AbortSignal.timeout(request.deadlineMs);
  try {
    return await exact.run(program, request.files, AbortSignal.any([request.signal, deadline]));
  } catch (thrown) {
    if (!deadline.aborted || request.signal.aborted) throw thrown;
    throw new Fault(
      'timeout',
      `${program} was not done after ${request.deadlineMs} ms; send fewer files.`,
      {
        cause: thrown,
        retry: true,
      },
    );
  }
}

/** `format/prettier@3.10.1`, several engines joined by `+`: a technical name, as the record holds it. */
function servedBy(program: Program, { engines = [] }: Done): string {
  const each = engines.map(({ name, version }) => `${name}@${version}`).join('+');
  return each === '' ? program : `${program}/${each}`;
}

function laneResult(program: Program, result: Done, latencyMs: number): LaneResult {
  return {
    provider: 'aios',
    modelRequested: program,
    modelServed: servedBy(program, result),
    requestId: null,
    text: result.says,
    files: result.files,
    stop: 'end',
    usage: NO_USAGE,
    latencyMs,
    rehearsal: false,
  };
}
