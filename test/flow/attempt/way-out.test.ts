import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AttemptRow } from '../../../src/flow/ports/rows-work.ts';
import { filesOf } from '../../../src/flow/attempt/material.ts';
import { textOf } from '../../../src/flow/plan/piece.ts';
import type { ScriptLine } from '../../../src/rehearsal/script.ts';
import type { SeenCall } from '../../../src/rehearsal/serve.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  give,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { textFile } from '../../helpers/files.ts';
import { until } from '../../helpers/until.ts';
import { verified } from '../../helpers/verified.ts';
import { answerOf, says } from '../../helpers/worked.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
  await give(running, 'client set acme cloud redacted');
  await give(running, 'client set acme term add "Acme Ltd"');
  await give(running, 'client set acme term add Zugspitze');
}, 60_000);
afterAll(async () => running.close());

/** Values that may not leave, as they stand in the file. */
const VALUES = [
  'eva.muster@example.org',
  'hello@acme.example',
  '+49 30 1234567',
  'DE89 3704 0044 0532 0130 00',
  '4111 1111 1111 1111',
  '192.168.1.17',
  'Acme Ltd',
  'ACME LTD',
  'Zugspitze',
];
const NOTE = `# The news of ACME LTD

Write to eva.muster@example.org or hello@acme.example, or call +49 30 1234567 about Zugspitze.
Acme Ltd pays from DE89 3704 0044 0532 0130 00 and with 4111 1111 1111 1111. The server is 192.168.1.17.
Eva Muster asked for {{EMAIL_1}} and {{ first_name }} to stay as they are. Write to eva.muster@example.org again.
`;
/** The marks that decide what is confidential do not know such an address: work with it goes out. */
const SECRET = 'deploy:tr0ub4dor-and-3';

/** Work of acme that goes to the senior lane, up to the start, with every call it took. */
async function sent(
  file: ReturnType<typeof textFile>,
  script: readonly Omit<ScriptLine, 'lane'>[] = [],
) {
  const { rehearsal } = running.aios.base;
  if (rehearsal === null) throw new Error('a rehearsal is expected');
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    '@aios kind: edit.draft, edit the attached draft',
    [file],
  );
  const number = await numberAt(running, said);
  const ada = deskOf(running, APPROVER);
  const { task } = await taskIn(running, number, 'asking', 'proposed');
  if (task.state === 'asking')
    await ada.press(await ada.card(REVIEW, 'answer', `#${number}.1`), 'answer:ordinary');
  await taskIn(running, number, 'proposed');
  const before = rehearsal.calls.length;
  rehearsal.script(...script.map((line) => ({ ...line, lane: 'senior' as const })));
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  const calls = (): readonly SeenCall[] => rehearsal.calls.slice(before);
  return { number, calls, ada };
}

async function promptOf({ promptBody }: AttemptRow): Promise<string> {
  if (promptBody === null) throw new Error('a prompt is expected');
  return textOf(await running.aios.world.bodies.get(promptBody)) ?? '';
}

async function draftOf(number: number): Promise<Record<string, string | undefined>> {
  const { drafts } = await taskIn(running, number, 'waiting');
  const files = await filesOf(running.aios.world, drafts.at(-1)?.files ?? []);
  return Object.fromEntries(files.map((f) => [f.name, textOf(f.bytes)]));
}

/** Every byte of a call, headers too. */
const bytesOf = ({ body, headers }: SeenCall): string => JSON.stringify([body, headers]);

const started = async (number: number) => {
  const { task } = await taskIn(running, number, 'waiting', 'asking');
  const trail = await running.aios.world.store.trail({ task: task.id });
  return trail.filter((entry) => entry.type === 'attempt.started');
};

