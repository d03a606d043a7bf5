import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeLocalLane } from '../../src/lanes/local.ts';
import type { LaneClient } from '../../src/flow/ports/lanes.ts';
import { openRehearsal, type Rehearsal } from '../../src/rehearsal/open.ts';
import type { WireFault } from '../../src/rehearsal/script.ts';
import { ask, faultOf, read, withLane } from './ask.ts';

let stage: Rehearsal;
let lane: LaneClient;

beforeAll(async () => {
  stage = await openRehearsal();
  lane = makeLocalLane({ host: stage.ollamaUrl, model: 'gemma4', rehearsal: true });
});

afterAll(async () => {
  await lane.close();
  await stage.close();
});

/** What undici keeps under a name of its own; fails where it is not there. */
function inner(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) throw new Error(`expected a record with ${name}`);
  const symbol = Object.getOwnPropertySymbols(of).find((own) => own.description === name);
  const key = symbol ?? name;
  if (!(key in of)) throw new Error(`undici keeps no ${name} here any more`);
  return (of as Record<PropertyKey, unknown>)[key];
}

describe('an answer', () => {
  test('comes whole, with usage and the model that served', async () => {
    const result = await lane.run(ask());
    expect(result).toMatchObject({
      provider: 'ollama',
      modelRequested: 'gemma4',
      modelServed: 'rehearsal-local',
      requestId: null,
      stop: 'end',
      rehearsal: true,
      usage: { cacheRead: 0, cacheWrite: 0 },
    });
    expect(result.usage.input).toBeGreaterThan(50);
    expect(result.usage.output).toBe(Math.ceil(result.text.length / 4));
    expect(result.usage.computeMs).toBeGreaterThan(0);
    expect(result.tokenProbability).toBeCloseTo(0.99, 2);
    expect(read(result)).toMatchObject({ fit: 'mine', questions: [] });
  });

  test('is asked for as a stream, with its context size, and the schema both in the format and in words', async () => {
    await lane.run(ask({ model: 'qwen3.5:9b' }));
    const call = stage.calls.at(-1);
    expect(call?.body).toMatchObject({
      model: 'qwen3.5:9b',
      stream: true,
      logprobs: true,
      format: { required: expect.arrayContaining(['fit']) },
      options: { num_ctx: 8192, num_predict: 2000 },
    });
    expect(call?.body).not.toHaveProperty('think');
    expect(call?.system).toContain('"deliverable_files"');
  });

  test('gets a context that holds long material, and too long material is refused before any call', async () => {
    await lane.run(ask({ material: 'clay '.repeat(12_000) }));
    expect(stage.calls.at(-1)?.body['options']).toMatchObject({ num_ctx: 32_768 });
    const before = stage.calls.length;
    const fault = await faultOf(lane.run(ask({ material: 'clay '.repeat(120_000) })));
    expect(fault).toMatchObject({ code: 'bad_input', retry: false });
    expect(stage.calls).toHaveLength(before);
  });

  test('a truncated answer is a result, with its usage', async () => {
    stage.script({ lane: 'local', fault: 'truncated' });
    const result = await lane.run(ask());
    expect(result.stop).toBe('length');
    expect(result.usage.output).toBeGreaterThan(0);
  });

  test('that ignores the schema comes back as it is, for whoever reads it', async () => {
    stage.script({ lane: 'local', fault: 'off_schema' });
    expect(read(await lane.run(ask()))).toEqual({ note: 'not the shape that was asked for' });
  });
});

