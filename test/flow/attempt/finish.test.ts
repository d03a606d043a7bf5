import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { APPROVER, REVIEW, settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { textFile } from '../../helpers/files.ts';
import { answerOf, says, workOn } from '../../helpers/worked.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const EDIT = 'lane: local, kind: edit.draft, edit the attached draft';
const files = [textFile('draft.md', '# Clay\n\nWet  clay shrinks by a tenth.\n')];

function points(): readonly string[] {
  const editor = running.aios.world.library.personas.byId.get('editor');
  return (editor?.checklist ?? []).map(({ id }) => id);
}

test('a reviewer’s checklist is held against the files: what stands is shown, the rest is thrown away and counted', async () => {
  const [one = '', two = '', three = '', four = ''] = points();
  const checks = [
    { id: one, yes: true, quote: 'Wet clay shrinks', file: 'draft.md' },
    { id: two, yes: false, quote: '# Clay', file: 'post.md' },
    { id: three, yes: true, quote: 'never written anywhere', file: 'draft.md' },
    { id: four, yes: true, quote: 'edit the attached draft', file: 'request' },
    { id: 'approved', yes: true, quote: '# Clay', file: 'draft.md' },
  ];
  const script = [says(answerOf({ checks }))];
  const { number, calls } = await workOn(running, { text: EDIT, files, script });
  const { task } = await taskIn(running, number, 'waiting');
  expect(calls()[0]?.system).toContain(`- ${one}: `);

  const trail = await running.aios.world.store.trail({ task: task.id });
  const made = trail.find(({ type }) => type === 'draft.made');
  expect(made?.data['checks']).toEqual({ yes: 2, no: 1, thrown_away: 2 });
  expect(JSON.stringify(trail)).not.toContain('shrinks');

  const says1 = 'Checklist: 2 yes, 1 no, 1 thrown away (its quotation is not in the text)';
  const ada = deskOf(running, APPROVER);
  const card = await ada.card(REVIEW, 'approve', `*#${number}.1 `);
  expect(JSON.stringify(card.blocks)).toContain(says1);
  await ada.press(card, 'read');
  const view = await running.human.waitForView(APPROVER, (v) => JSON.stringify(v).includes(says1));
  const shown = JSON.stringify(view.blocks);
  expect(shown).toContain('Wet clay shrinks');
  expect(shown).not.toContain('never written anywhere');
}, 60_000);

test('the stand-in answers every question of the checklist over the wire', async () => {
  const { number } = await workOn(running, { text: EDIT, files });
  const { task } = await taskIn(running, number, 'waiting');
  const trail = await running.aios.world.store.trail({ task: task.id });
  const made = trail.find(({ type }) => type === 'draft.made')?.data['checks'] as Record<
    string,
    number
  >;
  expect(made['thrown_away']).toBe(0);
  expect((made['yes'] ?? 0) + (made['no'] ?? 0)).toBe(points().length);
}, 60_000);

test('who has no checklist has none in the prompt, the answer or the record', async () => {
  const { number, calls } = await workOn(running);
  const { task } = await taskIn(running, number, 'waiting');
  expect(calls()[0]?.system).not.toContain('Your checklist');
  expect(JSON.stringify(calls()[0]?.body['format'])).not.toContain('checks');
  const trail = await running.aios.world.store.trail({ task: task.id });
  expect(trail.find(({ type }) => type === 'draft.made')?.data).not.toHaveProperty('checks');
}, 60_000);
