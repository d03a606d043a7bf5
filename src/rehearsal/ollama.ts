import { pieces, saidBy, schemaOf, SOME_TIME, type Dialect, type Reply } from './dialect.ts';

const MODEL = {
  name: 'rehearsal-local',
  model: 'rehearsal-local',
  modified_at: SOME_TIME,
  size: 0,
  digest: 'rehearsal',
  details: { format: 'none', family: 'rehearsal', parameter_size: '0', quantization_level: 'none' },
};

const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid options',
  404: "model 'rehearsal-local' not found",
  429: 'too many requests',
  500: 'model requires more system memory (9.5 GiB) than is available (7.1 GiB)',
  503: 'server busy, please try again.  maximum pending requests exceeded',
};

/** Nanoseconds the stand-in says it computed: 400 tokens a second read, 40 written. */
function nanoseconds(reply: Reply): { prompt: number; answer: number } {
  const input = reply.systemTokens + reply.inputTokens;
  return { prompt: input * 2_500_000, answer: reply.outputTokens * 25_000_000 };
}

function last(reply: Reply): Record<string, unknown> {
  const took = nanoseconds(reply);
  return {
    done: true,
    done_reason: reply.stop === 'length' ? 'length' : 'stop',
    total_duration: took.prompt + took.answer,
    load_duration: 0,
    prompt_eval_count: reply.systemTokens + reply.inputTokens,
    prompt_eval_duration: took.prompt,
    eval_count: reply.outputTokens,
    eval_duration: took.answer,
  };
}

function said(reply: Reply, content: string): Record<string, unknown> {
  return { model: reply.model, created_at: SOME_TIME, message: { role: 'assistant', content } };
}

/** One token a chunk, each nearly certain, as a server does that was asked for them. */
function likely(token: string): Record<string, unknown> {
  return { logprobs: [{ token, logprob: -0.01, bytes: [...Buffer.from(token)] }] };
}

/** Ollama: NDJSON stream of /api/chat; usage stands in the last line only. Source: ollama's docs/api.md. */
export const ollama: Dialect = {
  lane: 'local',
  mount: 'local',
  path: '/api/chat',
  contentType: 'application/x-ndjson',
  headers: {},
  read: (body) => ({
    model: String(body['model']),
    system: saidBy(body['messages'], 'system'),
    material: saidBy(body['messages'], 'user'),
    schema: schemaOf(body['format']),
    stream: body['stream'] !== false,
  }),
  chunks: (reply) => [
    ...pieces(reply.text).map(
      (p) => `${JSON.stringify({ ...said(reply, p), ...likely(p), done: false })}\n`,
    ),
    `${JSON.stringify({ ...said(reply, ''), ...last(reply) })}\n`,
  ],
  whole: (reply) => ({ ...said(reply, reply.text), ...last(reply) }),
  midError: `${JSON.stringify({ error: 'an error was encountered while running the model: CUDA error' })}\n`,
  error: (status) => ({ error: ERRORS[status] ?? `rehearsed error ${status}` }),
  get(path) {
    if (path === '/api/tags') return { models: [MODEL] };
    if (path === '/api/version') return { version: '0.35.1' };
    if (path === '/api/show')
      return { details: MODEL.details, capabilities: ['completion'], model_info: {} };
    return undefined;
  },
};