describe('work of a client that leaves only redacted', () => {
  test('goes out without a value, comes back with every one of them, and its bytes are kept', async () => {
    const { number, calls, ada } = await sent(textFile('Zugspitze news.md', NOTE));
    const file = await taskIn(running, number, 'waiting');
    expect(file.task.lane).toBe('senior');
    expect(calls()).toHaveLength(1);
    const [call] = calls();
    if (call === undefined) throw new Error('a call is expected');
    for (const value of VALUES)
      expect(bytesOf(call).toLowerCase()).not.toContain(value.toLowerCase());
    expect(call.material).toContain('{{EMAIL_1}} or {{EMAIL_2}}');
    expect(call.material).toContain('<<<file _FILE_1_.md ');
    expect(call.material).toContain('{{ first_name }}');
    expect(call.system).toContain('stand placeholders');
    // Somebody nobody listed is not found, and it is said.
    expect(call.material).toContain('Eva Muster');

    const [attempt] = file.attempts;
    if (attempt === undefined) throw new Error('an attempt is expected');
    expect(await promptOf(attempt)).toBe(`${call.system}\n\n${call.material}`);

    const [text = ''] = Object.values(await draftOf(number));
    for (const value of VALUES) expect(text).toContain(value);
    expect(text).toContain('asked for {{EMAIL_1}} and {{ first_name }} to stay');
    expect(text).not.toMatch(/_\d+\}\}(?<!\{\{EMAIL_1\}\})|_FILE_/);

    const [entry] = await started(number);
    expect(entry?.data).toMatchObject({
      leaving: expect.stringMatching(/^leaving\.yaml#LEAVE-REDACTED@/),
      replaced: { email: 2, phone: 1, iban: 1, card: 1, ip: 1, term: 3, file: 1, literal: 1 },
    });
    for (const value of [...VALUES, 'Muster', 'first_name'])
      expect(JSON.stringify(entry)).not.toContain(value);
    await ada.words(REVIEW, 'Replaced before it left: 2 mail addresses, 1 phone number, 1 IBAN');
    await ada.words(REVIEW, 'Names nobody listed are not found.');
  }, 60_000);

  test('keeps its placeholders over a repair, whose words pass the same way out', async () => {
    const wrong = JSON.stringify({ note: 'Ask eva.muster@example.org' });
    const { number, calls } = await sent(textFile('note.md', NOTE), [says(wrong)]);
    const file = await taskIn(running, number, 'waiting');
    expect(file.attempts.map((a) => a.purpose)).toEqual(['work', 'repair']);
    const [first, second] = calls();
    expect(calls()).toHaveLength(2);
    expect(second?.material.startsWith(first?.material ?? '-')).toBe(true);
    for (const call of calls())
      for (const value of VALUES)
        expect(bytesOf(call).toLowerCase()).not.toContain(value.toLowerCase());
    const prompts = await Promise.all(file.attempts.map(promptOf));
    expect(prompts).toEqual(calls().map((call) => `${call.system}\n\n${call.material}`));
    expect((await draftOf(number))['note.md']).toContain('Write to eva.muster@example.org or');
  }, 60_000);

  test('keeps them in the next round too, where the draft goes out again and a person wrote more', async () => {
    const { number, calls, ada } = await sent(textFile('note.md', NOTE));
    await taskIn(running, number, 'waiting');
    const card = await ada.card(REVIEW, 'send_back', `*#${number}.1 `);
    await ada.press(card, 'send_back');
    const view = await running.human.waitForView(APPROVER, (v) => v.callback_id === 'send_back');
    const reason = 'Write to nora@example.org before eva.muster@example.org.';
    await running.human.submit({ as: APPROVER, view, values: { reason } });
    await until('the second call', async () => calls()[1]);
    const { drafts } = await until('a second draft', async () => {
      const file = await taskIn(running, number, 'waiting');
      return file.drafts.length === 2 ? file : undefined;
    });
    const [, second] = calls();
    if (second === undefined) throw new Error('a second call is expected');
    for (const value of [...VALUES, 'nora@'])
      expect(bytesOf(second).toLowerCase()).not.toContain(value.toLowerCase());
    expect(second.material).toContain('Write to {{EMAIL_3}} before {{EMAIL_1}}.');
    expect(second.material).toContain('<<<last draft note.md ');
    const files = await filesOf(running.aios.world, drafts.at(-1)?.files ?? []);
    expect(textOf(files[0]?.bytes ?? new Uint8Array())).toContain(
      'Write to eva.muster@example.org or',
    );
  }, 60_000);

  const edited = (text: string) =>
    says(answerOf({ deliverable_files: [{ name: 'news.md', text }], checks: [] }));
  const BROKEN = edited('# News\n\nWrite to {{EMAIL_1}}, {{EMAIL_7}} or EMAIL_2.\n');
  const WHOLE = '# News\n\nWrite to {{EMAIL_1}} or {{EMAIL_2}}.\n';
  const shown = async (number: number) => {
    const file = await taskIn(running, number, 'waiting');
    const trail = await running.aios.world.store.trail({ task: file.task.id });
    return {
      ...file,
      ends: file.attempts.map((a) => [a.purpose, a.outcome]),
      author: file.attempts.findIndex(({ id }) => id === file.drafts[0]?.attemptId),
      unrestored: trail.find(({ type }) => type === 'draft.made')?.data['unrestored'],
    };
  };

  test('that comes back with placeholders nobody gave is asked for once more, in words that hold no value', async () => {
    const { number, calls } = await sent(textFile('note.md', NOTE), [BROKEN, edited(WHOLE)]);
    expect(await draftOf(number)).toEqual({
      'news.md': '# News\n\nWrite to eva.muster@example.org or hello@acme.example.\n',
    });
    const { ends, author, unrestored } = await shown(number);
    expect(ends).toEqual([
      ['work', 'placeholders_broken'],
      ['repair', 'ok'],
    ]);
    expect([author, unrestored]).toEqual([1, undefined]);

    const [first, second] = calls();
    expect(calls()).toHaveLength(2);
    expect(second?.material.slice(first?.material.length)).toBe(
      `

In your last answer stood placeholders that stand for nothing:
- There is no EMAIL 7: of this kind you were given {{EMAIL_1}}, {{EMAIL_2}}.
- EMAIL 2 is written {{EMAIL_2}}, in exactly these characters.
Answer again, complete, with every placeholder exactly as it was given to you.`,
    );
    for (const value of VALUES)
      expect(second === undefined ? '' : bytesOf(second).toLowerCase()).not.toContain(
        value.toLowerCase(),
      );
    const starts = await started(number);
    expect(starts[1]?.rule).toMatch(/^life\.yaml#REPAIR-PLACEHOLDERS@/);
    expect(starts[1]?.data['replaced']).toEqual(starts[0]?.data['replaced']);
    expect((await verified(running)).findings).toEqual([]);
  }, 60_000);

  test('that is still broken after its repair is shown to a person as what it is, the better of both', async () => {
    const { number, ada, calls } = await sent(textFile('note.md', NOTE), [
      BROKEN,
      edited(`${WHOLE}\nAnd {{ email_1 }}.\n`),
    ]);
    expect(await draftOf(number)).toEqual({
      'news.md':
        '# News\n\nWrite to eva.muster@example.org or hello@acme.example.\n\nAnd {{ email_1 }}.\n',
    });
    await ada.words(REVIEW, 'news.md:5 {{ email_1 }} stands for nothing');
    const { ends, author, unrestored } = await shown(number);
    expect(calls()).toHaveLength(2);
    expect(ends).toEqual([
      ['work', 'placeholders_broken'],
      ['repair', 'placeholders_broken'],
    ]);
    expect([author, unrestored]).toEqual([1, 1]);
  }, 60_000);

  test.each([
    ['a repair with as many broken ones', BROKEN, 'placeholders_broken'],
    ['a repair that leaves out what was right', edited('# News\n\nWrite to us.\n'), 'ok'],
    [
      'a repair that only asks',
      says(answerOf({ deliverable_files: [], questions: ['Whom?'], checks: [] })),
      'ok',
    ],
    ['a repair of the wrong shape', says('Gerne!'), 'invalid_output'],
    ['a repair that fails', { fault: '429' } as const, 'rate_limit'],
  ])(
    'that is better than %s is kept, with what is broken in it',
    async (_name, second, outcome) => {
      const first = edited('# News\n\nWrite to {{EMAIL_1}}, {{EMAIL_2}} or EMAIL_2.\n');
      const { number, ada, calls } = await sent(textFile('note.md', NOTE), [first, second]);
      const text = '# News\n\nWrite to eva.muster@example.org, hello@acme.example or EMAIL_2.\n';
      expect(await draftOf(number)).toEqual({ 'news.md': text });
      await ada.words(REVIEW, 'news.md:3 EMAIL_2 stands for nothing');
      const { ends, author, unrestored, attempts } = await shown(number);
      expect(calls()).toHaveLength(2);
      expect(ends).toEqual([
        ['work', 'placeholders_broken'],
        ['repair', outcome],
      ]);
      expect([author, unrestored]).toEqual([0, 1]);
      expect(attempts.every(({ endedAt }) => endedAt !== null)).toBe(true);
      expect((await verified(running)).findings).toEqual([]);
    },
    60_000,
  );

  test('that had its one repair for its shape is not asked for a third time', async () => {
    const { number, ada, calls } = await sent(textFile('note.md', NOTE), [says('Gerne!'), BROKEN]);
    await ada.words(REVIEW, 'news.md:3 {{EMAIL_7}} stands for nothing');
    const { ends, unrestored } = await shown(number);
    expect(calls()).toHaveLength(2);
    expect(ends).toEqual([
      ['work', 'invalid_output'],
      ['repair', 'placeholders_broken'],
    ]);
    expect(unrestored).toBe(2);
  }, 60_000);

  test('whose repair no budget has room for is kept as it is, and nothing is held', async () => {
    const probe = await sent(textFile('note.md', NOTE));
    await taskIn(running, probe.number, 'waiting');
    const [begun] = await started(probe.number);
    const worst = (begun?.data['worst'] as { tokens: number } | undefined)?.tokens ?? 0;
    await give(running, `budget set client acme month ${worst + 100} tokens`);
    const { number, ada, calls } = await sent(textFile('note.md', NOTE), [BROKEN]);
    const { ends, author, unrestored } = await shown(number);
    await ada.words(REVIEW, 'news.md:3 {{EMAIL_7}} stands for nothing');
    expect(calls()).toHaveLength(1);
    expect(ends).toEqual([['work', 'placeholders_broken']]);
    expect([author, unrestored]).toEqual([0, 2]);
    const { store, clock, facility } = running.aios.world;
    const [state] = await store.budgets(clock.now(), facility.zone);
    expect(state?.used.reserved).toBe(0);
    await give(running, `budget remove ${state?.budget.number ?? ''}`);
  }, 60_000);

  test('keeps what stood for what encrypted with the task, until it is erased', async () => {
    const { number } = await sent(textFile('note.md', NOTE));
    const [entry] = await started(number);
    const mapping = entry?.data['mapping'] as { id: never; bytes: number };
    const kept = textOf(await running.aios.world.bodies.get(mapping.id)) ?? '';
    expect(JSON.parse(kept)).toContainEqual({
      kind: 'EMAIL',
      number: 1,
      value: 'eva.muster@example.org',
    });
    const row = await running.aios.world.store.body(mapping.id);
    expect(row).toMatchObject({ kind: 'mapping', taskId: entry?.task });
    expect(Buffer.from(row?.sealed ?? []).toString('latin1')).not.toContain('eva.muster');
  }, 60_000);
});

