import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { taskIn } from '../helpers/acme.ts';
import { deskOf } from '../helpers/desk.ts';
import { keysFolder } from '../helpers/keys.ts';
import { aios } from '../helpers/program.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-blame-cli-'));
let running: Running;

/** Two tasks of the practice itself: one delivered, one that waits. */
beforeAll(async () => {
  running = await runAios();
  const owner = deskOf(running, 'U0OWNER');
  const notes = { name: 'notes.md', bytes: readFileSync('fixtures/day/untidy/notes.md') };
  const said = await owner.dm('please format the attached file', [notes]);
  await owner.press(await owner.card(said.channel, 'answer', 'For whom'), 'The practice itself');
  await owner.press(await owner.card(said.channel, 'run'), 'run');
  await owner.press(await owner.card(said.channel, 'approve'), 'approve');
  await taskIn(running, 1, 'delivered');
}, 120_000);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the program on the same database and keys, and gives its exit code and what it said. */
async function blame(...args: readonly string[]) {
  const program = aios(['blame', ...args], {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    AIOS_HOME: path.join(folder, 'home'),
    AIOS_KEYS: keysFolder(),
    DATABASE_URL: running.adminUrl,
  });
  const code = await program.ended;
  return { code, said: program.said() };
}

test('it says whose the words are, in a sentence and line by line', async () => {
  const { code, said } = await blame('#1.1');
  expect(said).toContain('Rehearsal: stand-ins may have answered here.');
  expect(said).toMatch(/of the words .*brought in with the request/);
  expect(said).toContain('by an exact program as persona formatter');
  expect(said).toMatch(/\nnotes\.md\n +1 {2}[AB] +\| /);
  expect(said).toContain('format-report.md');
  expect(code).toBe(0);
}, 60_000);

test('one file of it, and a page that nobody else may read', async () => {
  const page = path.join(folder, 'who.html');
  const { code, said } = await blame('1', '--file', 'notes.md', '--html', page);
  expect(said).toContain(`Written to ${page}`);
  expect(code).toBe(0);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('<h2>notes.md</h2>');
  expect(html).not.toContain('<h2>format-report.md</h2>');
  expect(statSync(page).mode & 0o777).toBe(0o600);
}, 60_000);

describe('bad input is refused in words', () => {
  const there = path.join(folder, 'there.html');
  writeFileSync(there, 'kept');
  test.each([
    ['no number', [], 'Expected the number of a task, got nothing. aios blame 142.2'],
    ['no number either', ['post.md'], 'Expected the number of a task, got "post.md"'],
    ['a task that does not exist', ['77.1'], 'There is no task 77.1.'],
    ['a flag it does not know', ['1.1', '--text'], "Unknown option '--text'"],
    [
      'a file it does not have',
      ['1.1', '--file', 'x.md'],
      'Expected one of notes.md, format-report.md with --file, got "x.md"',
    ],
    ['a page over a file', ['1.1', '--html', there], 'is not there yet'],
  ] as const)(
    '%s',
    async (_what, args, sentence) => {
      const { code, said } = await blame(...args);
      expect(said).toContain(sentence);
      expect(said).not.toContain('    at ');
      expect(code).toBe(1);
      expect(readFileSync(there, 'utf8')).toBe('kept');
    },
    60_000,
  );
});
