import { Fault, sentenceOf } from '../core/fault.ts';
import type { LaneClient, LaneHealth, LaneRequest, LaneResult } from '../flow/ports/lanes.ts';
import { startClock, type CallClock } from './clock.ts';
import { makeSeatClients } from './seat-clients.ts';
import { loadSeatSdk, type SeatClient, type SeatSdk, type SeatSession } from './seat-sdk.ts';
import { nextStepFor, tokenFor, type SeatTokens } from './seat-tokens.ts';
import { takeTurn, type Turn } from './seat-turn.ts';
import { serverFault, type ServerWords } from './server-fault.ts';

export type SeatOptions = {
  readonly tokens: SeatTokens;
  /** Base URL of an OpenAI-compatible provider used instead of the seat. */
  readonly providerUrl?: string;
  /** Asked when a request names none; without it the seat's own default, `rehearsal-seat` in a rehearsal. */
  readonly model?: string;
  /** True when a stand-in listens at `providerUrl`. */
  readonly rehearsal: boolean;
  /** A folder of our own; the runtime writes its sessions there in plain text until they are deleted. */
  readonly workFolder: string;
  /** Replaces the loading of the optional package; for tests. */
  readonly load?: () => Promise<SeatSdk | undefined>;
};

const DEFAULT_MODEL = 'gpt-5.3-codex';
const INSTALL = 'Run: npm install --no-save @github/copilot-sdk@1.0.14';
const TOKEN =
  'Set COPILOT_ORG_TOKEN to a token of the organisation, or COPILOT_GITHUB_TOKEN to your own (or AIOS_SEAT_PROVIDER_URL to a provider of your own)';
const WORDS: ServerWords = {
  name: 'GitHub Copilot',
  fixAuth: 'Set COPILOT_GITHUB_TOKEN to a valid token of a person with a seat.',
  fixModel: 'Choose a model this seat offers.',
  fixQuota: 'The seat has no credits left; wait for the new month or raise its budget.',
};

/**
 * The seat lane: GitHub Copilot through its official SDK, with no tools, every permission refused, an environment of two
 * variables and no session left on disk. AIOS does not bring the package; without it, or without a token, the lane is off.
 */
export function makeSeatLane(options: SeatOptions): LaneClient {
  const load = options.load ?? loadSeatSdk;
  const clients = makeSeatClients({
    folder: options.workFolder,
    start: (token) => start(options, load, token),
  });
  return {
    id: 'seat',
    health: (asker) => health(options, load, asker),
    async run(request) {
      const token = tokenOf(options, request.asker);
      if (token === undefined) throw withoutSeat(request.asker);
      const ends: { clock?: CallClock } = {};
      try {
        return await clients.call(token, request.signal, (client) => {
          // Its deadline counts from when its turn has come.
          const clock = (ends.clock = startClock(request.signal, request.deadlineMs));
          return callOnce({ client, request, options, clock });
        });
      } catch (thrown) {
        throw endedBy(request, ends.clock) ?? faultOf(thrown);
      } finally {
        ends.clock?.stop();
      }
    },
    close: () => clients.close(),
  };
}

/** A provider of one's own needs no token of a seat. */
function tokenOf({ tokens, providerUrl }: SeatOptions, asker?: string): string | undefined {
  return providerUrl === undefined ? tokenFor(tokens, asker) : providerUrl;
}

function withoutSeat(asker: string | undefined): Fault {
  const next = asker === undefined ? TOKEN : nextStepFor(asker);
  return new Fault('lane_off', `The seat lane is off. There is no token for it. ${next}`);
}

function endedBy({ signal }: LaneRequest, clock: CallClock | undefined): Fault | undefined {
  const cancelled = new Fault(
    'cancelled',
    `The call to ${WORDS.name} was cancelled before its turn.`,
  );
  return clock?.aborted(WORDS.name) ?? (signal.aborted ? cancelled : undefined);
}

type OneCall = { client: SeatClient; request: LaneRequest; options: SeatOptions; clock: CallClock };

async function callOnce(call: OneCall): Promise<LaneResult> {
  const model = modelOf(call);
  const session = await call.client.createSession(sessionConfig(call, model));
  try {
    const turn = await untilAborted(
      call.clock.signal,
      session,
      takeTurn(session, call.request, WORDS),
    );
    return result(call, model, turn);
  } finally {
    await session.disconnect().catch(() => undefined);
    await call.client.deleteSession(session.sessionId).catch(() => undefined);
  }
}

function modelOf({ request, options }: OneCall): string {
  return request.model ?? options.model ?? (options.rehearsal ? 'rehearsal-seat' : DEFAULT_MODEL);
}

/** No tools, nothing permitted, no servers beside the model: what comes back can only be text. */
function sessionConfig({ request, options }: OneCall, model: string): Record<string, unknown> {
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
async function untilAborted(
  signal: AbortSignal,
  session: SeatSession,
  turn: Promise<Turn>,
): Promise<Turn> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      session.abort().catch(() => undefined);
      reject(new Error('aborted'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([turn, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    turn.catch(() => undefined);
  }
}

function result({ request, options, clock }: OneCall, model: string, turn: Turn): LaneResult {
  const modelServed = turn.modelServed ?? model;
  return {
    provider: options.providerUrl === undefined ? 'github.copilot' : 'copilot-own-provider',
    modelRequested: request.model ?? model,
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

async function start(options: SeatOptions, load: Load, token: string): Promise<SeatClient> {
  const missing = missingPart(options, await load());
  if (missing.is === 'off')
    throw new Fault('lane_off', `The seat lane is off. ${missing.why} ${missing.next}`);
  const own = options.providerUrl !== undefined;
  const client = new missing.sdk.CopilotClient({
    mode: 'empty',
    baseDirectory: options.workFolder,
    workingDirectory: options.workFolder,
    // Without `env` the runtime inherits ours, and Slack and database secrets with it.
    env: {
      PATH: process.env['PATH'],
      HOME: options.workFolder,
      ...(own ? { COPILOT_OFFLINE: 'true' } : {}),
    },
    logLevel: 'none',
    ...(own ? { useLoggedInUser: false } : { gitHubToken: token }),
  });
  await client.start();
  return client;
}

type Load = () => Promise<SeatSdk | undefined>;
type Parts = { is: 'there'; sdk: SeatSdk } | Extract<LaneHealth, { is: 'off' }>;

function missingPart(options: SeatOptions, sdk: SeatSdk | undefined, asker?: string): Parts {
  if (sdk === undefined)
    return { is: 'off', why: 'The package @github/copilot-sdk is not installed.', next: INSTALL };
  if (tokenOf(options) === undefined)
    return { is: 'off', why: 'There is no token for it.', next: TOKEN };
  if (asker !== undefined && tokenOf(options, asker) === undefined)
    return { is: 'off', why: 'Whoever asked has no seat here.', next: nextStepFor(asker) };
  return { is: 'there', sdk };
}

async function health(options: SeatOptions, load: Load, asker?: string): Promise<LaneHealth> {
  try {
    const parts = missingPart(options, await load(), asker);
    if (parts.is === 'off') return parts;
  } catch (thrown) {
    return { is: 'down', why: `The package does not load: ${sentenceOf(thrown)}`, next: INSTALL };
  }
  const model = options.model ?? (options.rehearsal ? 'rehearsal-seat' : DEFAULT_MODEL);
  return { is: 'ready', model, rehearsal: options.rehearsal };
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  return serverFault(WORDS, 'unavailable', { got: sentenceOf(thrown), cause: thrown });
}
