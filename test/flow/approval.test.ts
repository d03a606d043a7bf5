import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import type { TaskId } from '../../src/core/id.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import { press } from '../../src/flow/press.ts';
import type { Message } from '../../src/workspace/human/protocol.ts';
import {
  APPROVER,
  COLLEAGUE,
  deliveriesIn,
  draftAtGate,
  give,
  GUEST,
  numberAt,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf, offers, wordsIn } from '../helpers/desk.ts';
import { textFile } from '../helpers/files.ts';
import { until } from '../helpers/until.ts';

const EDITED =
  '# Clay\n\nClay is patient. Come on a Tuesday evening and bring an old shirt with you.\n';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const desk = (as: string) => deskOf(running, as);
const store = () => running.aios.world.store;

async function trailOf(task: TaskId): Promise<readonly string[]> {
  return (await store().trail({ task })).map((e) => e.type);
}

const count = (all: readonly string[], type: string): number =>
  all.filter((t) => t === type).length;

/** The gate card as everybody in the review place sees it now. */
function now(card: Message): Message {
  const found = running.human.messages(REVIEW, { as: OWNER }).find((m) => m.ts === card.ts);
  if (found === undefined) throw new Error('the card is gone');
  return found;
}

/** Opens a form from the menu or a button of a card, and fills it in. */
async function submit(as: string, card: Message, verb: 'send_back' | 'reject', reason: string) {
  const { human } = running;
  const message = { channel: card.channel, ts: card.ts };
  if (verb === 'send_back') await human.click({ as, message, action: verb });
  else await human.choose({ as, message, option: 'Reject…' });
  const view = await human.waitForView(as, (v) => v.callback_id === verb);
  const submitted = await human.submit({ as, view, values: { reason } });
  if (submitted.errors === undefined)
    for (const open of human.views(as)) await human.closeView({ as, view: open });
  return { view, submitted };
}

const whispered = (as: string, text: string) =>
  running.human.waitForMessage(
    { channel: REVIEW, as },
    (m) => m.ephemeral_to === as && m.text.includes(text),
  );

