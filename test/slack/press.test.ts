import { afterEach, describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/core/fault.ts';
import type { PressedOutcome } from '../../src/flow/ports/doors.ts';
import type { Message } from '../../src/flow/ports/message.ts';
import type { Placed } from '../../src/flow/ports/world.ts';
import { until } from '../helpers/until.ts';
import { closeAll, site } from './room.ts';
import type { Site } from './room.ts';
import { CARD, gate, plan, question } from './samples.ts';

afterEach(closeAll);

async function card(message: Message, outcome?: PressedOutcome): Promise<Site & { at: Placed }> {
  const made = await site();
  if (outcome !== undefined)
    made.told.verbs.press = async (pressed) => {
      made.told.pressed.push(pressed);
      return outcome;
    };
  const at = await made.room.slack.post(message, {
    id: 'p1',
    channel: 'C0PRACTICE',
    sureFirst: false,
  });
  return { ...made, at };
}

const base = { card: CARD, team: 'T0AIOS', user: 'U0OWNER' };
const whispers = ({ space }: Site, as = 'U0OWNER'): string[] =>
  space.human
    .messages('C0PRACTICE', { as })
    .flatMap((m) => (m.ephemeral_to === undefined ? [] : [m.text]));

describe('a click', () => {
  test('carries the verb and the card, and nothing of what the card said', async () => {
    const made = await card(gate());
    const { space, told, at } = made;
    await space.human.click({ as: 'U0OWNER', message: at, action: 'Approve' });
    await space.human.choose({ as: 'U0OWNER', message: at, option: 'Why' });
    await until('both came', () => told.pressed.length === 2);
    expect(told.pressed).toEqual([
      { ...base, verb: 'approve', at },
      { ...base, verb: 'why', at },
    ]);
  });

  test('on one piece or one answer says which', async () => {
    const { space, told, at, room } = await card(plan());
    await space.human.choose({ as: 'U0OWNER', message: at, option: 'Drop (#142.2)' });
    const options = Array.from({ length: 9 }, (_, i) => ({ value: `c${i}`, label: `Client ${i}` }));
    const few = await room.slack.post(question(), {
      id: 'q1',
      channel: 'C0PRACTICE',
      sureFirst: false,
    });
    const many = await room.slack.post(question(undefined, { options }), {
      id: 'q2',
      channel: 'C0PRACTICE',
      sureFirst: false,
    });
    await space.human.click({ as: 'U0OWNER', message: few, action: 'Borealis' });
    await space.human.choose({ as: 'U0OWNER', message: many, option: 'Client 7' });
    await until('all came', () => told.pressed.length === 3);
    expect(told.pressed.map((p) => [p.verb, p.choice])).toEqual([
      ['drop', '2'],
      ['answer', 'borealis'],
      ['answer', 'c7'],
    ]);
  });

  test('that is refused, or that says something, tells that person alone', async () => {
    const made = await card(gate(), { is: 'refused', says: 'Only an approver of Acme decides.' });
    await made.space.human
      .click({ as: 'U0GUEST', message: made.at, action: 'Approve' })
      .catch(() => {});
    await made.space.human.click({ as: 'U0OWNER', message: made.at, action: 'Approve' });
    await until('it was said', () => whispers(made).length === 1);
    expect(whispers(made)).toEqual(['Only an approver of Acme decides.']);
    expect(whispers(made, 'U0APPROVER')).toEqual([]);
  });

  test('that could not be recorded is acknowledged and asks for another one', async () => {
    const made = await card(gate());
    made.told.verbs.press = async () => {
      throw new Fault('database_gone', 'gone', { retry: true });
    };
    const acted = await made.space.human.click({
      as: 'U0OWNER',
      message: made.at,
      action: 'Approve',
    });
    expect(acted).toEqual({ acked: true });
    await until('it was said', () => whispers(made).length === 1);
    expect(whispers(made)[0]).toContain('not recorded');
    expect(made.logged.some((l) => l.includes('gone'))).toBe(true);
  });
});

describe('a form', () => {
  test('stays open without a reason, and with a refusal; then it is sent once', async () => {
    const form = { is: 'send_back', card: CARD, number: '#142.2', findings: ['no cap'] } as const;
    const { space, told, at } = await card(gate(), { is: 'form', form });
    await space.human.click({ as: 'U0OWNER', message: at, action: 'Send back…' });
    const view = await space.human.waitForView('U0OWNER');
    const empty = await space.human.submit({ as: 'U0OWNER', view, values: { reason: '  ' } });
    expect(empty.errors).toEqual({ reason: expect.stringContaining('Say why') });
    expect(told.pressed).toHaveLength(1);

    told.verbs.press = async () => ({ is: 'refused', says: 'Ada decided this at 10:02.' });
    const late = await space.human.submit({ as: 'U0OWNER', view, values: { reason: 'tone' } });
    expect(late.errors).toEqual({ reason: 'Ada decided this at 10:02.' });
    told.verbs.press = async () => {
      throw new Fault('database_gone', 'gone');
    };
    const gone = await space.human.submit({ as: 'U0OWNER', view, values: { reason: 'tone' } });
    expect(gone.errors).toEqual({ reason: expect.stringContaining('not recorded') });

    told.verbs.press = async (pressed) => {
      told.pressed.push(pressed);
      return { is: 'done' };
    };
    const sent = await space.human.submit({
      as: 'U0OWNER',
      view,
      values: { reason: 'tone is off' },
    });
    expect(sent).toEqual({ acked: true });
    expect(told.pressed.at(-1)).toEqual({
      ...base,
      verb: 'send_back',
      fields: { reason: 'tone is off' },
    });
    expect(space.human.views('U0OWNER')).toEqual([]);
  });

  test('of boxes sends what was ticked, and that nothing was; a refusal stands at the boxes', async () => {
    const rule = 'approving.yaml#CHECK-CODE@0123456789abcdef';
    const form = {
      is: 'approve',
      card: CARD,
      number: '#142.2',
      title: 'Plugin',
      draftVersion: 2,
      draftSha256: 'ab'.repeat(32),
      rule,
      because: 'Code that runs for others.',
      means: 'You answer for these files.',
      points: [
        { value: 'changes', label: 'I read every change' },
        { value: 'tested', label: 'It was tried' },
        { value: 'undo', label: 'I can take it back' },
      ],
    } as const;
    const { space, told, at } = await card(gate(), { is: 'form', form });
    await space.human.click({ as: 'U0OWNER', message: at, action: 'approve' });
    const view = await space.human.waitForView('U0OWNER');
    expect(JSON.stringify(view.blocks)).not.toContain('initial_options');
    expect(JSON.stringify(view.blocks)).toContain('You answer for these files.');

    told.verbs.press = async () => ({ is: 'refused', says: 'Ada decided this at 10:02.' });
    const late = await space.human.submit({ as: 'U0OWNER', view, values: { [rule]: [] } });
    expect(late.errors).toEqual({ [rule]: 'Ada decided this at 10:02.' });
    told.verbs.press = async (pressed) => {
      told.pressed.push(pressed);
      return { is: 'done' };
    };
    await space.human.submit({ as: 'U0OWNER', view, values: {} });
    expect(told.pressed.at(-1)).toEqual({ ...base, verb: 'approve', fields: { [rule]: '' } });

    told.verbs.press = async () => ({ is: 'form', form });
    await space.human.click({ as: 'U0OWNER', message: at, action: 'approve' });
    const again = await space.human.waitForView('U0OWNER');
    told.verbs.press = async (pressed) => {
      told.pressed.push(pressed);
      return { is: 'done' };
    };
    const values = { [rule]: ['I can take it back', 'I read every change'] };
    await space.human.submit({ as: 'U0OWNER', view: again, values });
    expect(told.pressed.at(-1)?.fields).toEqual({ [rule]: 'undo changes' });
  });

  test('of a change sends what was chosen and leaves out the rest', async () => {
    const choices = (name: string) => [
      { value: `${name}1`, label: `${name} one` },
      { value: `${name}2`, label: `${name} two` },
    ];
    const form = {
      is: 'change',
      card: CARD,
      number: '#142',
      pieces: choices('piece'),
      lanes: choices('lane'),
      personas: [],
      kinds: [{ label: 'Words', options: choices('kind') }],
      orders: [],
    } as const;
    const { space, told, at } = await card(plan(), { is: 'form', form });
    await space.human.click({ as: 'U0OWNER', message: at, action: 'Change…' });
    const view = await space.human.waitForView('U0OWNER');
    const none = await space.human.submit({ as: 'U0OWNER', view, values: { lane: 'lane two' } });
    expect(none.errors).toEqual({ piece: expect.any(String) });
    told.verbs.press = async (pressed) => {
      told.pressed.push(pressed);
      return { is: 'done', says: 'Changed.' };
    };
    await space.human.submit({
      as: 'U0OWNER',
      view,
      values: { piece: 'piece one', lane: 'lane two' },
    });
    expect(told.pressed.at(-1)?.fields).toEqual({ piece: 'piece1', lane: 'lane2' });
    const after = await space.human.waitForView('U0OWNER');
    expect(JSON.stringify(after.blocks)).toContain('Changed.');
  });
});

describe('commands and shortcuts', () => {
  test('/aios is answered to the asker alone, also when it went wrong', async () => {
    const made = await site({ room: { rehearsal: true } });
    const { space, told } = made;
    const ask = { as: 'U0OWNER', channel: 'C0PRACTICE', command: '/aios' };
    expect(await space.human.slash({ ...ask, text: 'client bind @ada & <x>' })).toEqual({
      acked: true,
    });
    await until('it was answered', () => whispers(made).length === 1);
    expect(told.commands[0]).toMatchObject({
      team: 'T0AIOS',
      channel: 'C0PRACTICE',
      user: 'U0OWNER',
      text: expect.stringContaining('& <x>'),
    });
    expect(whispers(made)).toEqual(['REHEARSAL: one\ntwo']);
    told.verbs.command = async () => {
      throw new Fault('database_gone', 'gone');
    };
    await space.human.slash({ ...ask, text: 'status' });
    await until('it was answered', () => whispers(made).length === 2);
    expect(whispers(made)[1]).toContain('not carried out');
  });

  test('a message handed over is heard as a request of whoever handed it over', async () => {
    const { space, told } = await site();
    const spot = await space.human.say({
      as: 'U0COLLEAGUE',
      channel: 'acme',
      text: 'the page is broken',
      files: [{ name: 'page.html', bytes: Buffer.from('<p>') }],
    });
    await space.human.shortcut({ as: 'U0OWNER', callback_id: 'hand_to_aios', ...spot });
    await until('it was heard', () => told.heard.length === 1);
    expect(told.heard[0]).toMatchObject({
      ...spot,
      user: 'U0OWNER',
      text: 'the page is broken',
      door: 'shortcut',
      thread: null,
      files: [{ name: 'page.html', size: 3 }],
    });
  });

  test('a new request by form stands in the direct message with its author', async () => {
    const { space, told } = await site();
    await space.human.shortcut({ as: 'U0OWNER', callback_id: 'new_request' });
    const view = await space.human.waitForView('U0OWNER');
    expect(
      (await space.human.submit({ as: 'U0OWNER', view, values: { text: '' } })).errors,
    ).toBeDefined();
    await space.human.submit({ as: 'U0OWNER', view, values: { text: 'proofread <this>' } });
    await until('it was heard', () => told.heard.length === 1);
    const dm = await space.human.dmOf('U0OWNER');
    expect(told.heard[0]).toMatchObject({
      channel: dm.id,
      text: 'proofread <this>',
      door: 'shortcut',
    });
    const [quoted] = space.human.messages(dm.id, { as: 'U0OWNER' });
    expect(quoted).toMatchObject({
      ts: told.heard[0]?.ts,
      text: 'Your request: proofread &lt;this&gt;',
    });
  });
});
