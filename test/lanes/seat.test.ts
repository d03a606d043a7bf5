import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadSeatSdk, type SeatEvent, type SeatSdk } from '../../src/lanes/seat-sdk.ts';
import { makeSeatLane } from '../../src/lanes/seat.ts';
import type { LaneClient } from '../../src/flow/ports/lanes.ts';
import { openRehearsal, type Rehearsal } from '../../src/rehearsal/open.ts';
import type { WireFault } from '../../src/rehearsal/script.ts';
import { absent } from '../helpers/absent.ts';
import { ask, faultOf, read } from './ask.ts';
import { fakeSdk, type Wrong } from './fake-seat.ts';

const NONE = { own: new Map<string, string>() };
const installed = (await loadSeatSdk()) !== undefined;
if (!installed) absent('seat', 'the seat on the wire');
const onTheWire = installed ? describe : describe.skip;

let stage: Rehearsal;
let workFolder: string;
let lane: LaneClient;

beforeAll(async () => {
  stage = await openRehearsal();
  workFolder = await mkdtemp(join(tmpdir(), 'aios-seat-'));
  lane = makeSeatLane({ tokens: NONE, providerUrl: stage.openaiUrl, rehearsal: true, workFolder });
});

afterAll(async () => {
  await lane.close();
  await stage.close();
  await rm(workFolder, { recursive: true, force: true });
});

