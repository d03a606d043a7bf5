import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CardId } from '../../../src/flow/ports/rows-cards.ts';
import { press } from '../../../src/flow/press.ts';
import {
  APPROVER,
  COLLEAGUE,
  give,
  GUEST,
  OWNER,
  REVIEW,
  settleAcme,
  TEAM,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { textFile } from '../../helpers/files.ts';
import {
  cardSays,
  closeForms,
  opened,
  planned,
  requestNow,
  whenTasks,
} from '../../helpers/plan.ts';
import type { Message } from '../../../src/workspace/human/protocol.ts';

const LIST = [
  'Hello, for the spring campaign:',
  '- draft a blog post about the kiln',
  '- translate the price list to German',
  '- audit the content of our site',
].join('\n');
const FILES = [textFile('prices.md', '# Prices\n\nBowl 20\n'), textFile('site.md', '# Site\n')];

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());
afterEach(async () => {
  for (const as of [COLLEAGUE, APPROVER, OWNER]) await closeForms(running, as);
});

async function form(as: string, card: Message) {
  const view = await opened(running, { as, card, form: 'pieces' });
  const field = view.blocks.find((block) => block.type === 'input');
  const element = field?.['element'] as { initial_value: string };
  return { view, field: String(field?.block_id), text: element.initial_value };
}

async function save(as: string, card: Message, edit: (text: string) => string) {
  const { view, field, text } = await form(as, card);
  return running.human.submit({ as, view, values: { [field]: edit(text) } });
}

const trailOf = async (number: number) => {
  const { request } = await requestNow(running, number);
  return running.aios.world.store.trail({ request: request.id });
};

