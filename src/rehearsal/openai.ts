import { pieces, recordOr, saidBy, schemaOf, type Dialect, type Reply } from './dialect.ts';

const STOPS = { end: 'stop', length: 'length', refusal: 'content_filter' } as const;

function usage(reply: Reply): Record<string, unknown> {
  const input = reply.systemTokens + reply.inputTokens;
  return {
    prompt_tokens: input,
    completion_tokens: reply.outputTokens,
    total_tokens: input + reply.outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
  };
}

function chunk(reply: Reply, more: object): string {
  const head = {
    id: 'chatcmpl-rehearsal',
    object: 'chat.completion.chunk',
    created: 1,
    model: reply.model,
  };
  return `data: ${JSON.stringify({ ...head, ...more })}\n\n`;
}

function choice(delta: object, finish: string | null): object {
  return { choices: [{ index: 0, delta, finish_reason: finish }] };
}

/** OpenAI-compatible chat completions, which the seat's runtime speaks to a provider of one's own. */
export const openai: Dialect = {
  lane: 'seat',
  mount: 'seat',
  path: '/chat/completions',
  contentType: 'text/event-stream',
  headers: {},
  read: (body) => ({
    model: String(body['model']),
    system: saidBy(body['messages'], 'system'),
    material: saidBy(body['messages'], 'user'),
    schema: schemaOf(recordOr(recordOr(body['response_format'])['json_schema'])['schema']),
    stream: body['stream'] === true,
  }),
  chunks: (reply) => [
    chunk(reply, choice({ role: 'assistant', content: '' }, null)),
    ...pieces(reply.text).map((content) => chunk(reply, choice({ content }, null))),
    chunk(reply, { ...choice({}, STOPS[reply.stop]), usage: usage(reply) }),
    'data: [DONE]\n\n',
  ],
  whole: (reply) => ({
    id: 'chatcmpl-rehearsal',
    object: 'chat.completion',
    created: 1,
    model: reply.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.text },
        finish_reason: STOPS[reply.stop],
      },
    ],
    usage: usage(reply),
  }),
  midError: `data: ${JSON.stringify({ error: { message: 'the server had an error' } })}\n\n`,
  error: (status) => ({ error: { message: `rehearsed error ${status}`, type: 'rehearsal' } }),
  get: (path) =>
    path === '/models'
      ? { object: 'list', data: [{ id: 'rehearsal-seat', object: 'model' }] }
      : undefined,
};
