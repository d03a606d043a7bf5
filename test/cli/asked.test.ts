import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settleAcme } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { answerKind, ask } from '../helpers/answered.ts';
import { countEntries } from '../helpers/count-entries.ts';
import { aios } from '../helpers/program.ts';

let running: Running;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-asked-'));
  cpSync('rules', path.join(folder, 'rules'), { recursive: true });
  running = await runAios();
  await settleAcme(running);
  await answerKind(running, await ask(running, 'please do the usual for the spring one'));
  // From here on the rules on disk are not those in force.
  const file = path.join(folder, 'rules', 'life.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('title: The tries are spent', 'title: Spent'));
  expect(readFileSync(file, 'utf8')).not.toBe(text);
}, 120_000);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ...running.env,
    AIOS_RULES_DIR: path.join(folder, 'rules'),
    ...more,
  };
  const program = aios(args, env);
  const code = await program.ended;
  return { code, said: program.said() };
}
const entries = (): Promise<number> => countEntries(running.aios.base.sql);
const inForce = async () => (await running.aios.world.store.practice())?.policySha256;

describe('while the rules on disk are not those in force', () => {
  test.each([
    { args: ['help'], says: 'aios route' },
    { args: ['status'], says: 'Open tasks: 1' },
    { args: ['why', '#1'], says: 'What was decided, in order:' },
    { args: ['cost'], says: 'so far' },
    { args: ['client', 'show', 'acme'], says: 'acme: Acme Ltd' },
    { args: ['examples'], says: 'for acme' },
    { args: ['examples', 'list', '--client', 'acme', '--json'], says: '"client": "acme"' },
    { args: ['log', '--type', 'rules.accepted'], says: 'rules.accepted' },
    { args: ['rules'], says: 'On disk: another set' },
    { args: ['rules', 'diff'], says: '1 rule changed' },
    { args: ['rules', 'check'], says: '0 errors' },
    { args: ['rules', 'replay', '--since', '2026-01-01'], says: 'decisions' },
    { args: ['personas'], says: 'proofreader' },
    { args: ['ledger', 'verify'], says: 'entries' },
    { args: ['ledger', 'checkpoint'], says: 'acme' },
    { args: ['statement', '--list-clients'], says: 'acme' },
    { args: ['disclosure', '--client', 'acme'], says: '# How AI is used in work for Acme Ltd' },
    { args: ['disclosure', '--client', 'acme', '--json'], says: '"cloud": "allowed"' },
    { args: ['route', 'format these', '--files', 'a.md', '--client', 'acme'], says: 'For acme:' },
    {
      args: ['erase', '--request', '1', '--ground', 'mistake'],
      says: 'Nothing was erased.',
      code: 1,
    },
  ])(
    'the record can be read: aios $args',
    async ({ args, says, code = 0 }) => {
      const before = await entries();
      const ended = await run(args);
      expect(ended).toEqual({ code, said: expect.stringContaining(says) });
      expect(await entries()).toBe(before);
    },
    60_000,
  );

  test.each([
    { args: ['client', 'new', 'beta', 'Beta Ltd'] },
    { args: ['examples', 'remove', '00000000'] },
    { args: ['erase', '--request', '1', '--ground', 'mistake', '--yes'] },
    { args: ['keys', 'rotate', '--practice'] },
    { args: ['start'] },
  ])(
    'nothing is done: aios $args',
    async ({ args }) => {
      const before = await entries();
      expect(await run(args)).toEqual({
        code: 1,
        said: expect.stringContaining('aios: The rules on disk are not the rules in force'),
      });
      expect(await entries()).toBe(before);
    },
    60_000,
  );

  test('to read takes no rules into force, also where they may be taken unasked', async () => {
    const [before, hash] = [await entries(), await inForce()];
    expect((await run(['status'], { AIOS_RULES: 'auto' })).code).toBe(0);
    expect([await entries(), await inForce()]).toEqual([before, hash]);
  }, 60_000);
});
