import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeSeniorLane } from '../../src/lanes/senior.ts';
import type { LaneClient } from '../../src/flow/ports/lanes.ts';
import { openRehearsal, type Rehearsal } from '../../src/rehearsal/open.ts';
import type { WireFault } from '../../src/rehearsal/script.ts';
import { ask, faultOf, read, withLane } from './ask.ts';

let stage: Rehearsal;
let lane: LaneClient;

const at = (baseUrl: string) =>
  makeSeniorLane({ apiKey: 'sk-rehearsal', baseUrl, model: 'claude-opus-5-5', rehearsal: true });

beforeAll(async () => {
  stage = await openRehearsal();
  lane = at(stage.anthropicUrl);
});

afterAll(async () => {
  await lane.close();
  await stage.close();
});

describe('an answer', () => {
  test('comes whole, with request id, usage and the model that served', async () => {
    const result = await lane.run(ask());
    expect(result).toMatchObject({
      provider: 'anthropic',
      modelRequested: 'claude-opus-5-5',
      modelServed: 'rehearsal-senior',
      requestId: 'req_rehearsal',
      stop: 'end',
      rehearsal: true,
      usage: {
        cacheRead: 0,
        cacheWrite: 0,
        computeMs: 0,
        output: Math.ceil(result.text.length / 4),
      },
    });
    expect(read(result)).toMatchObject({ fit: 'mine' });
  });

  test('is asked for with the plain schema and a cached brief, and with nothing that current models refuse', async () => {
    await lane.run(ask());
    const { body, headers } = stage.calls.at(-1) ?? {};
    expect(body).toMatchObject({
      stream: true,
      max_tokens: 2000,
      system: [{ type: 'text', cache_control: { type: 'ephemeral' } }],
      output_config: { format: { type: 'json_schema', schema: { additionalProperties: false } } },
    });
    for (const key of ['thinking', 'temperature', 'top_p', 'tool_choice', 'tools'])
      expect(body).not.toHaveProperty(key);
    expect(JSON.stringify(headers)).toContain('sk-rehearsal');
  });

  test('sends no bounds in the schema, which the service would refuse', async () => {
    const bounded = {
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: 'string', maxLength: 3 } },
    };
    await lane.run(ask({ schema: bounded }));
    const sent = JSON.stringify(stage.calls.at(-1)?.body['output_config']);
    expect(sent).toContain('"a"');
    expect(sent).not.toContain('"maxLength":');
  });

  test('counts what was written to the cache apart from the input', async () => {
    const brief = `persona: proofreader\n${'Be exact. '.repeat(400)}`;
    const { usage } = await lane.run(ask({ system: brief }));
    expect(usage.cacheWrite).toBe(Math.ceil(brief.length / 4));
    expect(usage.input).toBe(Math.ceil(ask().material.length / 4));
  });

  test('cut at the limit is a result with its usage, a refusal is one too', async () => {
    stage.script({ lane: 'senior', fault: 'truncated' }, { lane: 'senior', fault: 'refusal' });
    const short = await lane.run(ask());
    expect(short.stop).toBe('length');
    expect(short.usage.output).toBeGreaterThan(0);
    expect(await lane.run(ask())).toMatchObject({ stop: 'refusal', text: '' });
  });

  test('that ignores the schema comes back as it is', async () => {
    stage.script({ lane: 'senior', fault: 'off_schema' });
    expect(read(await lane.run(ask()))).toEqual({ note: 'not the shape that was asked for' });
  });
});

describe('a fault', () => {
  const table: readonly [WireFault, string, boolean][] = [
    ['refused', 'unavailable', true],
    ['400', 'bad_input', false],
    ['401', 'auth', false],
    ['402', 'quota', false],
    ['404', 'model_missing', false],
    ['429', 'rate_limit', true],
    ['500', 'unavailable', true],
    ['503', 'overloaded', true],
    ['529', 'overloaded', true],
    ['html', 'unavailable', true],
    ['cut', 'unavailable', true],
    ['mid_error', 'overloaded', true],
  ];
  test.each(table)(
    '%s on the wire is %s, after one call and no retry of its own',
    async (fault, code, retry) => {
      const before = stage.calls.length;
      stage.script({ lane: 'senior', fault });
      const got = await faultOf(lane.run(ask()));
      expect({ code: got.code, retry: got.retry }).toEqual({ code, retry });
      expect(got.message).toMatch(/^Expected .+, got .+\. .+$/);
      expect(stage.calls).toHaveLength(before + 1);
    },
  );

  test('passes on when to come back', async () => {
    stage.script({ lane: 'senior', fault: '429' });
    expect(await faultOf(lane.run(ask()))).toMatchObject({ retryAfterMs: 2000 });
  });

  test('a stalled stream ends at the deadline and the server sees the hang-up', async () => {
    stage.script({ lane: 'senior', fault: 'stall' });
    expect(await faultOf(lane.run(ask({ deadlineMs: 150 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('a server that sends headers and then nothing is left at the deadline', async () => {
    stage.script({ lane: 'senior', fault: 'silence' });
    expect(await faultOf(lane.run(ask({ deadlineMs: 150 })))).toMatchObject({
      code: 'timeout',
      retry: true,
    });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('a cancelled job ends the call and the server sees the hang-up', async () => {
    const job = new AbortController();
    stage.script({ lane: 'senior', fault: 'stall' });
    const before = stage.calls.length;
    const call = faultOf(lane.run(ask({ signal: job.signal })));
    while (stage.calls.length === before) await new Promise(setImmediate);
    job.abort();
    expect(await call).toMatchObject({ code: 'cancelled', retry: false });
    await expect(stage.calls.at(-1)?.closedEarly).resolves.toBe(true);
  });

  test('a closed port is unavailable', async () => {
    const closed = await openRehearsal();
    await closed.close();
    await withLane(at(closed.anthropicUrl), async (l) => {
      expect(await faultOf(l.run(ask()))).toMatchObject({ code: 'unavailable', retry: true });
      expect(await l.health()).toMatchObject({ is: 'down' });
    });
  });
});

test('health asks for the model without spending a token', async () => {
  const before = stage.calls.length;
  expect(await lane.health()).toEqual({ is: 'ready', model: 'claude-opus-5-5', rehearsal: true });
  expect(stage.calls).toHaveLength(before);
});
