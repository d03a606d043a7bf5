import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftAtGate, settleAcme } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { aios } from '../helpers/program.ts';

let running: Running;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-money-'));
  cpSync('rules', path.join(folder, 'rules'), { recursive: true });
  running = await runAios();
  await settleAcme(running);
}, 120_000);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...running.env, ...more };
  const program = aios(args, env);
  const code = await program.ended;
  return { code, said: program.said() };
}

describe('money on the command line', () => {
  test('every cost on record is computed a second time, and agrees', async () => {
    await draftAtGate(running, '@aios kind: write.microcopy, put this simply: mind the step');
    expect(await run(['ledger', 'recompute'])).toMatchObject({
      code: 0,
      said: expect.stringMatching(
        /^\d+ calls? computed again to the nano-USD\.\n[^]*Nothing differs\.\n$/,
      ),
    });
  }, 120_000);

  test('the month of the seat is shown as it stands, and not closed while it runs', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const shown = await run(['seat', 'month']);
    expect(shown.code).toBe(0);
    expect(shown.said).toContain(`${month}, GitHub Copilot Pro, one seat: running`);
    expect(shown.said).toMatch(/bench: nobody used it +\$10\.00/);
    expect(shown.said).toContain('Provisional');
    const refused = await run(['seat', 'close', month]);
    expect(refused).toMatchObject({
      code: 1,
      said: expect.stringContaining('still runs (in UTC)'),
    });
  }, 60_000);

  test('a month that is over is closed once, by its invoice', async () => {
    const closed = await run(['seat', 'close', '2026-10', '--invoice', '11.90']);
    expect(closed.code).toBe(0);
    expect(closed.said).toContain('Invoice: $11.90, entered; the terms let expect $10.00');
    expect(closed.said).toContain('2026-10 is closed');
    const again = await run(['seat', 'close', '2026-10']);
    expect(again.said).toContain('2026-10 was closed so before. Nothing was written.');
    expect((await run(['ledger', 'recompute'])).said).toContain('1 closing of the seat added up');
  }, 60_000);

  test.each([
    { args: ['seat'], says: 'Expected `month` or `close`' },
    { args: ['seat', 'close'], says: 'Expected the month to close' },
    { args: ['seat', 'close', 'november'], says: 'Expected a month such as 2026-11' },
    { args: ['seat', 'close', '2026-10', '--invoice', '11.905'], says: 'at most two decimals' },
    { args: ['seat', 'close', '2026-10', '--invoice=-3'], says: 'at most two decimals' },
    { args: ['seat', 'month', '2026-01'], says: 'got none that begin so early' },
    { args: ['prices', 'all'], says: 'Expected `check` or nothing' },
  ])(
    'bad input says what was expected: $args',
    async ({ args, says }) => {
      expect(await run(args)).toEqual({ code: 1, said: expect.stringContaining(says) });
    },
    60_000,
  );

  test('prices are listed, and those that nobody compared for long are named', async () => {
    expect((await run(['prices'])).said).toContain('claude-opus-5-5 from 2026-09-22');
    const file = path.join(folder, 'rules', 'prices.yaml');
    const text = readFileSync(file, 'utf8');
    const old = text.replaceAll('checked_on: 2026-11-23', 'checked_on: 2026-01-01');
    expect(old).not.toBe(text);
    writeFileSync(file, old);
    const checked = await run(['prices', 'check'], { AIOS_RULES_DIR: path.join(folder, 'rules') });
    expect(checked.code).toBe(1);
    expect(checked.said).toMatch(/last compared with its source \d+ days ago \(2026-01-01\)/);
  }, 60_000);
});