describe('the pieces of a plan, in a form', () => {
  test('stand there as text, and taking out a line joins two: one act ends the old and decides the new', async () => {
    const { number, card } = await planned(running, LIST, FILES);
    const shown = await form(APPROVER, card);
    expect(shown.text.split('\n---\n')).toHaveLength(3);
    await closeForms(running, APPROVER);
    await save(APPROVER, card, (text) => text.replace('\n---\n', '\n'));

    const file = await whenTasks(running, number, (tasks) => tasks.length === 4);
    expect(file.tasks.map((t) => [t.ordinal, t.state === 'cancelled'])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, false],
    ]);
    const trail = await trailOf(number);
    const changed = trail.find((e) => e.type === 'request.pieces_changed');
    const [first, second, , fourth] = file.tasks;
    expect(changed).toMatchObject({
      actor: { kind: 'person' },
      rule: expect.stringContaining('#SPLIT-PERSON@'),
      data: {
        replaced: [first?.id, second?.id],
        made: [fourth?.id],
        pieces: 1,
        context: 2,
        edited: false,
      },
    });
    const ended = trail.filter((e) => e.type === 'task.cancelled');
    expect(ended.map((e) => e.data)).toEqual([
      { pieces: changed?.id, replaced_by: [fourth?.id] },
      { pieces: changed?.id, replaced_by: [fourth?.id] },
    ]);
    const routed = trail.find((e) => e.type === 'task.routed' && e.task === fourth?.id);
    expect(routed).toMatchObject({ cause: changed?.id, at: changed?.at });
    const words = await cardSays(running, card, '4  ');
    expect(words).not.toContain(`#${number}.1`);
  });

  test('what was said in one breath stays confidential in whatever words a piece is put anew', async () => {
    const said =
      'Proofread the letter about the salary of our colleague. Also draft a blog post about bees.';
    const { number, card } = await planned(running, said, [textFile('letter.md', 'Dear all\n')]);
    await save(APPROVER, card, (text) => text.replace('bees', 'wasps'));
    const file = await whenTasks(running, number, (tasks) => tasks.length === 3);
    const anew = file.tasks[2];
    expect(anew?.facts).toMatchObject({ kind: 'draft.blog', sensitivity: 'confidential' });
  });

  test('a line more splits, a piece less is shown as not used as work, and files go with their words', async () => {
    const { number, card } = await planned(running, LIST, FILES);
    await save(APPROVER, card, (text) => {
      const [draft = '', translate = ''] = text.split('\n---\n');
      return `${draft}\n---\n${translate}\n---\nproofread prices.md`;
    });
    const file = await whenTasks(running, number, (tasks) => tasks.length === 4);
    expect(file.tasks[2]?.state).toBe('cancelled');
    expect(file.tasks[3]?.facts).toMatchObject({ files: 1 });
    await cardSays(
      running,
      card,
      'Not used as work:',
      'audit the content of our site',
      'spring campaign',
    );
  });

  test('what is saved as it was changes nothing, and no piece at all is refused', async () => {
    const { number, card } = await planned(running, LIST, FILES);
    const before = await trailOf(number);
    await save(APPROVER, card, (text) => text);
    await closeForms(running, APPROVER);
    const none = await save(APPROVER, card, () => '---');
    expect(Object.values(none.errors ?? {}).join()).toContain('Expected at least one piece');
    expect(await trailOf(number)).toHaveLength(before.length);
  });

  test('a guest is refused, and so is a colleague who did not ask', async () => {
    const { card, number } = await planned(running, LIST, FILES);
    const { world } = running.aios;
    const { request } = await requestNow(running, number);
    const row = await world.store.cardByKey(`plan:${request.id}`);
    const pressed = { card: row?.id as CardId, verb: 'pieces', team: TEAM, user: GUEST } as const;
    expect(await press(world, pressed)).toMatchObject({
      is: 'refused',
      says: 'Only members of the practice can do this. Nothing was changed.',
    });
    await give(running, 'client approver acme <@U0APPROVER> --remove');
    await deskOf(running, APPROVER).press(card, 'pieces');
    const told = await running.human.waitForMessage(
      { channel: REVIEW, as: APPROVER },
      (m) => m.ephemeral_to === APPROVER && m.text.includes('Only the requester'),
    );
    expect(told.text).toContain('Nothing was changed');
    await give(running, 'client approver acme <@U0APPROVER>');
  });

  test('a form that was opened on another state of the plan is refused; the newer one stands', async () => {
    const { number, card } = await planned(running, LIST, FILES);
    const stale = await form(OWNER, card);
    await save(APPROVER, card, (text) => text.replace('\n---\n', '\n'));
    await whenTasks(running, number, (tasks) => tasks.length === 4);
    const { field, view, text } = stale;
    const sent = await running.human.submit({ as: OWNER, view, values: { [field]: `${text} x` } });
    expect(Object.values(sent.errors ?? {}).join()).toContain('The plan changed while you pressed');
    expect((await requestNow(running, number)).tasks).toHaveLength(4);
  });

  test('Run and the form at once: one wins, and nothing is lost or doubled', async () => {
    const { number, card } = await planned(running, LIST, FILES);
    const { view, field, text } = await form(OWNER, card);
    const joined = text.replace('\n---\n', '\n');
    await Promise.all([
      running.human.submit({ as: OWNER, view, values: { [field]: joined } }),
      deskOf(running, APPROVER).press(card, 'run'),
    ]);
    const trail = await whenSettled(number);
    const rearranged = trail.some((e) => e.type === 'request.pieces_changed');
    const { tasks } = await requestNow(running, number);
    const ended = tasks.filter((t) => t.state === 'cancelled').map((t) => t.ordinal);
    expect(ended).toEqual(rearranged ? [1, 2] : []);
    expect(tasks).toHaveLength(rearranged ? 4 : 3);
    const started = trail.filter((e) => e.type === 'task.started').map((e) => e.task);
    expect(new Set(started).size).toBe(started.length);
  });
});

async function whenSettled(number: number) {
  await whenTasks(running, number, (tasks) =>
    tasks.some((t) => t.state !== 'proposed' && t.state !== 'asking'),
  );
  return trailOf(number);
}
