import { expect, test } from '@jest/globals';
import { tracked } from '../helpers/tracked.ts';

/** Where lanes are called: what a task is worked on with, and the vote on an unclear request. */
const CALLERS = ['src/flow/answer/propose.ts', 'src/flow/attempt/take-turn.ts'];

test('lanes are called from two places: one by the way out, one on our own machine alone', () => {
  const flow = tracked('src').filter(({ name }) => /^src\/(?:flow|cli|main)/.test(name));
  const calls = flow.filter(({ text }) => /\blanes(?:\.\w+|\[[^\]]+\])\s*\.run\(/.test(text));
  expect(calls.map(({ name }) => name).sort()).toEqual(CALLERS);
  const [vote = '', work = ''] = calls.map(({ text }) => text);
  expect(vote.match(/lanes\b[^;]{0,20}\.run\(/g)).toEqual(['lanes.local.run(']);
  // What is sent is what took the way out: system, material, and no file beside them.
  expect(work).toContain("files: begun.wayOut.leaving === 'stays' ? begun.files : []");
});

test('material comes to an attempt by the way out alone', () => {
  const begin = tracked('src').find(({ name }) => name === 'src/flow/attempt/begin.ts')?.text ?? '';
  expect(begin).toContain('const wayOut = await openWayOut(');
  expect(begin).toContain('await wayOut.pass(brief, blocks)');
  const more = tracked('src').filter(({ text }) => /\bnext(?:Attempt|IfRoom)\(world/.test(text));
  for (const { text } of more)
    expect(text).toMatch(/\bwithMore\(world|export async function nextAttempt/);
});
