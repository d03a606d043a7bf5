import { afterEach, describe, expect, test } from '@jest/globals';
import { client, closeAll, refusal, section, workspace } from '../../bolt.ts';

afterEach(closeAll);

describe('messages', () => {
  test('chat.postMessage refuses what Slack refuses', async () => {
    const space = await workspace();
    const { chat } = client(space);
    expect(await refusal(chat.postMessage({ channel: 'C0NOWHERE', text: 'x' }))).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await refusal(chat.postMessage({ channel: 'C0ACME', text: '' }))).toMatchObject({
      error: 'no_text',
    });
    expect(
      await refusal(chat.postMessage({ channel: 'C0ACME', text: 'x'.repeat(40_001) })),
    ).toMatchObject({ error: 'msg_too_long' });
    expect(
      await refusal(
        chat.postMessage({ channel: 'C0ACME', text: 'x', blocks: [section('y'.repeat(3001))] }),
      ),
    ).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    });
    const halves = Array.from({ length: 2 }, () => ({
      type: 'markdown' as const,
      text: 'z'.repeat(6001),
    }));
    expect(
      await refusal(chat.postMessage({ channel: 'C0ACME', text: 'x', blocks: halves })),
    ).toMatchObject({ error: 'msg_blocks_too_long' });
    expect(space.human.messages('acme')).toEqual([]);
  });

  test('a channel the bot is not in is not_in_channel when open, and not there when private', async () => {
    const people = [
      { id: 'U0OWNER', name: 'olive', realName: 'Olive', role: 'owner', title: '' },
    ] as const;
    const channel = { members: ['U0OWNER'], external: false, topic: '' };
    const space = await workspace({
      seed: {
        people,
        channels: [
          { ...channel, id: 'C0OPEN', name: 'open', kind: 'channel' },
          { ...channel, id: 'C0SHUT', name: 'shut', kind: 'private' },
        ],
      },
    });
    expect(
      await refusal(client(space).chat.postMessage({ channel: 'C0OPEN', text: 'x' })),
    ).toMatchObject({ error: 'not_in_channel' });
    expect(
      await refusal(client(space).chat.postMessage({ channel: 'C0SHUT', text: 'x' })),
    ).toMatchObject({ error: 'channel_not_found' });
  });

  test('chat.update and chat.delete touch only messages of the bot', async () => {
    const space = await workspace();
    const { chat } = client(space);
    const { ts } = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'mine' });
    expect(await refusal(chat.update({ channel: 'C0ACME', ts, text: 'yours' }))).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await refusal(chat.delete({ channel: 'C0ACME', ts }))).toMatchObject({
      error: 'cant_delete_message',
    });
    expect(
      await refusal(chat.update({ channel: 'C0ACME', ts: '1.000000', text: 'x' })),
    ).toMatchObject({ error: 'message_not_found' });
    const own = await chat.postMessage({ channel: 'C0ACME', text: 'a', blocks: [section('a')] });
    expect(
      await refusal(chat.update({ channel: 'C0ACME', ts: own.ts ?? '', text: 'x'.repeat(4001) })),
    ).toMatchObject({ error: 'msg_too_long' });
    await chat.update({ channel: 'C0ACME', ts: own.ts ?? '', text: 'b' });
    expect(space.human.messages('acme').at(-1)).toMatchObject({
      text: 'b',
      edited: { user: 'U0AIOS' },
    });
    await chat.delete({ channel: 'C0ACME', ts: own.ts ?? '' });
    expect(space.human.messages('acme').map((one) => one.text)).toEqual(['mine']);
  });

  test('an ephemeral message is for a member and seen by nobody else', async () => {
    const space = await workspace();
    const { chat } = client(space);
    await chat.postEphemeral({ channel: 'C0ACME', user: 'U0GUEST', text: 'for Gil' });
    expect(space.human.messages('acme', { as: 'U0GUEST' })).toMatchObject([
      { text: 'for Gil', ephemeral_to: 'U0GUEST' },
    ]);
    expect(space.human.messages('acme', { as: 'U0OWNER' })).toEqual([]);
    expect(
      await refusal(chat.postEphemeral({ channel: 'C0BOREALIS', user: 'U0GUEST', text: 'x' })),
    ).toMatchObject({ error: 'user_not_in_channel' });
  });
});
