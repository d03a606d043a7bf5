import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ExactRoom } from '../../src/exact/open.ts';
import type { Gate } from '../../src/core/verdict.ts';
import { NEVER, shippedExact, textFile } from '../helpers/exact.ts';

/** Inputs on which tools of this kind were seen to hang, trap or overflow. */
let exact: ExactRoom;
beforeAll(async () => {
  exact = await shippedExact();
});
afterAll(() => exact.close());

const checks: readonly (readonly [string, Gate, string, string])[] = [
  ['a word of 190 KB', 'editorial', 'a.md', 'a'.repeat(190_000)],
  ['100 KB of spaces', 'editorial', 'a.md', `a${' '.repeat(100_000)}b`],
  ['50,000 brackets', 'editorial', 'a.md', '['.repeat(50_000)],
  ['100 KB of spaces in a tag', 'accessibility', 'a.html', `<p${' '.repeat(100_000)}`],
  ['unclosed quotes', 'accessibility', 'a.html', '<a href="'.repeat(5_000)],
  ['300 levels of markup', 'accessibility', 'a.html', '<div>'.repeat(300)],
  [
    '2,000 brackets of PHP',
    'readability',
    'a.php',
    `<?php $a = ${'('.repeat(2_000)}1${')'.repeat(2_000)};`,
  ],
  [
    '190 KB of JavaScript on one line',
    'readability',
    'a.js',
    'function f(a){return a==1?2:3}'.repeat(6_000),
  ],
];

describe('hostile input is answered, or its child is ended', () => {
  test.each(checks)(
    '%s',
    async (_, gate, name, text) => {
      const report = await exact
        .check(gate, [textFile(name, text)], NEVER)
        .catch((thrown: unknown) => thrown);
      if (report instanceof Error) expect(report).toMatchObject({ code: 'gate_broken' });
      else expect(report).toHaveProperty('engines');
    },
    70_000,
  );

  test('2,000 brackets of TypeScript cannot be formatted, and it says so', async () => {
    const text = `${'('.repeat(2_000)}1${')'.repeat(2_000)}`;
    expect(await exact.run('format', [textFile('a.ts', text)], NEVER)).toEqual({
      is: 'not_possible',
      why: expect.stringContaining('nested too deeply'),
    });
  });

  test('an engine that takes too long is killed, the fault names it, and the next job works', async () => {
    // Far below what alfa takes here, far above what prettier takes of its first breath on a busy machine.
    const impatient = await shippedExact({ limits: { engineMs: 3_000 } });
    try {
      const heavy = `<!doctype html><html lang="en"><title>x</title>${'<div><p>a <img src="x"></p></div>'.repeat(3_000)}`;
      await expect(
        impatient.check('accessibility', [textFile('a.html', heavy)], NEVER),
      ).rejects.toMatchObject({
        code: 'gate_broken',
        message: expect.stringContaining('alfa ran longer than 3 s'),
      });
      expect(await impatient.run('format', [textFile('a.json', '{}')], NEVER)).toMatchObject({
        is: 'done',
      });
    } finally {
      await impatient.close();
    }
  });
});
