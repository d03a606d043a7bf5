import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LaneResult, Usage } from '../../src/flow/ports/lanes.ts';
import { makeLocalLane } from '../../src/lanes/local.ts';
import { makeSeatLane } from '../../src/lanes/seat.ts';
import { makeSeniorLane } from '../../src/lanes/senior.ts';
import { ask, faultOf, withLane } from './ask.ts';
import { fakeSdk } from './fake-seat.ts';

/**
 * What each vendor says a call used, as recorded with its own client, and what the lanes make of it. The vendors count
 * differently; here each token is counted once. What cannot be true is refused and never booked.
 */
type Said = Readonly<Record<string, unknown>>;

/** What the servers say next. */
let said: readonly string[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    const type = request.url?.startsWith('/v1/') ? 'text/event-stream' : 'application/x-ndjson';
    response.writeHead(200, { 'content-type': type });
    response.end(said.join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const counts = (more: Partial<Usage>): Usage => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  computeMs: 0,
  ...more,
});

/** Not one number is booked: the call ends in a fault that names the count, and asking again unchanged is no cure. */
async function refusedFor(call: Promise<LaneResult>, name: RegExp): Promise<void> {
  const fault = await faultOf(call);
  expect(fault).toMatchObject({ code: 'unavailable', retry: false });
  expect(fault.message).toMatch(name);
  expect(fault.message).toContain('cannot be trusted');
}

/** What no count of tokens can be, whoever says it. */
const BROKEN: readonly (readonly [name: string, value: unknown])[] = [
  ['negative', -1],
  ['fractional', 12.5],
  ['absurd', 1_000_000_000_000],
  ['past what a number holds', 2 ** 53],
  ['text', '12'],
  ['a truth value', true],
  ['a list', [12]],
];

describe('Anthropic', () => {
  const event = (type: string, data: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

  /** A streamed message; the counts of its end are those of the whole message. */
  function run(atStart: Said, atEnd: Said): Promise<LaneResult> {
    said = [
      event('message_start', {
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'claude-opus-5-5',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: atStart,
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: '{}' } }),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: atEnd,
      }),
      event('message_stop', {}),
    ];
    const options = { apiKey: 'k', baseUrl: url, model: 'claude-opus-5-5', rehearsal: false };
    return withLane(makeSeniorLane(options), (lane) => lane.run(ask()));
  }

  const PLAIN = {
    input_tokens: 826,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: 1,
    service_tier: 'standard',
    inference_geo: 'not_available',
  };

  test.each([
    ['its beginning', undefined, { output_tokens: 1 }],
    ['its end', PLAIN, undefined],
  ])('an answer without usage at %s is said to be no whole answer', async (_where, first, last) => {
    await expect(run(first as unknown as Said, last as unknown as Said)).rejects.toThrow(
      /^Expected an answer of .*, got one without parts .* such as its usage .*; look what answers there/,
    );
  });

  const golden: readonly (readonly [string, Said, Said, Partial<LaneResult>])[] = [
    [
      'plain: input and output, the output that of the end',
      PLAIN,
      { output_tokens: 298 },
      { usage: counts({ input: 826, output: 298 }), tier: 'standard' },
    ],
    [
      'a brief written to the cache is not part of the input',
      {
        ...PLAIN,
        input_tokens: 21,
        cache_creation_input_tokens: 5_200,
        cache_creation: { ephemeral_5m_input_tokens: 5_200, ephemeral_1h_input_tokens: 0 },
      },
      { output_tokens: 298 },
      { usage: counts({ input: 21, cacheWrite: 5_200, output: 298 }) },
    ],
    [
      'a brief read from the cache is not part of the input either',
      { ...PLAIN, input_tokens: 21, cache_read_input_tokens: 5_200 },
      { output_tokens: 298 },
      { usage: counts({ input: 21, cacheRead: 5_200, output: 298 }) },
    ],
    [
      'thinking is inside the output and not counted again',
      PLAIN,
      { output_tokens: 2_298, output_tokens_details: { thinking_tokens: 2_000 } },
      { usage: counts({ input: 826, output: 2_298 }) },
    ],
    [
      'counts that the end says once more are those of the whole message, not more of it',
      { ...PLAIN, cache_read_input_tokens: 100 },
      {
        input_tokens: 826,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 0,
        output_tokens: 298,
      },
      { usage: counts({ input: 826, cacheRead: 100, output: 298 }) },
    ],
    [
      'cache counts that are null are none',
      { ...PLAIN, cache_creation_input_tokens: null, cache_read_input_tokens: null },
      { output_tokens: 298 },
      { usage: counts({ input: 826, output: 298 }) },
    ],
    [
      'a batch and a speed of its own are passed on, because they change the price',
      { ...PLAIN, service_tier: 'batch', speed: 'fast' },
      { output_tokens: 298 },
      { usage: counts({ input: 826, output: 298 }), tier: 'batch', speed: 'fast' },
    ],
    [
      'no tier and no speed are none',
      { input_tokens: 5, output_tokens: 1, service_tier: null, speed: null },
      { output_tokens: 2 },
      { usage: counts({ input: 5, output: 2 }) },
    ],
  ];
  test.each(golden)('%s', async (_name, atStart, atEnd, expected) => {
    const result = await run(atStart, atEnd);
    expect(result).toMatchObject(expected);
    expect('tier' in result).toBe(typeof atStart['service_tier'] === 'string');
    expect('speed' in result).toBe(typeof atStart['speed'] === 'string');
  });

  test.each(BROKEN)('a count that is %s is refused by its name', async (_name, value) => {
    const end = { output_tokens: 298 };
    await refusedFor(run({ ...PLAIN, input_tokens: value }, end), /input_tokens/);
    await refusedFor(run({ ...PLAIN, cache_read_input_tokens: value }, end), /cache_read/);
    await refusedFor(run({ ...PLAIN, cache_creation_input_tokens: value }, end), /cache_creation/);
    await refusedFor(run(PLAIN, { output_tokens: value }), /output_tokens/);
  });
});

