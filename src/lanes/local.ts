import type { ChatResponse, Ollama } from 'ollama';
import { Fault } from '../core/fault.ts';
import type { LaneClient, LaneHealth, LaneRequest, LaneResult } from '../flow/ports/lanes.ts';
import { startClock } from './clock.ts';
import { makeLocalFetch } from './local-fetch.ts';
import { makeShareClock } from './share-clock.ts';
import { serverFault, type ServerWords } from './server-fault.ts';
import { neededCount, wholeCount } from './token-count.ts';

export type LocalOptions = {
  /** Base URL of an Ollama server. */
  readonly host: string;
  readonly model: string;
  /** True when a stand-in listens there. */
  readonly rehearsal: boolean;
  /** Replaces the fetch that waits as long as the deadline does; for tests. */
  readonly fetch?: typeof fetch;
};

const HEALTH_MS = 2_000;
/** Context sizes asked for: few steps, because Ollama loads the model anew for each size. */
const CONTEXTS = [8_192, 16_384, 32_768, 65_536, 131_072];
/** Bytes per token at worst for the texts we send; Ollama cuts silently what does not fit, so we err to the long side. */
const BYTES_PER_TOKEN = 3;

/**
 * The local lane: one Ollama server through its official client, always streamed (an answer that takes more than five
 * minutes to its first byte fails otherwise, ollama-js#72), with the context size always sent (the default cuts at 4,096 tokens).
 */
export function makeLocalLane(options: LocalOptions): LaneClient {
  const http = makeLocalFetch(options.fetch);
  const words = wordsOf(options);
  const shares = makeShareClock(() => performance.now());
  return {
    id: 'local',
    health: () => health(options, http.call),
    close: http.close,
    async run(request) {
      const clock = startClock(request.signal, request.deadlineMs);
      const share = shares.begin();
      let ownMs: number | undefined;
      try {
        const client = await connect(options.host, http.call(words, clock.signal));
        const answer = await chat(client, request, request.model ?? options.model);
        ownMs = share.end();
        return result({ request, options, answer, ownMs, latencyMs: clock.latencyMs() });
      } catch (thrown) {
        throw clock.aborted(words.name) ?? faultOf(thrown, words);
      } finally {
        ownMs ??= share.end();
        clock.stop();
      }
    },
  };
}

type Call = ReturnType<typeof makeLocalFetch>['call'];

function wordsOf({ host, model }: LocalOptions): ServerWords {
  return {
    name: `Ollama at ${host}`,
    fixAuth: 'Check the credentials in OLLAMA_HOST or at the proxy in front of it.',
    fixModel: `Run: ollama pull ${model}`,
    fixQuota: 'Check the account behind that server.',
  };
}

async function connect(host: string, call: typeof fetch): Promise<Ollama> {
  const { Ollama: Client } = await import('ollama');
  return new Client({ host, fetch: call });
}

type Answer = {
  readonly text: string;
  readonly last: ChatResponse;
  /** Natural logarithms of the probabilities of the tokens; empty where the server gives none. */
  readonly logprobs: readonly number[];
};

async function chat(client: Ollama, request: LaneRequest, model: string): Promise<Answer> {
  const { schema } = request;
  const system = schema === undefined ? request.system : `${request.system}\n\n${inJson(schema)}`;
  const stream = await client.chat({
    model,
    stream: true,
    ...(schema === undefined ? {} : { format: schema }),
    keep_alive: '10m',
    // Servers before 0.12.11 leave it aside.
    logprobs: true,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: request.material },
    ],
    options: {
      num_ctx: contextFor(Buffer.byteLength(system + request.material), request.maxOutputTokens),
      num_predict: request.maxOutputTokens,
      temperature: 0.2,
    },
  });
  let text = '';
  const logprobs: number[] = [];
  let last: ChatResponse | undefined;
  for await (const part of stream) {
    text += part.message.content;
    for (const { logprob } of part.logprobs ?? []) logprobs.push(logprob);
    if (part.done) last = part;
  }
  if (last === undefined) throw new Error('the stream ended before its last line');
  return { text, last, logprobs };
}