describe('secrets', () => {
  const config = `# Setup\n\nFetch it from https://${SECRET}@git.example.org/site.git first.\n`;

  test('are masked, whatever the setting, and the card says so', async () => {
    await give(running, 'client set acme cloud allowed');
    const { number, calls, ada } = await sent(textFile('setup.md', config));
    await taskIn(running, number, 'waiting');
    const [call] = calls();
    if (call === undefined) throw new Error('a call is expected');
    expect(bytesOf(call)).not.toContain(SECRET);
    expect(call.material).toContain('[SECRET:basicauth]');
    const [entry] = await started(number);
    expect(entry?.data).toMatchObject({
      leaving: expect.stringMatching(/#LEAVE-WHOLE@/),
      masking: expect.stringMatching(/#SECRETS-MASK@/),
      replaced: { secret: 1 },
    });
    await ada.words(REVIEW, 'Masked and not put back: 1 secret.');
    await ada.words(REVIEW, 'where a secret was masked');
    await give(running, 'client set acme cloud redacted');
  }, 60_000);
});

test('what the owner forbids after the plan does not leave any more', async () => {
  const { rehearsal } = running.aios.base;
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    '@aios kind: edit.draft, edit the attached draft',
    [textFile('plain.md', '# Clay\n\nWet clay shrinks.\n')],
  );
  const number = await numberAt(running, said);
  await taskIn(running, number, 'proposed');
  const ada = deskOf(running, APPROVER);
  const card = await ada.card(REVIEW, 'run', `*#${number}*`);
  await give(running, 'client set acme cloud never');
  const before = rehearsal?.calls.length ?? 0;
  await ada.press(card, 'run');
  const { task } = await taskIn(running, number, 'asking');
  expect(task.waitsFor).toBe('answer:lane');
  const asked = (await running.aios.world.store.trail({ task: task.id })).at(-1);
  expect(asked).toMatchObject({
    type: 'person.asked',
    rule: expect.stringMatching(/#LEAVE-STOP@/),
  });
  expect(rehearsal?.calls.slice(before).filter((call) => call.lane !== 'local')).toEqual([]);
  await give(running, 'client set acme cloud redacted');
}, 60_000);