describe('Ollama', () => {
  /** A streamed chat; only its last line says what was used. */
  function run(last: Said): Promise<LaneResult> {
    const line = { model: 'gemma4', created_at: '2026-11-26T09:00:00Z' };
    const message = { role: 'assistant', content: '{}' };
    said = [
      `${JSON.stringify({ ...line, message, done: false })}\n`,
      `${JSON.stringify({ ...line, message: { ...message, content: '' }, done: true, done_reason: 'stop', ...last })}\n`,
    ];
    const options = { host: url, model: 'gemma4', rehearsal: false };
    return withLane(makeLocalLane(options), (lane) => lane.run(ask()));
  }

  const PLAIN = {
    total_duration: 5_190_000_000,
    load_duration: 1_000_000,
    prompt_eval_count: 826,
    prompt_eval_duration: 900_000_000,
    eval_count: 298,
    eval_duration: 4_200_000_000,
  };

  test('counts stand in its last line, and no more time is its own than the call took', async () => {
    const result = await run(PLAIN);
    const { computeMs } = result.usage;
    expect(result.usage).toEqual(counts({ input: 826, output: 298, computeMs }));
    expect(computeMs).toBeLessThanOrEqual(result.latencyMs + 1);
  });

  test('durations are nanoseconds: 400 microseconds are no millisecond', async () => {
    expect((await run({ ...PLAIN, total_duration: 400_000 })).usage.computeMs).toBe(0);
  });

  test('a prompt kept from the call before is said by no count at all, and is none', async () => {
    const { prompt_eval_count: _prompt, ...rest } = PLAIN;
    expect((await run(rest)).usage).toMatchObject({ input: 0, output: 298 });
  });

  test.each(BROKEN)('a count that is %s is refused by its name', async (_name, value) => {
    await refusedFor(run({ ...PLAIN, prompt_eval_count: value }), /prompt_eval_count/);
    await refusedFor(run({ ...PLAIN, eval_count: value }), /eval_count/);
  });

  test.each([
    ['two tokens', [{ logprob: Math.log(0.9) }, { logprob: Math.log(0.4) }], 0.6],
    ['tokens that are certain', [{ logprob: 0 }], 1],
    ['a token no server could hold', [{ logprob: -9_999 }], 0],
    ['none, as before version 0.12.11', undefined, undefined],
    ['what is no logarithm of a probability', [{ logprob: 0.5 }], undefined],
    ['words', [{ logprob: 'high' }], undefined],
  ])('the mean probability of its tokens, from %s', async (_name, logprobs, expected) => {
    const { tokenProbability } = await run({ ...PLAIN, logprobs });
    if (expected === undefined) expect(tokenProbability).toBeUndefined();
    else expect(tokenProbability).toBeCloseTo(expected, 10);
  });

  test.each([
    ['before it began', -5_190_000_000],
    ['of thirty years', 1e18],
    ['in words', 'five seconds'],
  ])('a duration %s is refused', async (_name, value) => {
    await refusedFor(run({ ...PLAIN, total_duration: value }), /total_duration/);
  });
});

