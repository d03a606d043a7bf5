import { describe, expect, test } from '@jest/globals';
import { Fault } from '../../../src/core/fault.ts';
import { technicalName } from '../../../src/core/technical-name.ts';
import type { AttemptId } from '../../../src/core/id.ts';
import type { Exact } from '../../../src/flow/ports/exact.ts';
import { NO_USAGE, type LaneRequest } from '../../../src/flow/ports/lanes.ts';
import { makeToolLane } from '../../../src/lanes/tool/client.ts';
import { NEVER, shippedExact, textFile, textOf } from '../../helpers/exact.ts';

const request = (more: Partial<LaneRequest>): LaneRequest => ({
  attempt: 'a1' as AttemptId,
  purpose: 'work',
  system: '',
  material: '',
  files: [],
  schema: {},
  maxOutputTokens: 0,
  deadlineMs: 60_000,
  signal: NEVER,
  ...more,
});

/** An exact room that does what it is told. */
const exactThat = (run: Exact['run']): Exact => ({
  run,
  check: async () => ({ findings: [], engines: [], notChecked: [] }),
  read: async () => ({ is: 'text', text: '', notes: [] }),
  secrets: async (texts) => texts.map(() => []),
  close: async () => undefined,
});
const waits: Exact['run'] = (_program, _files, signal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Fault('cancelled', 'cancelled')), {
      once: true,
    });
  });

describe('the tool lane', () => {
  test('runs the program of the task in the child that ships, at no usage', async () => {
    const exact = await shippedExact();
    const lane = makeToolLane(exact);
    try {
      expect(await lane.health()).toMatchObject({ is: 'ready', rehearsal: false });
      const result = await lane.run(
        request({ program: 'format', files: [textFile('a.json', '{"a":1}')] }),
      );
      expect(result).toMatchObject({
        provider: 'aios',
        modelRequested: 'format',
        modelServed: 'format/prettier@3.10.1',
        requestId: null,
        stop: 'end',
        usage: NO_USAGE,
        rehearsal: false,
      });
      expect(textOf(result.files, 'a.json')).toBe('{ "a": 1 }\n');
      expect(result.text).toContain('Formatted 1 file of 1');
    } finally {
      await lane.close();
      await exact.close();
    }
  });

  test.each([
    [[], 'format'],
    [
      [
        { name: 'alfa', version: '0.1.0' },
        { name: 'own', version: '1.0.0+ab12' },
      ],
      'format/alfa@0.1.0+own@1.0.0+ab12',
    ],
  ])('what served is one technical name: %j', async (engines, name) => {
    const done = { is: 'done', files: [], says: 'ok', notChecked: [], engines } as const;
    const { modelServed } = await makeToolLane(exactThat(async () => done)).run(
      request({ program: 'format' }),
    );
    expect(modelServed).toBe(name);
    expect(technicalName(modelServed)).toBe(name);
  });

  test('a task without a program is refused', async () => {
    const lane = makeToolLane(exactThat(waits));
    await expect(lane.run(request({}))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('name its exact program'),
    });
  });

  test('files a program cannot work on are bad input, in its own words', async () => {
    const lane = makeToolLane(
      exactThat(async () => ({ is: 'not_possible', why: 'Cannot format a.ts: line 3' })),
    );
    await expect(lane.run(request({ program: 'format' }))).rejects.toMatchObject({
      code: 'bad_input',
      message: 'Cannot format a.ts: line 3',
    });
  });

  test('past its deadline it is a timeout, worth another try; cancelled it is cancelled', async () => {
    const lane = makeToolLane(exactThat(waits));
    await expect(lane.run(request({ program: 'format', deadlineMs: 5 }))).rejects.toMatchObject({
      code: 'timeout',
      retry: true,
    });
    const cancel = new AbortController();
    const running = lane.run(request({ program: 'format', signal: cancel.signal }));
    cancel.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
});
