import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoParts, playDay } from '../../src/cli/demo/day.ts';
import { differences, EXPECTATIONS } from '../../src/cli/demo/expect.ts';
import { isPublished, ledgerLines } from '../../src/cli/demo/ledger.ts';
import { readDay } from '../../src/cli/demo/record.ts';
import type { DayRecord } from '../../src/cli/demo/record.ts';
import { makeStage } from '../../src/cli/demo/stage.ts';
import { makeTranscript } from '../../src/cli/demo/transcript.ts';
import { idOf } from '../../src/cli/demo/words.ts';
import { runAios } from '../helpers/aios.ts';

type Played = { readonly day: DayRecord; readonly printed: string };

const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-day-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function played(rules: string): Promise<Played> {
  const { lanes } = demoParts(folder);
  const running = await runAios({ env: { AIOS_RULES_DIR: rules }, ...(lanes && { lanes }) });
  const lines: string[] = [];
  const transcript = makeTranscript(
    (line) => void lines.push(line),
    (_style, text) => text,
  );
  const stage = makeStage(running.aios, transcript);
  try {
    await playDay(stage);
    return { day: await readDay(stage), printed: lines.join('\n') };
  } finally {
    stage.leave();
    await running.close();
  }
}

/** The shipped rules, but that the plugin is hardened on our own machine: one word of LANE-070. */
function flippedRules(): string {
  const rules = path.join(folder, 'rules');
  cpSync('rules', rules, { recursive: true });
  const file = path.join(rules, 'lanes.yaml');
  const text = readFileSync(file, 'utf8');
  const flipped = text.replace(/(id: LANE-070\n[\s\S]*?do: \{ lane: )senior/, '$1local');
  expect(flipped).not.toBe(text);
  writeFileSync(file, flipped);
  return rules;
}

/** A check that a busy machine was too slow for is held and run again; that is the machine, not a rule. */
function isPause({ type, data }: DayRecord['entries'][number]): boolean {
  return type === 'task.resumed' || (type === 'task.held' && data['waits_for'] === 'gate');
}

/** What became of each task: everything a rule could change. */
function outcomes({ tasks, entries, numbers }: DayRecord) {
  return Object.fromEntries(
    [...tasks].map(([number, { task, drafts, reviews, decisions, attempts }]) => [
      number,
      {
        kind: task.kind,
        persona: task.persona,
        rule: idOf(task.rule),
        lane: task.lane,
        state: task.state,
        drafts: drafts.map((draft) => draft.files.map((file) => file.name)),
        verdicts: reviews.map((review) => review.outcome),
        decisions: decisions.map((decision) => decision.verb),
        calls: [...new Set(attempts.map(({ persona, lane }) => `${persona} on ${lane}`))],
        entries: entries
          .filter((entry) => numbers.get(entry.task ?? '') === number && !isPause(entry))
          // A small model writes a large piece file by file: how many calls that takes is the lane's affair.
          .filter(({ type }) => !type.startsWith('attempt.'))
          .map((entry) => entry.type),
      },
    ]),
  );
}

describe('a day, and the same day with one rule flipped', () => {
  let shipped: Played;
  let flipped: Played;
  beforeAll(async () => {
    shipped = await played(path.resolve('rules'));
    flipped = await played(flippedRules());
  }, 400_000);

  test('by the shipped rules every expectation of the day holds', () => {
    expect(differences(shipped.day)).toEqual([]);
  });

  test('the transcript says who did what and what AIOS posted where', () => {
    const { printed } = shipped;
    expect(printed).toMatch(/Gil +#acme +"@aios please audit the content/);
    expect(printed).toMatch(/Ada +#acme-review +presses \[Run 1, 2 and 3\]/);
    expect(printed).toMatch(/AIOS +#acme +#1\.2 Harden a plugin: delivered @Gil/);
    expect(printed).toMatch(/AIOS +only Caleb +Only an approver of this client can decide this/);
    expect(printed).toMatch(/#3\.1 Review code \(seat\): held: .*\sNext\s+step: /);
    expect(printed).toMatch(/Ada +in a dialog +Approve #1\.2: "I read every change and know/);
    expect(printed.replace(/\s+/g, ' ')).toMatch(
      /Read \S+ · 2 of 3 points\s+confirmed\s+\(not\s+confirmed:\s+It\s+was\s+tried/,
    );
    expect(printed).toContain('#4.1 Format files, draft 1: ready for your decision');
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(118);
  });

  test('what a specialist declined and a program then made is not called AI-written', () => {
    const card = shipped.printed.slice(
      shipped.printed.indexOf('#4.1 Format files, draft 1: ready'),
    );
    expect(card.slice(0, card.indexOf('approving'))).toContain('made by an exact program, no AI');
  });

  test('the ledger reads back one line per entry', () => {
    const lines = ledgerLines(shipped.day);
    const published = shipped.day.entries.filter(isPublished);
    expect(published.length).toBeGreaterThan(90);
    expect(lines).toHaveLength(shipped.day.entries.length - published.length + 1);
    expect(lines.find((line) => /#1\.2 +gate\.reviewed/.test(line))).toMatch(/GATE-BACK$/);
  });

  test('the flipped rule shows as the one expectation that does not hold', () => {
    expect(differences(flipped.day)).toEqual([
      {
        name: 'Each task is worked where a written rule, or a person, sent it',
        want: expect.stringContaining('#1.2 senior by LANE-070'),
        got: expect.stringContaining('#1.2 local by LANE-070'),
      },
    ]);
    expect(EXPECTATIONS.length).toBeGreaterThan(15);
  });

  test('everything else of the day is as it was', () => {
    const before = outcomes(shipped.day);
    const after = outcomes(flipped.day);
    const plugin = before['#1.2'];
    // On our own machine nobody has to say whether it may leave, so that is not asked for this piece.
    const unasked = plugin?.entries.filter((type) => !type.startsWith('person.'));
    expect(after).toEqual({
      ...before,
      '#1.2': {
        ...plugin,
        lane: 'local',
        calls: ['plugin-hardener on local'],
        entries: unasked,
      },
    });
  });

  test('entries name the rule by the text it had that day', () => {
    const ruleOf = ({ day }: Played) => day.tasks.get('#1.2')?.task.rule.split('@');
    const [was, is] = [ruleOf(shipped), ruleOf(flipped)];
    expect(was?.[0]).toBe('lanes.yaml#LANE-070');
    expect(is?.[0]).toBe(was?.[0]);
    expect(is?.[1]).not.toBe(was?.[1]);
  });
});
