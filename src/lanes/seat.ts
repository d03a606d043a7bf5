import { Fault, sentenceOf } from '../core/fault.ts';
import type { LaneClient, LaneHealth, LaneRequest } from '../flow/ports/lanes.ts';
import { startClock, type CallClock } from './clock.ts';
import { callSeat } from './seat-call.ts';
import { makeSeatClients } from './seat-clients.ts';
import { loadSeatSdk, type SeatClient, type SeatSdk } from './seat-sdk.ts';
import { nextStepFor, tokenFor, type SeatTokens } from './seat-tokens.ts';
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
  /** See SeatClients; for tests. */
  readonly partingMs?: number;
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
    ...(options.partingMs === undefined ? {} : { partingMs: options.partingMs }),
  });
  return {
    id: 'seat',
    health: (asker) => health(options, load, asker),
    async run(request) {
      const token = tokenOf(options, request.asker);
      if (token === undefined) throw withoutSeat(request.asker);
      const ends: { clock?: CallClock } = {};
      try {
        return await clients.call(token, request.signal, (runtime) => {
          // Its deadline counts from when its turn has come.
          const clock = (ends.clock = startClock(request.signal, request.deadlineMs));
          const model = request.model ?? modelOf(options);
          return callSeat({ runtime, request, options, clock, model, words: WORDS });
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
  return { is: 'ready', model: modelOf(options), rehearsal: options.rehearsal };
}

function modelOf({ model, rehearsal }: SeatOptions): string {
  return model ?? (rehearsal ? 'rehearsal-seat' : DEFAULT_MODEL);
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  return serverFault(WORDS, 'unavailable', { got: sentenceOf(thrown), cause: thrown });
}