describe('approve', () => {
  test('the first of two wins: one entry, the other is told who and when; the card is locked', async () => {
    const at = await draftAtGate(running);
    await Promise.all([
      desk(APPROVER).press(at.card, 'approve'),
      desk(OWNER).press(at.card, 'approve'),
    ]);
    await taskIn(running, at.number, 'delivered');

    const trail = await trailOf(at.task);
    expect(count(trail, 'draft.approved')).toBe(1);
    expect(count(trail, 'draft.delivered')).toBe(1);
    const file = await store().taskFile(at.task);
    const winner = file?.decisions[0]?.personId;
    const first = (await store().people()).find((p) => p.id === winner);
    const second = first?.slackUser === OWNER ? APPROVER : OWNER;
    const told = await whispered(second, 'Nothing was changed');
    expect(told.text).toMatch(
      new RegExp(`${first?.name} decided this at \\d\\d:\\d\\d(:\\d\\d)? UTC \\(approved\\)`),
    );
    await until('the card is a receipt', () => wordsIn(now(at.card)).includes('delivered to'));
    const pressed = JSON.stringify(now(at.card).blocks).matchAll(/"action_id":"(\w+)/g);
    expect(new Set([...pressed].map(([, verb]) => verb))).toEqual(new Set(['minutes']));
    expect(JSON.stringify(now(at.card).blocks)).not.toContain('"type":"overflow"');
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
  });

  test('a colleague who is no approver is refused, and an approver can go on', async () => {
    const at = await draftAtGate(running);
    const before = await trailOf(at.task);
    await desk(COLLEAGUE).press(at.card, 'approve');
    await whispered(COLLEAGUE, 'Only an approver of this client can decide this');
    expect(await trailOf(at.task)).toEqual(before);

    await desk(APPROVER).press(at.card, 'approve');
    await taskIn(running, at.number, 'delivered');
  });

  test('rights are checked again when the form is sent: an approver removed meanwhile decides nothing', async () => {
    const at = await draftAtGate(running);
    const { human } = running;
    await human.click({ as: APPROVER, message: at.card, action: 'send_back' });
    const view = await human.waitForView(APPROVER, (v) => v.callback_id === 'send_back');
    await give(running, `client approver acme <@${APPROVER}> --remove`);
    const before = await trailOf(at.task);

    const sent = await human.submit({ as: APPROVER, view, values: { reason: 'Shorter.' } });
    expect(Object.values(sent.errors ?? {}).join()).toContain('Only an approver of this client');
    await desk(APPROVER).press(at.card, 'approve');
    await whispered(APPROVER, 'Only an approver of this client can decide this');
    expect(await trailOf(at.task)).toEqual(before);

    await human.closeView({ as: APPROVER, view });
    await give(running, `client approver acme <@${APPROVER}>`);
    await desk(APPROVER).press(at.card, 'approve');
    await taskIn(running, at.number, 'delivered');
  });

  test('a card from before a restart still works', async () => {
    const at = await draftAtGate(running);
    running = await running.restart();
    await desk(APPROVER).press(at.card, 'approve');
    await taskIn(running, at.number, 'delivered');
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
  });
});

describe('send back and reject', () => {
  test('a reason is required and reaches the redo; the old card is locked and decides nothing', async () => {
    const at = await draftAtGate(running);
    const reason = 'Name the evening of the course in the first sentence.';
    const empty = await submit(APPROVER, at.card, 'send_back', ' ');
    expect(Object.keys(empty.submitted.errors ?? {})).toEqual(['reason']);
    expect((await store().taskFile(at.task))?.task.state).toBe('waiting');
    await running.human.closeView({ as: APPROVER, view: empty.view });

    await submit(APPROVER, at.card, 'send_back', reason);
    const second = await until('the redo waits', async () => {
      const file = await store().taskFile(at.task);
      return file?.task.state === 'waiting' && file.drafts.length === 2 ? file : undefined;
    });
    const asked = running.aios.base.rehearsal?.calls.at(-1);
    expect(asked?.material).toContain(reason);
    expect(asked?.material).toContain('last draft post.md');
    await until('the old card is locked', () => wordsIn(now(at.card)).includes('Sent back'));
    expect(offers(now(at.card), 'approve')).toBe(false);

    const stale = await store().cardAt(REVIEW, at.card.ts);
    const said = await running.aios.verbs.press({
      card: stale?.id ?? ('' as never),
      verb: 'approve',
      team: 'T0AIOS',
      at: { channel: REVIEW, ts: at.card.ts },
      user: APPROVER,
    });
    expect(said).toMatchObject({ is: 'refused' });
    expect(said.is === 'refused' ? said.says : '').toContain('replaced by a newer one');
    expect((await store().taskFile(at.task))?.task.version).toBe(second.task.version);

    const next = await desk(APPROVER).card(REVIEW, 'approve', `*#${at.number}.1 `);
    expect(next.ts).not.toBe(at.card.ts);
    await desk(APPROVER).press(next, 'approve');
    await taskIn(running, at.number, 'delivered');
  });

  test('reject is final', async () => {
    const at = await draftAtGate(running);
    await submit(APPROVER, at.card, 'reject', 'We write this ourselves.');
    await taskIn(running, at.number, 'rejected');
    await until('the card is locked', () => wordsIn(now(at.card)).includes('Rejected'));
    const card = await store().cardAt(REVIEW, at.card.ts);
    const said = await running.aios.verbs.press({
      card: card?.id ?? ('' as never),
      verb: 'approve',
      team: 'T0AIOS',
      user: OWNER,
    });
    expect(said.is === 'refused' ? said.says : '').toContain('(rejected)');
    expect(deliveriesIn(running, at.said)).toEqual([]);
  });
});

describe('edit', () => {
  test('a revised file in the thread of the card is a new draft by that person; the old card is locked', async () => {
    const at = await draftAtGate(running);
    const calls = running.aios.base.rehearsal?.calls.length;
    await desk(APPROVER).reply(at.card, '@aios my version', [textFile('post.md', EDITED)]);
    await until('the edit waits', async () => {
      const file = await store().taskFile(at.task);
      return file?.task.state === 'waiting' && file.drafts.length === 2;
    });
    await until('the old card says so', () => /Replaced/i.test(wordsIn(now(at.card))));
    expect(offers(now(at.card), 'approve')).toBe(false);
    expect(running.aios.base.rehearsal?.calls.length).toBe(calls);
    expect(await trailOf(at.task)).toEqual(
      expect.arrayContaining(['draft.edited', 'gate.reviewed']),
    );

    const next = await desk(APPROVER).card(REVIEW, 'approve', `*#${at.number}.1 `);
    expect(wordsIn(next)).toContain('written by a person');
    await desk(APPROVER).press(next, 'approve');
    await taskIn(running, at.number, 'delivered');
    const [delivered] = deliveriesIn(running, at.said);
    const [file] = delivered?.files ?? [];
    const bytes = await running.human.download(OWNER, file?.id ?? '');
    expect(new TextDecoder().decode(bytes)).toBe(EDITED);
    expect(delivered?.text).toContain('edited by a person');
  });

  test('a file from a colleague who is no approver is refused with words, and the draft stays', async () => {
    const at = await draftAtGate(running);
    await desk(COLLEAGUE).reply(at.card, '@aios better so', [textFile('post.md', EDITED)]);
    await whispered(COLLEAGUE, 'Only an approver of this client can put in an edited draft');
    expect((await store().taskFile(at.task))?.drafts).toHaveLength(1);
    await desk(APPROVER).press(at.card, 'approve');
    await taskIn(running, at.number, 'delivered');
    await desk(APPROVER).reply(at.card, '@aios too late', [textFile('post.md', EDITED)]);
    await whispered(APPROVER, 'There is no draft to edit: the task is delivered');
  });

  test('a file in the client channel is no edit', async () => {
    const at = await draftAtGate(running);
    const file = textFile('post.md', EDITED);
    const other = await desk(APPROVER).reply(at.said, '@aios please format this', [file]);
    await numberAt(running, other);
    expect((await store().taskFile(at.task))?.drafts).toHaveLength(1);
    await submit(APPROVER, at.card, 'reject', 'Not needed any more.');
  });
});

describe('delivery', () => {
  test('approved and not delivered is finished after a crash between, exactly once', async () => {
    const at = await draftAtGate(running);
    running.human.faults.failNext('files.completeUploadExternal', {
      status: 500,
      afterwards: true,
    });
    await desk(APPROVER).press(at.card, 'approve');
    await taskIn(running, at.number, 'delivered');
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
    expect(count(await trailOf(at.task), 'disclosure.issued')).toBe(1);
    expect(count(await trailOf(at.task), 'draft.delivered')).toBe(1);
  });

  test('a delivery that Slack refuses is told and can be taken back; what is approved then is what goes out', async () => {
    const at = await draftAtGate(running);
    running.human.faults.failNext('files.completeUploadExternal', { error: 'not_in_channel' });
    await desk(APPROVER).press(at.card, 'approve');
    await desk(APPROVER).words(REVIEW, `The delivery of #${at.number}.1 failed`);
    expect(deliveriesIn(running, at.said)).toEqual([]);

    const plan = await running.human.waitForMessage(
      { channel: REVIEW, as: APPROVER },
      (m) => offers(m, 'more') && wordsIn(m).includes(`Take back the approval (#${at.number}.1)`),
    );
    await running.human.choose({
      as: APPROVER,
      message: plan,
      option: `Take back the approval (#${at.number}.1)`,
    });
    await taskIn(running, at.number, 'waiting');
    const again = await running.human.waitForMessage(
      { channel: REVIEW, as: APPROVER },
      (m) => m.ts === at.card.ts && offers(m, 'approve'),
    );
    await desk(APPROVER).reply(again, '@aios edited', [textFile('post.md', EDITED)]);
    const next = await running.human.waitForMessage(
      { channel: REVIEW, as: APPROVER },
      (m) => m.ts > again.ts && offers(m, 'approve') && wordsIn(m).includes(`*#${at.number}.1 `),
    );
    await desk(APPROVER).press(next, 'approve');
    await taskIn(running, at.number, 'delivered');
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
    expect(await trailOf(at.task)).toEqual(
      expect.arrayContaining(['delivery.failed', 'approval.taken_back', 'draft.delivered']),
    );
  });

  test('what may be out already is not taken back: of sending and taking back one comes first', async () => {
    const at = await draftAtGate(running);
    for (let tries = 0; tries < 2; tries += 1)
      running.human.faults.failNext('files.completeUploadExternal', { status: 500 });
    await desk(APPROVER).press(at.card, 'approve');
    await until('it was tried', async () => (await trailOf(at.task)).includes('disclosure.issued'));
    const card = await store().cardByKey(`gate:${(await store().taskFile(at.task))?.task.draftId}`);
    const { world } = running.aios;
    const pressed = {
      card: card?.id as CardId,
      verb: 'take_back',
      team: world.facility.team,
    } as const;
    const outcome = await press(world, { ...pressed, user: APPROVER });
    expect(outcome).toMatchObject({ is: 'refused' });
    await taskIn(running, at.number, 'delivered');
    expect(deliveriesIn(running, at.said)).toHaveLength(1);
  });

  test('bytes that were changed where they are kept void the approval and never go out', async () => {
    const at = await draftAtGate(running);
    await tamper(at.task);
    await desk(APPROVER).press(at.card, 'approve');
    const trail = await until('the approval is void', async () => {
      const types = await trailOf(at.task);
      return types.includes('approval.voided') ? types : undefined;
    });
    expect(count(trail, 'draft.delivered')).toBe(0);
    expect((await store().taskFile(at.task))?.task.state).toBe('waiting');
    expect(deliveriesIn(running, at.said)).toEqual([]);
    await until('the card can be decided about', () => offers(now(at.card), 'approve'));
    await submit(APPROVER, at.card, 'reject', 'Its bytes were changed.');
    await taskIn(running, at.number, 'rejected');
  });
});

/** What a person with the rights of the database's superuser could do. */
async function tamper(task: TaskId): Promise<void> {
  const body = (await store().taskFile(task))?.drafts[0]?.files[0]?.body ?? '';
  const sql = postgres(running.aios.base.data.adminUrl, { max: 1, onnotice: () => undefined });
  await sql.begin(async (tx) => {
    await tx`alter table body disable trigger all`;
    await tx`update body set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where id = ${body}`;
    await tx`alter table body enable always trigger body_history`;
  });
  await sql.end();
}

// The guest stays in the review place from here on: this is the last one.
test('a guest who presses Approve is refused, nothing is changed, and an approver can go on', async () => {
  const at = await draftAtGate(running);
  await running.human.invite({ as: OWNER, channel: REVIEW, who: GUEST });
  const before = await trailOf(at.task);
  await desk(GUEST).press(at.card, 'approve');
  await whispered(GUEST, 'Only members of the practice can do this. Nothing was changed.');
  expect(await trailOf(at.task)).toEqual(before);
  await desk(APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
});
