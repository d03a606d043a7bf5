import type Anthropic from '@anthropic-ai/sdk';
import type { Message, MessageStreamParams } from '@anthropic-ai/sdk/resources/messages/messages';
import { Fault, sentenceOf } from '../core/fault.ts';
import type {
  LaneClient,
  LaneHealth,
  LaneRequest,
  LaneResult,
  Usage,
} from '../flow/ports/lanes.ts';
import { startClock } from './clock.ts';
import { makePatientFetch } from './patient-fetch.ts';
import { retryAfterMs, serverFault, statusFault, type ServerWords } from './server-fault.ts';
import { neededCount, wholeCount } from './token-count.ts';

export type SeniorOptions = {
  readonly apiKey: string;
  readonly model: string;
  /** True when a stand-in listens at `baseUrl`. */
  readonly rehearsal: boolean;
  readonly baseUrl?: string;
};

const HEALTH_MS = 4_000;

/**
 * The senior lane: Anthropic through its official client. Streamed, with the plain schema object, because the parsing
 * helpers throw on a truncated answer and lose its usage; no retries of its own, because every attempt is an entry; no
 * thinking, temperature or tool choice, because current models refuse them.
 */
export function makeSeniorLane(options: SeniorOptions): LaneClient {
  let client: Promise<Anthropic> | undefined;
  const patient = makePatientFetch();
  const open = () => (client ??= connect(options, patient.fetch));
  const words = wordsOf(options);
  return {
    id: 'senior',
    health: () => health(options, open),
    close: patient.close,
    async run(request) {
      const clock = startClock(request.signal, request.deadlineMs);
      try {
        const sdk = await open();
        // The clock ends the call; the client's own timeout only must not come first.
        const stream = sdk.messages.stream(await ask(request, options.model), {
          signal: clock.signal,
          timeout: request.deadlineMs + 60_000,
        });
        const message = await stream.finalMessage();
        return result({
          request,
          options,
          message,
          requestId: stream.request_id ?? null,
          latencyMs: clock.latencyMs(),
        });
      } catch (thrown) {
        throw clock.aborted(words.name) ?? (await faultOf(thrown, words));
      } finally {
        clock.stop();
      }
    },
  };
}

function wordsOf({ model }: SeniorOptions): ServerWords {
  return {
    name: 'Anthropic',
    fixAuth: 'Set ANTHROPIC_API_KEY to a valid key.',
    fixModel: `Set a model this key may use in place of ${model}.`,
    fixQuota: 'Add credit to the Anthropic account.',
  };
}

async function connect(options: SeniorOptions, patient: typeof fetch): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk');
  return new Client({
    apiKey: options.apiKey,
    authToken: null,
    fetch: patient,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
  });
}

/**
 * The persona's brief is the first block and cached; the client's material comes after it. The service refuses bounds
 * such as maxLength in a schema, so the SDK's own transform moves them into descriptions.
 */
async function ask(request: LaneRequest, model: string): Promise<MessageStreamParams> {
  const { schema } = request;
  const { transformJSONSchema } = await import('@anthropic-ai/sdk/lib/transform-json-schema');
  return {
    model: request.model ?? model,
    max_tokens: request.maxOutputTokens,
    system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: request.material }],
    ...(schema === undefined
      ? {}
      : {
          output_config: { format: { type: 'json_schema', schema: transformJSONSchema(schema) } },
        }),
  };
}

function result(call: {
  request: LaneRequest;
  options: SeniorOptions;
  message: Message;
  requestId: string | null;
  latencyMs: number;
}): LaneResult {
  const { message, options } = call;
  return {
    provider: 'anthropic',
    modelRequested: call.request.model ?? options.model,
    modelServed: message.model,
    requestId: call.requestId,
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    files: [],
    stop: stopOf(message.stop_reason),
    usage: usageOf(message.usage),
    ...servedOf(message.usage),
    latencyMs: call.latencyMs,
    rehearsal: options.rehearsal || message.model.startsWith('rehearsal-'),
  };
}

function stopOf(reason: Message['stop_reason']): LaneResult['stop'] {
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'length';
  return reason === 'refusal' ? 'refusal' : 'end';
}

/** Anthropic's input_tokens exclude both cache counts already; thinking is inside output_tokens. */
function usageOf(usage: Message['usage']): Usage {
  // AIOS writes to no cache of an hour, which has a price of its own.
  const anHour = wholeCount(
    usage.cache_creation?.ephemeral_1h_input_tokens,
    'ephemeral_1h_input_tokens',
  );
  if (anHour > 0)
    throw new Fault(
      'unavailable',
      `Expected no tokens in a cache of an hour, got ${anHour}. The server's usage cannot be trusted; check what answers there.`,
    );
  return {
    input: neededCount(usage.input_tokens, 'input_tokens'),
    cacheRead: wholeCount(usage.cache_read_input_tokens, 'cache_read_input_tokens'),
    cacheWrite: wholeCount(usage.cache_creation_input_tokens, 'cache_creation_input_tokens'),
    output: neededCount(usage.output_tokens, 'output_tokens'),
    computeMs: 0,
  };
}

/** How the call was served: a batch or another speed has a price of its own. */
function servedOf({
  service_tier: tier,
  ...rest
}: Message['usage']): Pick<LaneResult, 'tier' | 'speed'> {
  const speed = 'speed' in rest ? rest.speed : undefined;
  return {
    ...(typeof tier === 'string' ? { tier } : {}),
    ...(typeof speed === 'string' ? { speed } : {}),
  };
}

/** The client of Anthropic trips over parts that are missing, and then says only over which one it tripped. */
function gotOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const says = sentenceOf(thrown);
  if (!(thrown instanceof TypeError || cause instanceof TypeError)) return says;
  return `one without parts that every answer of it has, such as its usage (${says}); look what answers there`;
}

async function faultOf(thrown: unknown, words: ServerWords): Promise<Fault> {
  if (thrown instanceof Fault) return thrown;
  const { APIError } = await import('@anthropic-ai/sdk');
  const error = thrown instanceof APIError ? thrown : undefined;
  if (error?.type === 'overloaded_error') {
    return serverFault(words, 'overloaded', { got: 'that it is overloaded', cause: thrown });
  }
  if (error?.status === undefined) {
    const got = error === undefined ? gotOf(thrown) : sentenceOf(error);
    return serverFault(words, 'unavailable', { got, cause: thrown });
  }
  return statusFault(words, {
    status: error.status,
    says: error.apiMessage ?? undefined,
    retryAfterMs: retryAfterMs(error.headers?.get('retry-after')),
    cause: thrown,
  });
}

async function health(options: SeniorOptions, open: () => Promise<Anthropic>): Promise<LaneHealth> {
  const words = wordsOf(options);
  const clock = startClock(new AbortController().signal, HEALTH_MS);
  try {
    const sdk = await open();
    await sdk.models.retrieve(options.model, {}, { signal: clock.signal });
    return { is: 'ready', model: options.model, rehearsal: options.rehearsal };
  } catch (thrown) {
    const fault = clock.aborted(words.name) ?? (await faultOf(thrown, words));
    const next = { auth: words.fixAuth, model_missing: words.fixModel, quota: words.fixQuota };
    const known = Object.entries(next).find(([code]) => code === fault.code)?.[1];
    return {
      is: 'down',
      why: fault.message,
      next: known ?? 'Check the connection; held work goes on by itself.',
    };
  } finally {
    clock.stop();
  }
}