onTheWire('the seat through its real SDK', () => {
  test('answers with usage and the model that served, and leaves no session on disk', async () => {
    const result = await lane.run(ask());
    expect(result).toMatchObject({
      provider: 'copilot-own-provider',
      modelRequested: 'rehearsal-seat',
      modelServed: 'rehearsal-seat',
      stop: 'end',
      rehearsal: true,
    });
    expect(result.usage.input).toBeGreaterThan(50);
    expect(result.usage.output).toBe(Math.ceil(result.text.length / 4));
    expect(read(result)).toMatchObject({ fit: 'mine' });
    const left = await readdir(join(workFolder, 'session-state')).catch(() => []);
    expect(left).toEqual([]);
  });

  test('sends the brief as the whole system text, the schema, and no tools', async () => {
    await lane.run(ask());
    const { body, system } = stage.calls.at(-1) ?? {};
    expect(system).toContain('You correct and change nothing else.');
    expect(body).toMatchObject({ response_format: { type: 'json_schema' } });
    expect(body?.['tools'] ?? []).toEqual([]);
  });

  const table: readonly [WireFault, string, boolean][] = [
    ['401', 'auth', false],
    ['404', 'model_missing', false],
    ['429', 'rate_limit', true],
  ];
  test.each(table)('%s on the wire is %s', async (fault, code, retry) => {
    // Not the number alone: the runtime writes the time into what it sends, and its milliseconds may be 401.
    stage.script({ lane: 'seat', match: `fault-${fault}`, fault, times: 20 });
    const system = `persona: editor\nfault-${fault}`;
    const got = await faultOf(lane.run(ask({ system, deadlineMs: 28_000 })));
    expect({ code: got.code, retry: got.retry }).toEqual({ code, retry });
  });

  test('cut at the limit is a result with what came, and no more is asked for', async () => {
    stage.script({ lane: 'seat', match: 'cut-short', fault: 'truncated', times: 5 });
    const result = await lane.run(ask({ system: 'persona: editor\ncut-short' }));
    expect(result.stop).toBe('length');
    expect(result.text).toMatch(/^\{"fit":"mine"/);
    expect(result.usage.output).toBe(Math.ceil(result.text.length / 4));
  });

  test('a refusal is a result', async () => {
    stage.script({ lane: 'seat', match: 'refuse-this', fault: 'refusal' });
    expect((await lane.run(ask({ system: 'persona: editor\nrefuse-this' }))).stop).toBe('refusal');
  });

  test('a stalled answer ends at the deadline and the session is aborted on the wire', async () => {
    stage.script({ lane: 'seat', match: 'stall-here', fault: 'stall' });
    const got = await faultOf(
      lane.run(ask({ system: 'persona: editor\nstall-here', deadlineMs: 2_000 })),
    );
    expect(got).toMatchObject({ code: 'timeout', retry: true });
    const stalled = stage.calls.find((call) => call.fault === 'stall');
    await expect(stalled?.closedEarly).resolves.toBe(true);
  });
});

/** The real package, its runtime told that GitHub is the stand-in. */
async function atStandIn(): Promise<SeatSdk | undefined> {
  const sdk = await loadSeatSdk();
  if (sdk === undefined) return undefined;
  const github = {
    COPILOT_API_URL: stage.copilotUrl,
    COPILOT_DEBUG_GITHUB_API_URL: stage.copilotUrl,
    GITHUB_API_URL: stage.copilotUrl,
  };
  function CopilotClient(options: Readonly<Record<string, unknown>>) {
    const env = { ...(options['env'] as object), ...github };
    return new (sdk as SeatSdk).CopilotClient({ ...options, env });
  }
  return { CopilotClient: CopilotClient as unknown as SeatSdk['CopilotClient'] };
}

onTheWire('the seat with a token, through its real SDK', () => {
  let own: LaneClient;
  beforeAll(() => {
    own = makeSeatLane({
      tokens: { own: new Map(), organisation: 'gho_rehearsal' },
      model: 'rehearsal-seat',
      rehearsal: false,
      workFolder: join(workFolder, 'own'),
      load: atStandIn,
    });
  });
  afterAll(() => own.close());

  const quota = async () => {
    const account = await fetch(`${stage.copilotUrl}/copilot_internal/user`);
    const read = (await account.json()) as {
      quota_snapshots: { premium_interactions: { remaining: number } };
    };
    return read.quota_snapshots.premium_interactions.remaining;
  };

  test('answers with the credits that the service took, which its quota shows too', async () => {
    const before = await quota();
    const brief = `persona: editor\n${'You change nothing else. '.repeat(200)}`;
    const result = await own.run(ask({ system: brief }));
    expect(result).toMatchObject({
      provider: 'github.copilot',
      modelServed: 'rehearsal-seat',
      stop: 'end',
      rehearsal: true,
      usage: { cacheRead: Math.ceil(brief.length / 4), cacheWrite: 0 },
    });
    const { input, cacheRead, output } = result.usage;
    expect(result.credits).toBe(input * 250_000 + cacheRead * 25_000 + output * 1_500_000);
    expect(before - (await quota())).toBeCloseTo((result.credits ?? 0) / 1e9, 6);
    expect(stage.calls.at(-1)?.headers['authorization']).toContain('gho_rehearsal');
  });

  const table: readonly [WireFault, string, boolean][] = [
    ['401', 'auth', false],
    ['402', 'quota', false],
    ['429', 'rate_limit', true],
  ];
  test.each(table)('%s of the service is %s', async (fault, code, retry) => {
    stage.script({ lane: 'seat', match: `own-${fault}`, fault, times: 20 });
    const system = `persona: editor\nown-${fault}`;
    const got = await faultOf(own.run(ask({ system, deadlineMs: 28_000 })));
    expect({ code: got.code, retry: got.retry }).toEqual({ code, retry });
  });

  test('a server that says nothing is left at the deadline of the job', async () => {
    stage.script({ lane: 'seat', match: 'own-silence', fault: 'silence', times: 20 });
    const system = 'persona: editor\nown-silence';
    expect(await faultOf(own.run(ask({ system, deadlineMs: 2_000 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    const silent = stage.calls.find((call) => call.fault === 'silence');
    await expect(silent?.closedEarly).resolves.toBe(true);
  });
});

describe('a seat that is not complete', () => {
  test('without the package is off and names the exact command', async () => {
    const bare = makeSeatLane({
      tokens: { own: new Map(), organisation: 't' },
      rehearsal: false,
      workFolder,
      load: () => Promise.resolve(undefined),
    });
    expect(await bare.health()).toMatchObject({
      is: 'off',
      next: 'Run: npm install --no-save @github/copilot-sdk@1.0.14',
    });
    expect(await faultOf(bare.run(ask()))).toMatchObject({ code: 'lane_off', retry: false });
    await bare.close();
  });

  test('without a token is off and names the variable', async () => {
    const { sdk } = fakeSdk([]);
    const bare = makeSeatLane({
      tokens: NONE,
      rehearsal: false,
      workFolder,
      load: () => Promise.resolve(sdk),
    });
    expect(await bare.health()).toMatchObject({
      is: 'off',
      next: expect.stringContaining('COPILOT_GITHUB_TOKEN'),
    });
  });
});

describe('what the lane makes of the runtime, told by a record of its events', () => {
  const withEvents = (events: readonly SeatEvent[], wrong?: Wrong) => {
    const fake = fakeSdk(events, wrong);
    return {
      ...fake,
      lane: makeSeatLane({
        tokens: { own: new Map(), organisation: 'gho_x' },
        rehearsal: false,
        workFolder,
        load: () => Promise.resolve(fake.sdk),
        partingMs: 30,
      }),
    };
  };

  test('usage is summed over its wire calls, cached input counted once', async () => {
    const usage = {
      model: 'gpt-5.4',
      inputTokens: 1200,
      cacheReadTokens: 1000,
      cacheWriteTokens: 50,
      outputTokens: 42,
      providerCallId: 'GH-1',
    };
    const { lane: seat, told } = withEvents([
      { type: 'assistant.usage', data: usage },
      { type: 'assistant.usage', data: usage },
      { type: 'assistant.message', data: { content: '{}', model: 'gpt-5.4' } },
      { type: 'session.idle', data: {} },
    ]);
    const result = await seat.run(ask());
    expect(result).toMatchObject({
      provider: 'github.copilot',
      modelServed: 'gpt-5.4',
      requestId: 'GH-1',
      text: '{}',
      rehearsal: false,
      usage: { input: 300, cacheRead: 2000, cacheWrite: 100, output: 84 },
    });
    expect(told.deleted).toEqual(['session-1']);
    expect(Object.keys(told.env)).toEqual(['PATH', 'HOME']);
    expect(told.session).toMatchObject({
      availableTools: [],
      disabledMcpServers: ['github-mcp-server'],
    });
  });

  test.each([
    ['no sign-in', { errorType: 'authentication', message: 'bad' }, 'auth'],
    ['no token', { errorType: 'query', message: 'No GitHub OAuth token found' }, 'auth'],
    ['too many', { errorType: 'rate_limit', message: 'slow down' }, 'rate_limit'],
    ['no credits left', { errorType: 'quota', message: 'used up' }, 'quota'],
    ['a server error', { errorType: 'query', message: 'boom', statusCode: 500 }, 'unavailable'],
    ['something else', { errorType: 'query', message: 'boom' }, 'unavailable'],
  ])('%s is a fault and the session is deleted', async (_name, data, code) => {
    const { lane: seat, told } = withEvents([{ type: 'session.error', data }]);
    expect(await faultOf(seat.run(ask()))).toMatchObject({ code });
    expect(told.deleted).toEqual(['session-1']);
  });

  test('of a cut answer nothing after the cut is text, and what the runtime asked after it is counted', async () => {
    const part = (deltaContent: string) => ({
      type: 'assistant.message_delta',
      data: { deltaContent },
    });
    const used = (finishReason: string) => ({
      type: 'assistant.usage',
      data: { model: 'gpt-5.4', inputTokens: 10, outputTokens: 4, finishReason },
    });
    const { lane: seat, told } = withEvents([
      part('{"fit":'),
      used('length'),
      part('once more'),
      { type: 'assistant.message', data: { content: 'once more' } },
      used('stop'),
      { type: 'session.error', data: { errorType: 'query', message: 'aborted' } },
    ]);
    expect(await seat.run(ask())).toMatchObject({
      text: '{"fit":',
      stop: 'length',
      usage: { input: 20, output: 8 },
    });
    expect(told).toMatchObject({ aborted: 1, deleted: ['session-1'] });
  });

  test('what came of a cut answer is kept where the runtime refuses to abort', async () => {
    const usage = { model: 'gpt-5.4', inputTokens: 10, outputTokens: 4, finishReason: 'length' };
    const { lane: seat, told } = withEvents(
      [
        { type: 'assistant.message_delta', data: { deltaContent: '{"fit":' } },
        { type: 'assistant.usage', data: usage },
      ],
      'refuses to abort',
    );
    expect(await seat.run(ask())).toMatchObject({ text: '{"fit":', stop: 'length' });
    expect(told).toMatchObject({ aborted: 1, deleted: ['session-1'] });
  });

  test('a session that never opens ends at the deadline, and its runtime is killed', async () => {
    const { lane: seat, told } = withEvents([], 'never opens');
    expect(await faultOf(seat.run(ask({ deadlineMs: 50 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    expect(told.killed).toBe(1);
  });

  test('a cancelled job aborts the session and deletes it', async () => {
    const job = new AbortController();
    const { lane: seat, told } = withEvents([]);
    const call = faultOf(seat.run(ask({ signal: job.signal })));
    while (told.session === undefined) await new Promise(setImmediate);
    job.abort();
    expect(await call).toMatchObject({ code: 'cancelled', retry: false });
    expect(told).toMatchObject({ aborted: 1, deleted: ['session-1'] });
  });
});
