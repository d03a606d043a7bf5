import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskId } from '../../src/core/id.ts';
import { ruleRef } from '../../src/core/rule.ts';
import type { Entry } from '../../src/ledger/read.ts';
import type { Message } from '../../src/workspace/human/protocol.ts';
import {
  APPROVER,
  checklistOf,
  COLLEAGUE,
  deliveriesIn,
  draftAtGate,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  TEAM,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf, wordsIn } from '../helpers/desk.ts';
import { fixture, textFile } from '../helpers/files.ts';
import { until } from '../helpers/until.ts';

const POINTS = {
  changes: 'I read every change and know why it is there',
  tested: 'It was tried where it runs, or I know how it behaves there',
  undo: 'If it goes wrong there, I know how to take it back',
};
const PLUGIN = 'day/plugin-repaired/acme-bookings/includes/store.php';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const desk = (as: string) => deskOf(running, as);
const store = () => running.aios.world.store;
const trail = (task: TaskId): Promise<readonly Entry[]> => store().trail({ task });

async function approvalOf(task: TaskId): Promise<Entry> {
  const approvals = (await trail(task)).filter((e) => e.type === 'draft.approved');
  expect(approvals).toHaveLength(1);
  return approvals[0] as Entry;
}

/** A hardened plugin at its gate, once it is on record that its card was posted. */
async function plugin() {
  const at = await draftAtGate(running, 'harden the plugin', [await fixture(PLUGIN)]);
  return { ...at, shown: await shown(at.card) };
}

function shown(card: Message) {
  return until(
    'the card is on record',
    async () => (await store().cardAt(REVIEW, card.ts)) ?? false,
  );
}

/** Presses Approve and fills in the form that comes: the points with these words are ticked. */
async function confirm(as: string, card: Message, ticked: readonly string[]) {
  await desk(as).press(card, 'approve');
  const { view, field } = await checklistOf(running, as);
  const sent = await running.human.submit({ as, view, values: { [field]: ticked } });
  return { view, field, sent };
}

async function closeAll(as: string): Promise<void> {
  for (const view of running.human.views(as)) await running.human.closeView({ as, view });
}

/** The words of the gate card once it is a receipt that holds these. */
async function receipt(card: Message, holds: string): Promise<string> {
  return until(`the receipt says ${holds}`, () => {
    const now = running.human.messages(REVIEW, { as: OWNER }).find((m) => m.ts === card.ts);
    const words = now === undefined ? '' : wordsIn(now);
    return words.includes(holds) ? words : undefined;
  });
}

