import { afterEach, describe, expect, test } from '@jest/globals';
import { client, closeAll, refusal, section, workspace } from '../../bolt.ts';

afterEach(closeAll);

describe('the rest', () => {
  test('the rarer refusals have the names Slack gives them', async () => {
    const space = await workspace();
    const { chat, conversations, reactions, files, views } = client(space);
    const { ts = '' } = await chat.postMessage({ channel: 'C0ACME', text: 'x' });
    const eyes = { channel: 'C0ACME', timestamp: ts, name: 'eyes' };
    await reactions.add(eyes);
    expect(await refusal(reactions.add(eyes))).toMatchObject({ error: 'already_reacted' });
    await reactions.remove(eyes);
    expect(await refusal(reactions.remove(eyes))).toMatchObject({ error: 'no_reaction' });
    expect(await refusal(reactions.add({ ...eyes, timestamp: '1.000000' }))).toMatchObject({
      error: 'message_not_found',
    });
    const metadata = { event_type: 'x' } as unknown as {
      event_type: string;
      event_payload: object;
    };
    expect(
      await refusal(
        chat.postMessage({ channel: 'C0ACME', text: 'x', metadata: metadata as never }),
      ),
    ).toMatchObject({ error: 'invalid_metadata_format' });
    expect(await refusal(conversations.open({ users: 'U0AIOS' }))).toMatchObject({
      error: 'cannot_dm_bot',
    });
    expect(await refusal(conversations.open({ users: '' }))).toMatchObject({
      error: 'users_list_not_supplied',
    });
    expect(await refusal(conversations.open({ users: 'U0OWNER,U0GUEST' }))).toMatchObject({
      error: 'too_many_users',
    });
    expect(
      await refusal(files.getUploadURLExternal({ filename: 'a', length: 2_000_000_000 })),
    ).toMatchObject({ error: 'file_upload_size_restricted' });
    const large = {
      type: 'home' as const,
      blocks: Array.from({ length: 100 }, () => section('x'.repeat(2900))),
    };
    expect(await refusal(views.publish({ user_id: 'U0OWNER', view: large }))).toMatchObject({
      error: 'view_too_large',
    });
    expect((await chat.getPermalink({ channel: 'C0ACME', message_ts: ts })).permalink).toContain(
      `/archives/C0ACME/p${ts.replace('.', '')}`,
    );
    expect((await client(space).users.list({})).members).toHaveLength(5);
    expect(
      (await conversations.list({ types: 'public_channel,private_channel' })).channels,
    ).toHaveLength(4);
    expect(await client(space).api.test({})).toMatchObject({ ok: true });
  });
});

describe('status', () => {
  test('the assistant status and prompts reach the page', async () => {
    const space = await workspace();
    const { assistant } = client(space);
    await assistant.threads.setStatus({
      channel_id: 'C0ACME',
      thread_ts: '1.000000',
      status: 'is reading',
    });
    await assistant.threads.setSuggestedPrompts({
      channel_id: 'C0ACME',
      prompts: [{ title: 'What waits?', message: 'What waits?' }],
    });
    expect(space.human.log()).toContainEqual({
      is: 'status',
      channel: 'C0ACME',
      thread_ts: '1.000000',
      text: 'is reading',
    });
    const many = Array.from({ length: 5 }, () => ({ title: 'x', message: 'x' })) as unknown as [
      { title: string; message: string },
    ];
    expect(
      await refusal(assistant.threads.setSuggestedPrompts({ channel_id: 'C0ACME', prompts: many })),
    ).toMatchObject({ error: 'invalid_arguments' });
  });
});
