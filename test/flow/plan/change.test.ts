import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { moment } from '../../../src/core/moment.ts';
import { countOverrides, overridesIn } from '../../../src/ledger/overrides.ts';
import { APPROVER, COLLEAGUE, settleAcme } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { outlineFile, textFile } from '../../helpers/files.ts';
import { cardSays, chosenBy, closeForms, opened, planned, whenTasks } from '../../helpers/plan.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());
afterEach(async () => {
  for (const as of [COLLEAGUE, APPROVER]) await closeForms(running, as);
});

type Values = Readonly<Record<string, string>>;
type Card = Awaited<ReturnType<typeof planned>>['card'];

/** Fills the form in, by the values of its options, and gives what it refused. */
async function change(as: string, card: Card, values: Values): Promise<string> {
  const view = await opened(running, { as, card, form: 'change' });
  const sent = await running.human.submit({ as, view, values: chosenBy(view, values) });
  await closeForms(running, as);
  return Object.values(sent.errors ?? {}).join();
}

const only = async (number: number) => {
  const file = await whenTasks(running, number, (tasks) => tasks.length === 1);
  const [task] = file.tasks;
  if (task === undefined) throw new Error('a task is expected');
  return task;
};

const post = async () =>
  planned(running, 'kind: draft.blog, draft a blog post from the outline', [await outlineFile()]);

const lastOf = async (number: number, type: string) => {
  const task = await only(number);
  const trail = await running.aios.world.store.trail({ task: task.id });
  return trail.findLast((e) => e.type === type);
};

describe('the form behind Change', () => {
  test('offers those who take the kind, all lanes, and all kinds of work in groups', async () => {
    const { card } = await post();
    const view = await opened(running, { as: APPROVER, card, form: 'change' });
    const words = JSON.stringify(view.blocks);
    for (const part of [
      'blog-drafter@draft.blog',
      'As the rules say',
      'option_groups',
      'Front desk',
    ])
      expect(words).toContain(part);
    expect(words).not.toContain('content-auditor@');
    const kinds = [...running.aios.world.library.rules.kinds.values()];
    for (const { id, sort } of kinds)
      expect(words.includes(`"value":"${id}"`)).toBe(sort === 'work');
  });

  test('a cheaper lane is the requester’s to choose; the entry says what it overrode, and the rules take it back', async () => {
    const { number, card } = await post();
    const before = await only(number);
    expect(await change(COLLEAGUE, card, { piece: '1', lane: 'local' })).toBe('');
    expect(await only(number)).toMatchObject({
      lane: 'local',
      rule: expect.stringContaining('#LANE-002@'),
    });
    expect(await lastOf(number, 'task.changed')).toMatchObject({
      lane: 'local',
      data: { overrode_lane: 'senior', overrode_rule: before.rule },
    });
    expect(await change(COLLEAGUE, card, { piece: '1', lane: 'as-rules' })).toBe('');
    expect(await only(number)).toMatchObject({ lane: 'senior', rule: before.rule });
  });

  test('a dearer lane than the rules’ needs an approver, and what nothing can do is refused', async () => {
    const { number, card } = await planned(running, 'format the attached file', [
      textFile('notes.md', '#  A\n'),
    ]);
    expect(await change(COLLEAGUE, card, { piece: '1', lane: 'senior' })).toContain(
      'The rules send this to the tool lane. Only an approver chooses a dearer one.',
    );
    expect((await only(number)).lane).toBe('tool');
    expect(await change(APPROVER, card, { piece: '1', lane: 'senior' })).toBe('');
    expect((await only(number)).lane).toBe('senior');
    const other = await post();
    expect(await change(APPROVER, other.card, { piece: '1', lane: 'tool' })).toContain(
      'No exact program does this kind of work',
    );
  });

  test('a limit is named when it forbids the lane, here and on the card of words that named it', async () => {
    const { number, card } = await planned(
      running,
      'kind: proofread.fix, on the senior lane, proofread the attached file with our patients’ passwords',
      [textFile('patients.md', '# Patients\n\nThe diagnosis of Mrs Example.\n')],
    );
    expect((await only(number)).facts).toMatchObject({
      sensitivity: 'confidential',
      lane: 'senior',
    });
    await cardSays(running, card, 'You named the senior lane; LIMIT-020 forbids the senior lane');
    expect(await change(APPROVER, card, { piece: '1', lane: 'seat' })).toContain(
      'LIMIT-020 forbids the seat lane: Confidential work goes to no model outside the machine.',
    );
    expect((await only(number)).lane).toBe('local');
  });

  test('another kind is decided anew, with its own questions; a persona that does not take it is refused', async () => {
    const { number, card } = await planned(
      running,
      'kind: draft.blog, draft a blog post about clay',
    );
    expect(
      await change(COLLEAGUE, card, {
        piece: '1',
        kind: 'format.files',
        persona: 'blog-drafter@draft.blog',
      }),
    ).toContain('blog-drafter does not take format.files');
    expect(await change(COLLEAGUE, card, { piece: '1', kind: 'format.files' })).toBe('');
    expect(await only(number)).toMatchObject({ state: 'asking', waitsFor: 'answer:files' });
    expect(await lastOf(number, 'task.changed')).toMatchObject({
      data: { overrode_kind: 'draft.blog', kind: 'format.files' },
    });
  });

  test('another persona of that kind is written down with whom it replaced, and counted for the digest', async () => {
    const { personas, rules } = running.aios.world.library;
    const takers = (kind: string) =>
      [...personas.byId.values()].filter((p) => p.accepts.includes(kind));
    const kind = [...rules.kinds.values()].find(
      (k) => k.sort === 'work' && takers(k.id).length > 1,
    );
    if (kind?.sort !== 'work') throw new Error('a kind that two take is expected');
    const other = takers(kind.id).find((p) => p.id !== kind.persona)?.id ?? '';
    const text = `kind: ${kind.id}, ${kind.title.toLowerCase()} for the spring campaign`;
    const { number, card } = await planned(running, text, [textFile('notes.md', '#  A\n')]);
    const before = await only(number);
    expect(before).toMatchObject({ kind: kind.id, persona: kind.persona });

    const persona = `${other}@${kind.id}`;
    expect(await change(COLLEAGUE, card, { piece: '1', persona })).toBe('');
    const now = await only(number);
    expect(now).toMatchObject({ persona: other, lane: before.lane });
    await cardSays(running, card, `${other} on`);
    const entry = await lastOf(number, 'task.changed');
    expect(entry?.data).toMatchObject({
      overrode_persona: kind.persona,
      overrode_rule: before.rule,
    });
    expect(entry?.data).not.toHaveProperty('overrode_lane');

    const steps = await running.aios.world.store.stepsOfPeople(
      before.changedAt,
      moment(now.changedAt + 1),
    );
    expect(countOverrides(overridesIn(steps))).toEqual([
      { what: 'persona', rule: before.rule.split('#')[1]?.split('@')[0], to: other, times: 1 },
    ]);
    expect(await change(COLLEAGUE, card, { piece: '1', persona: 'as-rules' })).toBe('');
    expect((await only(number)).persona).toBe(kind.persona);
  });

  test('nothing chosen changes nothing', async () => {
    const { card } = await post();
    expect(await change(COLLEAGUE, card, { piece: '1' })).toContain('got nothing');
  });
});
