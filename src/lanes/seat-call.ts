import { randomUUID } from 'node:crypto';
import type { LaneRequest, LaneResult } from '../flow/ports/lanes.ts';
import type { CallClock } from './clock.ts';
import type { SeatRuntime } from './seat-runtimes.ts';
import type { SeatSession } from './seat-sdk.ts';
import { takeTurn, type Turn } from './seat-turn.ts';
import type { ServerWords } from './server-fault.ts';

export type SeatCall = {
  readonly runtime: SeatRuntime;
  readonly request: LaneRequest;
  /** Base URL of a provider of one's own, and whether a stand-in listens there. */
  readonly options: { readonly providerUrl?: string; readonly rehearsal: boolean };
  readonly clock: CallClock;
  readonly model: string;
  readonly words: ServerWords;
};

/**
 * One call in a session of its own, which is gone when this returns, whatever happened: from the runtime and from the disk. Rejects with a
 * Fault of the service, or with any error once the clock's signal has aborted; the clock knows why.
 */
export async function callSeat(call: SeatCall): Promise<LaneResult> {
  const { runtime, clock } = call;
  // Named by us, so that what it writes can be removed even where the runtime never says that it is there.
  const sessionId = randomUUID();
  const opened = runtime.client.createSession({ ...sessionConfig(call), sessionId });
  try {
    const session = await untilAborted(clock.signal, opened);
    const turn = takeTurn(session, call.request, call.words);
    return result(call, await untilAborted(clock.signal, turn, () => tellAbort(session)));
  } finally {
    await runtime.forget(sessionId, opened);
  }
}

/** No tools, nothing permitted, no servers beside the model: what comes back can only be text. */
function sessionConfig({ request, options, model }: SeatCall): Record<string, unknown> {
  const provider = { type: 'openai', baseUrl: options.providerUrl, wireApi: 'completions' };
  return {
    model,
    availableTools: [],
    systemMessage: { mode: 'replace', content: request.system },
    infiniteSessions: { enabled: false },
    streaming: true,
    mcpServers: {},
    disabledMcpServers: ['github-mcp-server'],
    onPermissionRequest: () => ({ kind: 'reject', feedback: 'AIOS gives a model no tools' }),
    ...(options.providerUrl === undefined ? {} : { provider }),
  };
}

/** The SDK's own timeouts only stop waiting; an abort has to be told to the session. */
async function untilAborted<T>(signal: AbortSignal, step: Promise<T>, tell = () => {}): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      tell();
      reject(new Error('aborted'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([step, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    step.catch(() => undefined);
  }
}

/** Whether it is heard shows in whether the session ends, which is waited for. */
function tellAbort(session: SeatSession): void {
  session.abort().catch(() => undefined);
}

function result({ options, clock, model }: SeatCall, turn: Turn): LaneResult {
  const modelServed = turn.modelServed ?? model;
  return {
    provider: options.providerUrl === undefined ? 'github.copilot' : 'copilot-own-provider',
    modelRequested: model,
    modelServed,
    requestId: turn.requestId,
    text: turn.text,
    files: [],
    stop: turn.stop,
    usage: turn.usage,
    ...(turn.credits === undefined ? {} : { credits: turn.credits }),
    latencyMs: clock.latencyMs(),
    rehearsal: options.rehearsal || modelServed.startsWith('rehearsal-'),
  };
}