describe('GitHub Copilot', () => {
  let workFolder: string;
  beforeAll(async () => {
    workFolder = await mkdtemp(join(tmpdir(), 'aios-usage-'));
  });
  afterAll(() => rm(workFolder, { recursive: true, force: true }));

  /** A turn whose wire calls say this; the runtime may make several for one answer. */
  async function run(...calls: readonly Said[]): Promise<LaneResult> {
    const { sdk } = fakeSdk([
      ...calls.map((data) => ({ type: 'assistant.usage', data })),
      { type: 'assistant.message', data: { content: '{}', model: 'gpt-5.4' } },
      { type: 'session.idle', data: {} },
    ]);
    const load = () => Promise.resolve(sdk);
    const tokens = { own: new Map<string, string>(), organisation: 'gho_x' };
    const options = { tokens, rehearsal: false, workFolder, load };
    return withLane(makeSeatLane(options), (lane) => lane.run(ask()));
  }

  const PLAIN = {
    model: 'gpt-5.4',
    inputTokens: 1_200,
    cacheReadTokens: 1_000,
    cacheWriteTokens: 0,
    outputTokens: 42,
    reasoningTokens: 30,
    duration: 812,
    finishReason: 'stop',
    providerCallId: 'GH-1',
    isByok: false,
    cost: 1,
    copilotUsage: {
      totalNanoAiu: 138_000_000,
      tokenDetails: [
        { tokenType: 'input', tokenCount: 200, batchSize: 1_000_000, costPerBatch: 250 },
        { tokenType: 'cache_read', tokenCount: 1_000, batchSize: 1_000_000, costPerBatch: 25 },
        { tokenType: 'output', tokenCount: 42, batchSize: 1_000_000, costPerBatch: 1_500 },
      ],
    },
  };

  test('its input includes what was cached and its output what was thought: each is counted once', async () => {
    const result = await run(PLAIN);
    expect(result.usage).toEqual(counts({ input: 200, cacheRead: 1_000, output: 42 }));
    expect(result.credits).toBe(138_000_000);
  });

  test('what was written to the cache is inside the input, too', async () => {
    const { usage } = await run({ ...PLAIN, cacheWriteTokens: 150 });
    expect(usage).toEqual(counts({ input: 50, cacheRead: 1_000, cacheWrite: 150, output: 42 }));
  });

  test('several wire calls of one answer add up, their credits as well', async () => {
    const result = await run(PLAIN, { ...PLAIN, cacheReadTokens: 0, outputTokens: 8 }, PLAIN);
    expect(result.usage).toEqual(counts({ input: 1_600, cacheRead: 2_000, output: 92 }));
    expect(result.credits).toBe(3 * 138_000_000);
  });

  test('a provider of one’s own says no credits, and none are made up', async () => {
    const { copilotUsage: _credits, ...own } = PLAIN;
    const result = await run({ ...own, isByok: true });
    expect(result.usage).toMatchObject({ input: 200, output: 42 });
    expect('credits' in result).toBe(false);
  });

  test('more in the cache than in the prompt cannot be and is refused', async () => {
    await refusedFor(run({ ...PLAIN, cacheReadTokens: 1_201 }), /without cache/);
  });

  test.each(BROKEN)('a count that is %s is refused by its name', async (_name, value) => {
    await refusedFor(run({ ...PLAIN, inputTokens: value }), /inputTokens/);
    await refusedFor(run({ ...PLAIN, cacheReadTokens: value }), /cacheReadTokens/);
    await refusedFor(run({ ...PLAIN, cacheWriteTokens: value }), /cacheWriteTokens/);
    await refusedFor(run(PLAIN, { ...PLAIN, outputTokens: value }), /outputTokens/);
    // A billion of these is one credit, so what is absurd of tokens is none of them.
    const credits = value === 1_000_000_000_000 ? 1_000_000_000_000_000 : value;
    await refusedFor(run({ ...PLAIN, copilotUsage: { totalNanoAiu: credits } }), /totalNanoAiu/);
  });

  test('a call of many credits is booked as they were reported', async () => {
    const result = await run({ ...PLAIN, copilotUsage: { totalNanoAiu: 50_000_000_000 } });
    expect(result.credits).toBe(50_000_000_000);
  });

  test('without its counts, or without any word of use, nothing is booked', async () => {
    const { inputTokens: _input, ...noInput } = PLAIN;
    const { outputTokens: _output, ...noOutput } = PLAIN;
    await refusedFor(run(noInput), /inputTokens/);
    await refusedFor(run(noOutput), /outputTokens/);
    await refusedFor(run(), /what the call used/);
  });
});