function inJson(schema: Record<string, unknown>): string {
  return `Answer with one JSON object and nothing else. It must match this JSON Schema:\n${JSON.stringify(schema)}`;
}

function contextFor(bytes: number, output: number): number {
  const need = Math.ceil(bytes / BYTES_PER_TOKEN) + output;
  const found = CONTEXTS.find((size) => size >= need);
  if (found !== undefined) return found;
  throw new Fault(
    'bad_input',
    `Expected material of at most about ${CONTEXTS.at(-1)} tokens for the local lane, got about ${need}. Send fewer or shorter files.`,
  );
}

function result(call: {
  request: LaneRequest;
  options: LocalOptions;
  answer: Answer;
  /** Of the machine's time, what was this call's own while others ran. */
  ownMs: number;
  latencyMs: number;
}): LaneResult {
  const { options } = call;
  const { text, last, logprobs } = call.answer;
  const tokenProbability = meanProbability(logprobs);
  return {
    provider: 'ollama',
    modelRequested: call.request.model ?? options.model,
    modelServed: last.model,
    requestId: null,
    text,
    files: [],
    stop: last.done_reason === 'length' ? 'length' : 'end',
    usage: {
      input: wholeCount(last.prompt_eval_count, 'prompt_eval_count'),
      cacheRead: 0,
      cacheWrite: 0,
      output: neededCount(last.eval_count, 'eval_count'),
      computeMs: Math.min(call.ownMs, durationMs(last.total_duration)),
    },
    ...(tokenProbability === undefined ? {} : { tokenProbability }),
    latencyMs: call.latencyMs,
    rehearsal: options.rehearsal || last.model.startsWith('rehearsal-'),
  };
}

/** The geometric mean; undefined where there are none, or numbers that are no logarithms of probabilities. */
function meanProbability(logprobs: readonly number[]): number | undefined {
  const sum = logprobs.reduce((all, one) => all + (one <= 0 ? one : NaN), 0);
  return logprobs.length === 0 || Number.isNaN(sum) ? undefined : Math.exp(sum / logprobs.length);
}

/** Nanoseconds of the server, as whole milliseconds. */
function durationMs(nanoseconds: unknown): number {
  const isTime = typeof nanoseconds === 'number' && nanoseconds >= 0;
  const ms = isTime ? Math.round(nanoseconds / 1e6) : (nanoseconds ?? 0);
  return wholeCount(ms, 'total_duration in ms');
}

/** HTTP statuses arrive as Faults from our own fetch; what is left are broken connections and streams. */
function faultOf(thrown: unknown, words: ServerWords): Fault {
  if (thrown instanceof Fault) return thrown;
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined;
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause
      ? ` (${String(cause.code)})`
      : '';
  const got = thrown instanceof Error ? `${thrown.message}${code}` : String(thrown);
  return serverFault(words, 'unavailable', { got, cause: thrown });
}

async function health(options: LocalOptions, call: Call): Promise<LaneHealth> {
  const clock = startClock(new AbortController().signal, HEALTH_MS);
  const words = wordsOf(options);
  try {
    const client = await connect(options.host, call(words, clock.signal));
    const { models } = await client.list();
    const names = models.map((m) => m.name);
    if (options.rehearsal)
      return { is: 'ready', model: names[0] ?? options.model, rehearsal: true };
    if (names.some((name) => name === options.model || name === `${options.model}:latest`)) {
      return { is: 'ready', model: options.model, rehearsal: false };
    }
    return { is: 'down', why: `${words.name} has no model ${options.model}`, next: words.fixModel };
  } catch (thrown) {
    const why = (clock.aborted(words.name) ?? faultOf(thrown, words)).message;
    return { is: 'down', why, next: 'Start it with: ollama serve (or set OLLAMA_HOST)' };
  } finally {
    clock.stop();
  }
}
