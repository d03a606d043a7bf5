import { afterEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/workspace/human/protocol.ts';
import { actions, button, closeAll, connect, section, workspace } from '../bolt.ts';

afterEach(closeAll);

describe('what people may do', () => {
  test('a guest sees only the channels they are in', async () => {
    const { human } = await workspace();
    expect(human.channels('U0GUEST').map((one) => one.name)).toEqual(['acme']);
    await expect(
      human.say({ as: 'U0GUEST', channel: 'practice', text: 'hi' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(() => human.messages('borealis', { as: 'U0GUEST' })).toThrow(
      'Expected a channel that Gil Acker (Acme) can see',
    );
  });

  test('an empty message, a message of five million characters and an empty file are refused; the next one is taken', async () => {
    const { human } = await workspace();
    await expect(human.say({ as: 'U0OWNER', channel: 'acme', text: ' ' })).rejects.toMatchObject({
      code: 'bad_input',
    });
    await expect(
      human.say({ as: 'U0OWNER', channel: 'acme', text: 'x'.repeat(5_000_000) }),
    ).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('Attach it as a file'),
    });
    await expect(
      human.say({
        as: 'U0OWNER',
        channel: 'acme',
        text: 'x',
        files: [{ name: 'a', bytes: new Uint8Array() }],
      }),
    ).rejects.toMatchObject({ code: 'bad_input' });
    expect(human.messages('acme')).toEqual([]);
    await human.say({ as: 'U0OWNER', channel: 'acme', text: 'x' });
    expect(human.messages('acme')).toHaveLength(1);
  });

  test('a file is for those who share a channel with it', async () => {
    const { human } = await workspace();
    await human.say({
      as: 'U0OWNER',
      channel: 'practice',
      text: '',
      files: [{ name: 'draft.md', bytes: Buffer.from('secret') }],
    });
    const [message] = human.messages('practice');
    const id = message?.files?.[0]?.id ?? '';
    await expect(human.download('U0GUEST', id)).rejects.toMatchObject({ code: 'not_found' });
    expect(Buffer.from(await human.download('U0COLLEAGUE', id)).toString()).toBe('secret');
  });

  test('buttons and menus go by what is written on them', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const pressed: unknown[] = [];
    app.action(/.*/, async ({ ack, action }) => {
      await ack();
      pressed.push(
        'selected_option' in action
          ? (action.selected_option as { value: string }).value
          : (action as { value?: string }).value,
      );
    });
    await start();
    const more = {
      type: 'overflow' as const,
      action_id: 'more',
      options: [
        { text: { type: 'plain_text' as const, text: 'Why' }, value: 'w' },
        { text: { type: 'plain_text' as const, text: 'Reject' }, value: 'r' },
      ],
    };
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0PRACTICE',
      text: 'card',
      blocks: [
        { ...section('x'), accessory: more },
        actions('row', button('Approve', 'approve', 'yes')),
      ],
    });
    const message = { channel: 'C0PRACTICE', ts };
    await space.human.click({ as: 'U0OWNER', message, action: 'Approve' });
    await space.human.choose({ as: 'U0OWNER', message, option: 'Why' });
    expect(pressed).toEqual(['yes', 'w']);
    await expect(space.human.click({ as: 'U0OWNER', message, action: 'Deny' })).rejects.toThrow(
      'Expected "Deny" to press, got: more ⋯ Why ⋯ Reject | Approve.',
    );
    await expect(
      space.human.click({ as: 'U0GUEST', message, action: 'Approve' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a listener hears every post, edit and whisper of the bot', async () => {
    const space = await workspace();
    const { app } = connect(space);
    const heard: Message[] = [];
    const stop = space.human.onBotMessage((one) => heard.push(one));
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'not the bot' });
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0ACME', text: 'a' });
    await app.client.chat.update({ channel: 'C0ACME', ts, text: 'b' });
    await app.client.chat.postEphemeral({ channel: 'C0ACME', user: 'U0GUEST', text: 'c' });
    stop();
    await app.client.chat.postMessage({ channel: 'C0ACME', text: 'd' });
    expect(heard.map((one) => one.text)).toEqual(['a', 'b', 'c']);
  });

  test('waiting in vain tells what was there', async () => {
    const { human } = await workspace();
    await human.say({ as: 'U0OWNER', channel: 'acme', text: 'only this' });
    await expect(
      human.waitForMessage({ channel: 'acme' }, (one) => one.bot, { timeoutMs: 20 }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: 'Expected a message in acme within 20 ms, got none. There was:\nU0OWNER: only this',
    });
  });

  test('a shortcut on a message, the home and a reaction reach the app', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    app.shortcut('hand_to_aios', async ({ ack, shortcut, client }) => {
      await ack();
      if (shortcut.type === 'message_action')
        await client.chat.postMessage({
          channel: shortcut.channel.id,
          thread_ts: shortcut.message.ts,
          text: `took: ${shortcut.message['text']}`,
        });
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [section('Waiting on you')] },
      });
    });
    await start();
    const spot = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'please audit' });
    expect(
      await space.human.shortcut({ as: 'U0OWNER', callback_id: 'hand_to_aios', ...spot }),
    ).toEqual({ acked: true });
    await space.human.waitForMessage(
      { channel: 'acme' },
      (one) => one.text === 'took: please audit' && one.thread_ts === spot.ts,
    );
    await space.human.openHome('U0OWNER');
    await space.human.waitFor(() => space.human.home('U0OWNER')?.blocks.length === 1);
    await space.human.react({ as: 'U0OWNER', message: spot, name: 'eyes' });
    expect(space.human.thread('acme', spot.ts)[0]?.reactions).toEqual([
      { name: 'eyes', users: ['U0OWNER'] },
    ]);
  });
});
