import type { Dialect, Reply } from './dialect.ts';
import { openai } from './openai.ts';

/** What a batch costs in credits, and how many tokens are one: 2.50, 0.25 and 15 USD per million tokens at 0.01 USD a credit. */
const BATCH = 1_000_000;
const PRICES = { input: 250, cache_read: 25, output: 1_500 } as const;
const NANO = 1_000_000_000;
/** Credits the month of a seat holds. */
const ENTITLEMENT = 1_500;
/** A brief of so many tokens counts as read from the cache. */
const CACHE_MINIMUM = 1_024;
const RESET = '2026-12-01';

const ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid_request_body', 'The request body is invalid'],
  401: ['unauthorized', 'unauthorized: token expired'],
  402: ['quota_exceeded', 'You have no quota'],
  404: ['model_not_found', 'The requested model is not available'],
  429: ['rate_limited', 'Sorry, you have exceeded your rate limit'],
  503: ['service_unavailable', 'Service unavailable'],
};

type Counted = { readonly [Type in keyof typeof PRICES]: number };

/**
 * GitHub Copilot's own service, as the seat's runtime speaks to it with a token: the account with its quota, the models, and chat
 * completions that say what they took in 10^-9 credits. `url` is where it listens. What was used grows with each answer that is
 * made, also when its stream breaks off. Formats as recorded with @github/copilot-sdk 1.0.14.
 */
export function makeCopilot(url: string): Dialect {
  let usedNano = 0;
  return {
    ...openai,
    mount: 'copilot',
    get headers() {
      const { percent, over } = quotaOf(usedNano);
      return {
        'x-github-request-id': 'GH-REHEARSAL',
        'x-quota-snapshot-premium_interactions': `ent=${ENTITLEMENT}&ov=${over.toFixed(1)}&ovPerm=false&rem=${percent.toFixed(1)}&rst=${RESET}T00:00:00Z`,
        'x-quota-snapshot-chat': `ent=-1&ov=0.0&ovPerm=false&rem=100.0&rst=${RESET}T00:00:00Z`,
      };
    },
    chunks(reply) {
      const counted = countedOf(reply);
      usedNano += nanoOf(counted);
      const more = { usage: usageOf(counted), copilot_usage: creditsOf(counted) };
      return openai.chunks(reply).map((chunk) => withUsage(chunk, more));
    },
    whole(reply) {
      const counted = countedOf(reply);
      usedNano += nanoOf(counted);
      return {
        ...(openai.whole(reply) as object),
        usage: usageOf(counted),
        copilot_usage: creditsOf(counted),
      };
    },
    error(status) {
      const [code, message] = ERRORS[status] ?? ['internal_error', 'Internal server error'];
      return { error: { code, message } };
    },
    get(path) {
      if (path === '/copilot_internal/user') return accountOf(url, usedNano);
      return path === '/models' ? { object: 'list', data: [MODEL] } : undefined;
    },
  };
}

/** The usage of the last chunk, in the words of this service. */
function withUsage(chunk: string, more: object): string {
  if (!chunk.includes('"usage":')) return chunk;
  const said = JSON.parse(chunk.slice('data: '.length)) as object;
  return `data: ${JSON.stringify({ ...said, ...more })}\n\n`;
}

function countedOf(reply: Reply): Counted {
  const cached = reply.systemTokens >= CACHE_MINIMUM ? reply.systemTokens : 0;
  return {
    input: reply.systemTokens - cached + reply.inputTokens,
    cache_read: cached,
    output: reply.outputTokens,
  };
}

/** Tokens as OpenAI counts them: those of the prompt include what was read from the cache. */
function usageOf(counted: Counted): Record<string, unknown> {
  const prompt = counted.input + counted.cache_read;
  return {
    prompt_tokens: prompt,
    completion_tokens: counted.output,
    total_tokens: prompt + counted.output,
    prompt_tokens_details: { cached_tokens: counted.cache_read },
  };
}

function creditsOf(counted: Counted): Record<string, unknown> {
  return {
    total_nano_aiu: nanoOf(counted),
    token_details: Object.entries(counted).map(([type, count]) => ({
      token_type: type,
      token_count: count,
      batch_size: BATCH,
      cost_per_batch: PRICES[type as keyof Counted],
    })),
  };
}

function nanoOf(counted: Counted): number {
  const types = Object.keys(PRICES) as (keyof Counted)[];
  return types.reduce((sum, type) => sum + counted[type] * PRICES[type] * (NANO / BATCH), 0);
}

function quotaOf(usedNano: number) {
  const left = ENTITLEMENT - usedNano / NANO;
  const remaining = Math.max(0, left);
  return { remaining, percent: (100 * remaining) / ENTITLEMENT, over: Math.max(0, -left) };
}

function accountOf(url: string, usedNano: number): Record<string, unknown> {
  const { remaining, percent, over } = quotaOf(usedNano);
  const common = { overage_permitted: false, timestamp_utc: `${RESET}T00:00:00Z` };
  return {
    login: 'rehearsal',
    copilot_plan: 'individual_pro',
    is_mcp_enabled: false,
    endpoints: { api: url, telemetry: `${url}/telemetry` },
    analytics_tracking_id: 'rehearsal',
    quota_reset_date: RESET,
    quota_snapshots: {
      premium_interactions: {
        ...common,
        quota_id: 'premium_interactions',
        unlimited: false,
        entitlement: ENTITLEMENT,
        remaining,
        percent_remaining: percent,
        overage_count: over,
      },
      chat: {
        ...common,
        quota_id: 'chat',
        unlimited: true,
        entitlement: 0,
        remaining: 0,
        percent_remaining: 100,
        overage_count: 0,
      },
    },
  };
}

const MODEL = {
  id: 'rehearsal-seat',
  name: 'REHEARSAL',
  object: 'model',
  vendor: 'rehearsal',
  version: 'rehearsal-seat',
  preview: false,
  model_picker_enabled: true,
  billing: {
    is_premium: true,
    multiplier: 1,
    token_prices: {
      input_price: PRICES.input,
      cache_price: PRICES.cache_read,
      output_price: PRICES.output,
      batch_size: BATCH,
    },
  },
  policy: { state: 'enabled', terms: '' },
  capabilities: {
    family: 'rehearsal',
    type: 'chat',
    tokenizer: 'o200k_base',
    limits: {
      max_context_window_tokens: 400_000,
      max_output_tokens: 128_000,
      max_prompt_tokens: 272_000,
    },
    supports: { tool_calls: true, streaming: true, structured_outputs: true },
  },
  supported_endpoints: ['/chat/completions'],
};
