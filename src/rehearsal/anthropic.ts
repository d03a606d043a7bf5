import {
  pieces,
  recordOr,
  saidBy,
  schemaOf,
  SOME_TIME,
  textOf,
  type Dialect,
  type Reply,
} from './dialect.ts';

const ERRORS: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'max_tokens: must be positive'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'Your credit balance is too low'],
  404: ['not_found_error', 'model: not found'],
  429: ['rate_limit_error', 'This request would exceed your rate limit'],
  503: ['api_error', 'Service unavailable'],
  529: ['overloaded_error', 'Overloaded'],
};

/** Below this many tokens a persona block is not cached. */
const CACHE_MINIMUM = 512;

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

/** Input counts exclude what was written to the cache, as Anthropic counts. */
function usage(reply: Reply, outputTokens: number): Record<string, unknown> {
  const cached = reply.systemTokens >= CACHE_MINIMUM ? reply.systemTokens : 0;
  return {
    input_tokens: reply.systemTokens - cached + reply.inputTokens,
    cache_creation_input_tokens: cached,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: cached, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

const STOPS = { end: 'end_turn', length: 'max_tokens', refusal: 'refusal' } as const;

function message(reply: Reply): Record<string, unknown> {
  return {
    id: 'msg_rehearsal',
    type: 'message',
    role: 'assistant',
    model: reply.model,
    stop_sequence: null,
  };
}

/** Anthropic: server-sent events of /v1/messages. Source: the Messages API's streaming page, recorded with the SDK. */
export const anthropic: Dialect = {
  lane: 'senior',
  mount: 'senior',
  path: '/v1/messages',
  contentType: 'text/event-stream',
  headers: { 'request-id': 'req_rehearsal' },
  read: (body) => ({
    model: String(body['model']),
    system: textOf(body['system']),
    material: saidBy(body['messages'], 'user'),
    schema: schemaOf(recordOr(recordOr(body['output_config'])['format'])['schema']),
    stream: body['stream'] === true,
  }),
  chunks: (reply) => [
    event('message_start', {
      message: { ...message(reply), content: [], stop_reason: null, usage: usage(reply, 1) },
    }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces(reply.text).map((text) =>
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    ),
    event('content_block_stop', { index: 0 }),
    event('message_delta', {
      delta: { stop_reason: STOPS[reply.stop], stop_sequence: null },
      usage: usage(reply, reply.outputTokens),
    }),
    event('message_stop', {}),
  ],
  whole: (reply) => ({
    ...message(reply),
    content: [{ type: 'text', text: reply.text }],
    stop_reason: STOPS[reply.stop],
    usage: usage(reply, reply.outputTokens),
  }),
  midError: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
  error(status) {
    const [type, words] = ERRORS[status] ?? ['api_error', 'Internal server error'];
    return { type: 'error', error: { type, message: words }, request_id: 'req_rehearsal' };
  },
  get(path) {
    const id = /^\/v1\/models\/([^/?]+)/.exec(path)?.[1];
    if (id === undefined) return undefined;
    return { id, type: 'model', display_name: 'REHEARSAL', created_at: SOME_TIME };
  },
};