describe('work of high consequence', () => {
  test('one click asks and approves nothing; what is ticked, and what is not, is recorded with everything known of the review', async () => {
    const at = await plugin();
    const before = (await trail(at.task)).length;
    await desk(APPROVER).press(at.card, 'approve');
    const { view, field } = await checklistOf(running, APPROVER);
    const words = JSON.stringify(view.blocks);
    for (const says of [...Object.values(POINTS), 'you answer for them', 'draft 1'])
      expect(words).toContain(says);
    expect(words).not.toContain('initial_option');
    expect((await trail(at.task)).length).toBe(before);
    expect((await store().taskFile(at.task))?.task.state).toBe('waiting');

    const ticked = [POINTS.undo, POINTS.changes];
    await running.human.submit({ as: APPROVER, view, values: { [field]: ticked } });
    await closeAll(APPROVER);
    const file = await taskIn(running, at.number, 'delivered');
    const approval = await approvalOf(at.task);
    const ada = (await store().people()).find((p) => p.slackUser === APPROVER);
    const rule = running.aios.world.library.rules.byId.get('CHECK-CODE');
    expect(approval).toMatchObject({ draft: at.file.drafts[0]?.sha256, actor: { id: ada?.id } });
    expect(approval.data).toEqual({
      version: 1,
      shown_at: at.shown.postedAt,
      read_at: null,
      review: { minutes: 20, basis: 'table', table: 20 },
      roles: ['approver'],
      surface: 'form',
      edited: { words: 0, of: expect.any(Number) },
      checklist: {
        rule: rule === undefined ? '' : ruleRef(rule),
        answers: [
          { id: 'changes', yes: true },
          { id: 'tested', yes: false },
          { id: 'undo', yes: true },
        ],
      },
      responsible: ada?.id,
    });
    expect(field).toBe((approval.data['checklist'] as { rule: string }).rule);
    expect((await store().loreStarting(field.split('@')[1] ?? ''))?.text).toContain(POINTS.tested);
    expect(file.decisions.at(-1)).toMatchObject({ readAt: null, shownAt: at.shown.postedAt });
    const said = await receipt(at.card, 'delivered to');
    expect(said).toMatch(
      /Approved\*? by Ada Whitlock, [^·]+ · card posted [^·]+ · Read not recorded/,
    );
    expect(said).toContain(`2 of 3 points confirmed (not confirmed: ${POINTS.tested})`);
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
  });

  test('nothing has to be ticked, and Read counts for whoever pressed it alone', async () => {
    const at = await plugin();
    await desk(COLLEAGUE).press(at.card, 'read');
    await until('the colleague has read it', () => running.human.views(COLLEAGUE).length > 0);
    await closeAll(COLLEAGUE);
    const others = await confirm(APPROVER, at.card, []);
    expect(others.sent.errors).toBeUndefined();
    await closeAll(APPROVER);
    await taskIn(running, at.number, 'delivered');
    const approval = await approvalOf(at.task);
    expect(approval.data['read_at']).toBeNull();
    expect(JSON.stringify(approval.data['checklist'])).not.toContain('true');
    await receipt(at.card, '0 of 3 points confirmed');

    const next = await plugin();
    await desk(APPROVER).press(next.card, 'read');
    await until('Ada has read it', () => running.human.views(APPROVER).length > 0);
    await closeAll(APPROVER);
    await confirm(APPROVER, next.card, Object.values(POINTS));
    await closeAll(APPROVER);
    await taskIn(running, next.number, 'delivered');
    const read = (await trail(next.task)).find((e) => e.type === 'draft.read');
    expect((await approvalOf(next.task)).data['read_at']).toBe(read?.at);
    expect(await receipt(next.card, '3 of 3 points confirmed')).not.toContain('not recorded');
  });

  test('rights, the draft and its state are looked at again when the form is sent', async () => {
    const at = await plugin();
    await desk(APPROVER).press(at.card, 'approve');
    const { view, field } = await checklistOf(running, APPROVER);
    const send = () =>
      running.human.submit({ as: APPROVER, view, values: { [field]: [POINTS.undo] } });
    await give(running, `client approver acme <@${APPROVER}> --remove`);
    expect((await send()).errors).toEqual({ [field]: expect.stringContaining('Only an approver') });
    await give(running, `client approver acme <@${APPROVER}>`);

    const mine = textFile(
      'store.php',
      `${new TextDecoder().decode((await fixture(PLUGIN)).bytes)}\n`,
    );
    await desk(OWNER).reply(at.card, '@aios my version', [mine]);
    await until('the edit waits', async () => {
      const file = await store().taskFile(at.task);
      return file?.task.state === 'waiting' && file.drafts.length === 2;
    });
    expect((await send()).errors).toEqual({ [field]: expect.stringContaining('newer one') });
    expect((await trail(at.task)).map((e) => e.type)).not.toContain('draft.approved');
    await closeAll(APPROVER);

    const second = await desk(OWNER).card(
      REVIEW,
      'approve',
      `*#${at.number}.1 Harden a plugin, draft 2`,
    );
    await desk(APPROVER).press(second, 'approve');
    const late = await checklistOf(running, APPROVER);
    await confirm(OWNER, second, []);
    const values = { [late.field]: Object.values(POINTS) };
    const told = await running.human.submit({ as: APPROVER, view: late.view, values });
    expect(Object.values(told.errors ?? {}).join()).toMatch(
      /Olive Marsh decided this .*\(approved\)/,
    );
    await closeAll(APPROVER);
    await closeAll(OWNER);
    const file = await taskIn(running, at.number, 'delivered');
    expect((await approvalOf(at.task)).draft).toBe(file.drafts[1]?.sha256);
  });

  test('what was ticked beside other words counts for nothing', async () => {
    const at = await plugin();
    const before = (await trail(at.task)).length;
    for (const field of ['approving.yaml#CHECK-CODE@0123456789abcdef', 'reason']) {
      const pressed = await running.aios.verbs.press({
        card: at.shown.id,
        verb: 'approve',
        team: TEAM,
        user: APPROVER,
        fields: { [field]: 'changes tested undo' },
      });
      expect(pressed).toMatchObject({
        is: 'refused',
        says: expect.stringContaining('checklist was changed'),
      });
    }
    expect((await trail(at.task)).length).toBe(before);
    await confirm(APPROVER, at.card, []);
    await closeAll(APPROVER);
    await taskIn(running, at.number, 'delivered');
  });
});

test('work of medium consequence takes one click, and its entry says so', async () => {
  const at = await draftAtGate(running);
  await desk(APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
  const { data } = await approvalOf(at.task);
  expect(data).toMatchObject({
    surface: 'button',
    checklist: null,
    edited: { words: 0, of: expect.any(Number) },
    read_at: null,
  });
  expect(await receipt(at.card, 'Read not recorded')).not.toContain('points confirmed');
});