describe('a fault', () => {
  const table: readonly [WireFault, string, boolean][] = [
    ['refused', 'unavailable', true],
    ['400', 'bad_input', false],
    ['401', 'auth', false],
    ['404', 'model_missing', false],
    ['429', 'rate_limit', true],
    ['500', 'unavailable', true],
    ['503', 'overloaded', true],
    ['html', 'unavailable', true],
    ['cut', 'unavailable', true],
    ['mid_error', 'unavailable', true],
  ];
  test.each(table)('%s on the wire is %s', async (fault, code, retry) => {
    const printed = jest.spyOn(console, 'log');
    stage.script({ lane: 'local', fault });
    const got = await faultOf(lane.run(ask()));
    expect({ code: got.code, retry: got.retry }).toEqual({ code, retry });
    expect(got.message).toMatch(/^Expected .+, got .+\. .+\.?$/);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  test('says what to do about a missing model, and when to come back after too many requests', async () => {
    stage.script({ lane: 'local', fault: '404' }, { lane: 'local', fault: '429' });
    expect((await faultOf(lane.run(ask()))).message).toContain('ollama pull gemma4');
    expect(await faultOf(lane.run(ask()))).toMatchObject({ retryAfterMs: 2000 });
  });

  test('a stalled stream ends at the deadline and the server sees the hang-up', async () => {
    stage.script({ lane: 'local', fault: 'stall' });
    expect(await faultOf(lane.run(ask({ deadlineMs: 1_500 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('a server that sends headers and then nothing is left at the deadline', async () => {
    stage.script({ lane: 'local', fault: 'silence' });
    expect(await faultOf(lane.run(ask({ deadlineMs: 1_500 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('nothing but the deadline ends a silent call: the HTTP client has no timeouts of its own', async () => {
    const used = new Promise<object>((resolve) => {
      subscribe('undici:client:sendHeaders', function see(message) {
        unsubscribe('undici:client:sendHeaders', see);
        resolve((message as { socket: object }).socket);
      });
    });
    const job = new AbortController();
    stage.script({ lane: 'local', fault: 'silence' });
    const call = faultOf(lane.run(ask({ signal: job.signal })));
    const client = inner(inner(await used, 'parser'), 'client');
    // Undici's own defaults for both are 300,000 ms.
    expect([inner(client, 'headers timeout'), inner(client, 'body timeout')]).toEqual([0, 0]);
    job.abort();
    expect(await call).toMatchObject({ code: 'cancelled' });
  });

  test('a cancelled job ends the call at once and the server sees the hang-up', async () => {
    const job = new AbortController();
    stage.script({ lane: 'local', fault: 'stall' });
    const before = stage.calls.length;
    const call = faultOf(lane.run(ask({ signal: job.signal })));
    while (stage.calls.length === before) await new Promise(setImmediate);
    job.abort();
    expect(await call).toMatchObject({ code: 'cancelled', retry: false });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('a job cancelled beforehand asks nobody', async () => {
    const before = stage.calls.length;
    expect(await faultOf(lane.run(ask({ signal: AbortSignal.abort() })))).toMatchObject({
      code: 'cancelled',
    });
    expect(stage.calls).toHaveLength(before);
  });

  test.each([
    ['negative', -5],
    ['fractional', 1.5],
    ['absurd', 1e12],
  ])('a %s token count is refused', async (_name, count) => {
    const server = createServer((_request, response) => {
      const line = {
        model: 'x',
        message: { role: 'assistant', content: '{}' },
        done: true,
        done_reason: 'stop',
      };
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(`${JSON.stringify({ ...line, eval_count: count })}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const got = await withLane(makeLocalLane({ host, model: 'x', rehearsal: false }), (l) =>
      faultOf(l.run(ask())),
    );
    expect(got).toMatchObject({ code: 'unavailable', retry: false });
    expect(got.message).toContain('eval_count');
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('health', () => {
  test('is ready at a stand-in, and says that it is one', async () => {
    expect(await lane.health()).toEqual({ is: 'ready', model: 'rehearsal-local', rehearsal: true });
  });

  test('of a server without the model names the command that fetches it', async () => {
    const real = makeLocalLane({ host: stage.ollamaUrl, model: 'gemma4', rehearsal: false });
    expect(await withLane(real, (l) => l.health())).toMatchObject({
      is: 'down',
      next: 'Run: ollama pull gemma4',
    });
  });

  test('of a closed port says how to start it, and a call there is unavailable', async () => {
    const closed = await openRehearsal();
    await closed.close();
    const gone = makeLocalLane({ host: closed.ollamaUrl, model: 'gemma4', rehearsal: false });
    await withLane(gone, async (l) => {
      expect(await l.health()).toMatchObject({
        is: 'down',
        next: expect.stringContaining('ollama serve'),
      });
      const got = await faultOf(l.run(ask()));
      expect(got).toMatchObject({ code: 'unavailable', retry: true });
      expect(got.message).toContain('ECONNREFUSED');
    });
  });
});
