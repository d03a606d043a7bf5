import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LaneClient } from '../../../src/flow/ports/lanes.ts';
import { makeLocalLane } from '../../../src/lanes/local.ts';
import { makeSeniorLane } from '../../../src/lanes/senior.ts';
import { openRehearsal } from '../../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../../src/rehearsal/open.ts';
import { WIRE_FAULTS } from '../../../src/rehearsal/script.ts';
import type { WireFault } from '../../../src/rehearsal/script.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { outlineFile } from '../../helpers/files.ts';
import { QUICK, rulesWith } from '../../helpers/quick-rules.ts';

/** Each fault of the stand-ins, through the vendor's own client and the whole program. */

let running: Running;
let stage: Rehearsal;
const quick = rulesWith(QUICK);
const DEADLINE_MS = 1_500;

/** The lane with a deadline that a test can wait for. */
const hurried = (lane: LaneClient): LaneClient => ({
  ...lane,
  run: (request) => lane.run({ ...request, deadlineMs: DEADLINE_MS }),
});

beforeAll(async () => {
  stage = await openRehearsal();
  const local = { host: stage.ollamaUrl, model: 'rehearsal-local', rehearsal: true };
  const senior = { apiKey: 'rehearsal', model: 'rehearsal-senior', baseUrl: stage.anthropicUrl };
  running = await runAios({
    env: { AIOS_RULES_DIR: quick.folder },
    lanes: {
      local: hurried(makeLocalLane(local)),
      senior: hurried(makeSeniorLane({ ...senior, rehearsal: true })),
    },
  });
  await settleAcme(running);
}, 60_000);
afterAll(async () => {
  await running.close();
  await stage.close();
  quick.remove();
});

const LANES = ['local', 'senior'] as const;
type Tried = (typeof LANES)[number];

/** A blog post on that lane, run by Ada, the first call of which ends in that fault. */
async function workOn(lane: Tried, fault: WireFault) {
  const before = stage.calls.length;
  const named = lane === 'local' ? 'lane: local, kind: draft.blog, ' : '';
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    `@aios ${named}draft a blog post from the outline`,
    [await outlineFile()],
  );
  const number = await numberAt(running, said);
  stage.script({ lane, fault });
  const ada = deskOf(running, APPROVER);
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  return { number, calls: () => stage.calls.slice(before) };
}

type Expected = {
  /** Purpose and outcome of each attempt. */
  readonly attempts: readonly (readonly [purpose: string, outcome: string])[];
  /** The rules of the steps in between. */
  readonly by: readonly string[];
  readonly ends?: 'waiting' | 'asking';
};

const passing = (code: string): Expected => ({
  attempts: [
    ['work', code],
    ['work', 'ok'],
  ],
  by: ['RETRY'],
});
const held = (code: string): Expected => ({ ...passing(code), by: ['HOLD-LANE-DOWN', 'RESUME'] });
const asked = (code: string): Expected => ({
  attempts: [['work', code]],
  by: ['ASK-STUCK'],
  ends: 'asking',
});
const repaired = (code: string): Expected => ({
  attempts: [
    ['work', code],
    ['repair', 'ok'],
  ],
  by: [],
});

const EXPECTED: Readonly<Record<WireFault, Expected | Readonly<Record<Tried, Expected>>>> = {
  refused: passing('unavailable'),
  '400': asked('bad_input'),
  '401': held('auth'),
  '402': held('quota'),
  '404': held('model_missing'),
  '429': passing('rate_limit'),
  '500': passing('unavailable'),
  '503': passing('overloaded'),
  '529': passing('overloaded'),
  html: passing('unavailable'),
  cut: passing('unavailable'),
  stall: passing('timeout'),
  silence: passing('timeout'),
  mid_error: { local: passing('unavailable'), senior: passing('overloaded') },
  truncated: repaired('truncated'),
  off_schema: repaired('invalid_output'),
  // Ollama has no word for a refusal: it is an answer of the wrong shape.
  refusal: { local: repaired('invalid_output'), senior: asked('refused') },
};

const STEPS = ['task.retried', 'task.held', 'task.resumed', 'task.failed', 'person.asked'];

describe.each(LANES)('a fault on the wire of the lane %s', (lane) => {
  test.each(WIRE_FAULTS)(
    '%s',
    async (fault) => {
      const row = EXPECTED[fault];
      const expected = 'attempts' in row ? row : row[lane];
      const { number, calls } = await workOn(lane, fault);
      const file = await taskIn(running, number, expected.ends ?? 'waiting');
      expect(file.attempts.map((a) => [a.purpose, a.outcome])).toEqual(expected.attempts);
      expect(calls()).toHaveLength(expected.attempts.length);
      // An entry before each call and one after it.
      const trail = await running.aios.world.store.trail({ task: file.task.id });
      const ids = (type: string) => trail.filter((e) => e.type === type).map((e) => e.attempt);
      expect(ids('attempt.started')).toEqual(file.attempts.map(({ id }) => id));
      expect(ids('attempt.ended')).toEqual(file.attempts.map(({ id }) => id));
      const steps = trail.filter(({ type }) => STEPS.includes(type));
      expect(steps.map(({ rule }) => /#([\w-]+)@/.exec(rule ?? '')?.[1])).toEqual(expected.by);
      expect(file.task.lane).toBe(lane);
    },
    60_000,
  );
});

test('a server that names a time is not asked before it', async () => {
  const { number } = await workOn('senior', '429');
  const { attempts } = await taskIn(running, number, 'waiting');
  const [first, second] = attempts;
  expect(first?.notBefore).toBe((first?.endedAt ?? 0) + 2_000);
  expect((second?.startedAt ?? 0) - (first?.endedAt ?? 0)).toBeGreaterThanOrEqual(2_000);
}, 60_000);

test('an answer that was cut off is asked for with twice the room, one of the wrong shape with what was wrong', async () => {
  const room = (call: { body: Readonly<Record<string, unknown>> } | undefined) =>
    call?.body['max_tokens'];
  const cut = await workOn('senior', 'truncated');
  await taskIn(running, cut.number, 'waiting');
  expect(cut.calls().map(room)).toEqual([16_000, 32_000]);
  expect(cut.calls()[1]?.material).toContain('was cut off before its end');
  const wrong = await workOn('senior', 'off_schema');
  await taskIn(running, wrong.number, 'waiting');
  expect(wrong.calls().map(room)).toEqual([16_000, 16_000]);
  expect(wrong.calls()[1]?.material).toContain('Your last answer could not be used:');
}, 60_000);
