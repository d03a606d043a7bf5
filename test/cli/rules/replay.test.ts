import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { rules as command } from '../../../src/cli/rules.ts';
import { readConfig } from '../../../src/config.ts';
import { connect } from '../../../src/store/connect.ts';
import { ACME, COLLEAGUE, numberAt, taskIn } from '../../helpers/acme.ts';
import { startReplaying } from '../../helpers/replaying.ts';
import type { Replaying } from '../../helpers/replaying.ts';
import { deskOf } from '../../helpers/desk.ts';

jest.setTimeout(120_000);

let its: Replaying;
const numbers: number[] = [];

beforeAll(async () => {
  its = await startReplaying();
  await asked('label the buttons of the lumpkuchen form, kind: write.microcopy');
  await asked('write the button labels for our lumpkuchen form');
  await asked('kind: draft.blog, write a post on lumpkuchen glazes');
}, 120_000);
afterAll(() => its.close());

async function asked(text: string): Promise<void> {
  const said = await deskOf(its.running, COLLEAGUE).say(ACME, `@aios ${text}`);
  const number = await numberAt(its.running, said);
  await taskIn(its.running, number, 'proposed');
  numbers.push(number);
}

function change(file: string, from: string, to: string): void {
  const at = path.join(its.rules, file);
  const text = readFileSync(at, 'utf8');
  expect(text).toContain(from);
  writeFileSync(at, text.replace(from, to));
}

describe('aios rules replay', () => {
  test('says that all come out identical under the rules in force, and so does doctor', async () => {
    const { code, said } = await its.replay('--since', '2026-01-01');
    expect(said).toMatch(/^All 3 decisions come out identical under the rules in force\.\n/);
    expect(said).toContain('No model was asked.');
    expect(code).toBe(0);
    expect(await its.doctor()).toEqual([
      {
        id: 'replay',
        is: 'ok',
        says: 'The newest 3 decisions come out as recorded, to the last reason.',
      },
    ]);
  });

  test('takes days and a client', async () => {
    const none = await its.replay('--since', '2026-01-01', '--until', '2026-01-02');
    expect(none).toEqual({ code: 0, said: 'No decision of a route was recorded in these days.\n' });
    expect((await its.replay('--since', '2026-01-01', '--client', 'acme')).said).toMatch(/^All 3 /);
    const other = await its.replay('--since', '2026-01-01', '--client', 'amce');
    expect(other.said).toMatch(/Did you mean acme\?/);
    expect(other.code).toBe(1);
  });

  test.each([
    [[], /Expected --since and a day, got none/],
    [['--since', 'monday'], /--since must be a day such as 2026-11-30, got "monday"/],
    [['--since', '2026-02-30'], /--since must be a day/],
    [['--since', '2026-01-01', '--lane', 'x'], /lane/],
    [['--since', '2026-01-01', 'twice'], /got others/],
  ])('refuses %j', async (flags, says) => {
    const config = readConfig(its.env);
    await expect(command(config, ['replay', ...flags])).rejects.toThrow(says);
  });

  test('reads words again by other cues, and shows facts without a word', async () => {
    const same = await its.replay('--since', '2026-01-01', '--reread');
    expect(same).toEqual({
      code: 0,
      said: 'Read 3 tasks again: 3 with the same facts, 0 with others. No words are shown.\n',
    });
    change('cues.yaml', 'wp-config |', 'wp-config | lumpkuchen |');
    const { code, said } = await its.replay(
      '--since',
      '2026-01-01',
      '--reread',
      '--rules',
      its.rules,
    );
    expect(code).toBe(0);
    expect(said).toMatch(/^sensitivity: 3 would differ\n  #1\.1 +ordinary -> confidential\n/);
    expect(said).toContain('Read 3 tasks again: 0 with the same facts, 3 with others.');
    expect(said).not.toContain('lumpkuchen');
  });

  test('says what other rules would change, by which rule, and that it is no fault', async () => {
    const words = '      words: { at_most: 6000 }\n';
    change('lanes.yaml', `${words}    do: { lane: local }`, `${words}    do: { lane: senior }`);
    const { code, said } = await its.replay('--since', '2026-01-01', '--rules', its.rules);
    expect(said).toMatch(/^#1\.1 +\S+ \S+  local, \S+ -> senior, .*  by LANE-020/m);
    expect(said).toMatch(
      /3 decisions taken again under the rules tried: 1 identical, 2 otherwise\./,
    );
    expect(said).toContain('All of them were decided under another rule set than this one.');
    expect(code).toBe(0);
    const lines = (await its.replay('--since', '2026-01-01', '--rules', its.rules, '--json')).said
      .trim()
      .split('\n');
    const [first, , last] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(3);
    expect(first).toMatchObject({ task: '#1.1', same_rules: false, before: { lane: 'local' } });
    expect(last).toMatchObject({ total: { decided: 3, identical: 1, faults: 0 } });
  });

  test('finds a record that was altered, and ends with 1', async () => {
    const admin = connect(its.running.adminUrl, 1);
    await admin.unsafe(`alter table entry disable trigger all;
      update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"gate":"editorial"', '"gate":"readability"'), 'UTF8')
      where type = 'task.routed'`);
    await admin.end();
    const { code, said } = await its.replay('--since', '2026-01-01');
    expect(said).toMatch(/FAULT: same rules/);
    expect(said).toMatch(/under the very rules they were decided under\. That must not be/);
    expect(code).toBe(1);
    expect(await its.doctor()).toMatchObject([
      { is: 'missing', next: expect.stringContaining('aios rules replay') },
    ]);
  });
});
