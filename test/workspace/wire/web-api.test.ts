import { afterEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { DEFAULT_APP } from '../../../src/workspace/app.ts';
import type { Workspace } from '../../../src/workspace/open.ts';
import {
  actions,
  button,
  closeAll,
  connect,
  modal,
  refusal,
  section,
  SILENT,
  workspace,
} from '../bolt.ts';

afterEach(closeAll);

const client = (space: Workspace, token = space.botToken) =>
  new WebClient(token, {
    slackApiUrl: space.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });

const post = (space: Workspace, path: string, init: RequestInit) =>
  fetch(`${space.apiUrl}${path}`, { method: 'POST', ...init });

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

  test('metadata stays on the message and is told only where asked for', async () => {
    const space = await workspace({
      app: { ...DEFAULT_APP, scopes: new Set([...DEFAULT_APP.scopes, 'channels:history']) },
    });
    const web = client(space);
    const metadata = { event_type: 'aios_post', event_payload: { id: 'p1' } };
    const root = await web.chat.postMessage({ channel: 'C0ACME', text: 'root', metadata });
    const ask = { channel: 'C0ACME', ts: root.ts ?? '' };
    expect((await web.conversations.replies(ask)).messages?.[0]?.metadata).toBeUndefined();
    expect(
      (await web.conversations.replies({ ...ask, include_all_metadata: true })).messages?.[0]
        ?.metadata,
    ).toEqual(metadata);
    for (const text of ['1', '2', '3'])
      await web.chat.postMessage({ channel: 'C0ACME', thread_ts: root.ts ?? '', text });
    const first = await web.conversations.replies({ ...ask, limit: 3 });
    const rest = await web.conversations.replies({
      ...ask,
      limit: 3,
      cursor: first.response_metadata?.next_cursor ?? '',
    });
    expect([...(first.messages ?? []), ...(rest.messages ?? [])].map((one) => one.text)).toEqual([
      'root',
      '1',
      '2',
      '3',
    ]);
    expect((await web.conversations.history({ channel: 'C0ACME' })).messages).toMatchObject([
      { text: 'root', reply_count: 3 },
    ]);
    expect(
      await refusal(web.conversations.replies({ channel: 'C0ACME', ts: '1.000000' })),
    ).toMatchObject({ error: 'thread_not_found' });
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

describe('rights', () => {
  test('tokens are told apart', async () => {
    const space = await workspace();
    expect(await refusal(client(space, 'xoxb-wrong').auth.test())).toMatchObject({
      error: 'invalid_auth',
    });
    expect(await refusal(client(space).apps.connections.open({}))).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await (await post(space, 'auth.test', {})).json()).toEqual({
      ok: false,
      error: 'not_authed',
    });
    expect(await client(space).auth.test()).toMatchObject({ user_id: 'U0AIOS', team_id: 'T0AIOS' });
  });

  test('a call without its scope is missing_scope', async () => {
    const space = await workspace();
    expect(await refusal(client(space).conversations.history({ channel: 'C0ACME' }))).toMatchObject(
      { error: 'missing_scope', needed: 'channels:history' },
    );
    expect(
      await refusal(client(space).conversations.replies({ channel: 'C0PRACTICE', ts: '1' })),
    ).toMatchObject({ error: 'missing_scope', needed: 'groups:history' });
  });

  test('an unknown method is an error and noted', async () => {
    const space = await workspace();
    expect(await refusal(client(space).apiCall('chat.shout', {}))).toMatchObject({
      error: 'unknown_method',
    });
    expect(await refusal(client(space).apiCall('toString', {}))).toMatchObject({
      error: 'unknown_method',
    });
    expect(space.human.log()).toContainEqual({
      is: 'call',
      method: 'chat.shout',
      args: {},
      error: 'unknown_method',
    });
  });

  test('guests and strangers show as such in users.info, shared channels in conversations.info', async () => {
    const space = await workspace({
      seed: {
        people: [
          {
            id: 'U0GUEST',
            name: 'gil',
            realName: 'Gil',
            role: 'guest',
            title: '',
            singleChannel: true,
          },
          { id: 'U0STRANGER', name: 'sam', realName: 'Sam', role: 'stranger', title: '' },
        ],
        channels: [
          {
            id: 'C0X',
            name: 'x',
            kind: 'channel',
            members: ['U0GUEST', 'U0AIOS'],
            external: true,
            topic: '',
          },
        ],
      },
    });
    const web = client(space);
    expect((await web.users.info({ user: 'U0GUEST' })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect((await web.users.info({ user: 'U0STRANGER' })).user).toMatchObject({
      is_stranger: true,
      is_restricted: false,
    });
    expect((await web.conversations.info({ channel: 'C0X' })).channel).toMatchObject({
      is_ext_shared: true,
      is_private: false,
    });
    expect((await web.conversations.members({ channel: 'C0X' })).members).toEqual([
      'U0GUEST',
      'U0AIOS',
    ]);
    expect(await refusal(web.users.info({ user: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    });
    expect((await web.conversations.open({ users: 'U0GUEST' })).channel).toMatchObject({
      is_im: true,
      user: 'U0GUEST',
    });
  });

  test('JSON and form bodies mean the same', async () => {
    const space = await workspace();
    const headers = { authorization: `Bearer ${space.botToken}` };
    const blocks = [{ type: 'divider' }];
    const json = await post(space, 'chat.postMessage', {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0ACME', text: '[1]', blocks }),
    });
    const form = await post(space, 'chat.postMessage', {
      headers,
      body: new URLSearchParams({ channel: 'C0ACME', text: '[1]', blocks: JSON.stringify(blocks) }),
    });
    expect([
      ((await json.json()) as { ok: boolean }).ok,
      ((await form.json()) as { ok: boolean }).ok,
    ]).toEqual([true, true]);
    expect(
      space.human.messages('acme').map(({ text, blocks: kept }) => [text, kept?.[0]?.type]),
    ).toEqual([
      ['[1]', 'divider'],
      ['[1]', 'divider'],
    ]);
  });

  test('a failure can be injected before or after the call takes effect', async () => {
    const space = await workspace();
    const { chat } = client(space);
    space.human.faults.failNext('chat.postMessage', { status: 500 });
    await expect(chat.postMessage({ channel: 'C0ACME', text: 'lost' })).rejects.toThrow();
    expect(space.human.messages('acme')).toEqual([]);
    space.human.faults.failNext('chat.postMessage', { status: 500, afterwards: true });
    await expect(chat.postMessage({ channel: 'C0ACME', text: 'posted' })).rejects.toThrow();
    expect(space.human.messages('acme')).toMatchObject([{ text: 'posted' }]);
    space.human.faults.failNext('chat.postMessage', { retryAfter: 7 });
    await expect(chat.postMessage({ channel: 'C0ACME', text: 'limited' })).rejects.toMatchObject({
      retryAfter: 7,
    });
    await chat.postMessage({ channel: 'C0ACME', text: 'well' });
  });
});

describe('views', () => {
  const card = [actions('row', button('Open', 'open'))];

  test('a trigger opens one view, within three seconds', async () => {
    let now = 1_000_000_000_000;
    const space = await workspace({ clock: () => now });
    const { app, start } = connect(space);
    const triggers: string[] = [];
    app.action('open', async ({ ack, body }) => {
      if ('trigger_id' in body) triggers.push(body.trigger_id);
      await ack();
    });
    await start();
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'x',
      blocks: card,
    });
    const press = () =>
      space.human.click({ as: 'U0OWNER', message: { channel: 'C0ACME', ts }, action: 'Open' });
    await press();
    await press();
    const [first = '', second = ''] = triggers;
    const { views } = client(space);
    await views.open({ trigger_id: first, view: modal('m') });
    expect(await refusal(views.open({ trigger_id: first, view: modal('m') }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    now += 3001;
    expect(await refusal(views.open({ trigger_id: second, view: modal('m') }))).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await refusal(views.open({ trigger_id: 'made.up', view: modal('m') }))).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  test('three views stack at most, the app may push, update, clear and hear of closing', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const heard: string[] = [];
    let trigger = '';
    app.action('open', async ({ ack, body, client: web }) => {
      await ack();
      if ('trigger_id' in body)
        await web.views.open({
          trigger_id: body.trigger_id,
          view: { ...modal('m'), notify_on_close: true },
        });
    });
    app.view('m', async ({ ack, view, body }) => {
      trigger = (body as unknown as { trigger_id: string }).trigger_id;
      const said = view.state.values['reason']?.['text']?.value;
      const next = { ...modal('m'), notify_on_close: true, private_metadata: 'kept' };
      if (said === 'push') return ack({ response_action: 'push', view: next });
      if (said === 'clear') return ack({ response_action: 'clear' });
      return ack({ response_action: 'update', view: next });
    });
    app.view({ callback_id: 'm', type: 'view_closed' }, async ({ ack }) => {
      heard.push('closed');
      await ack();
    });
    await start();
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'x',
      blocks: card,
    });
    await space.human.click({ as: 'U0OWNER', message: { channel: 'C0ACME', ts }, action: 'Open' });
    const say = async (text: string) => {
      const view = await space.human.waitForView('U0OWNER');
      await space.human.submit({ as: 'U0OWNER', view, values: { reason: text } });
      return space.human.views('U0OWNER').length;
    };
    expect([await say('update'), await say('push'), await say('push')]).toEqual([1, 2, 3]);
    expect(
      await refusal(client(space).views.push({ trigger_id: trigger, view: modal('m') })),
    ).toMatchObject({ error: 'push_limit_reached' });
    const top = await space.human.waitForView('U0OWNER');
    expect(await space.human.closeView({ as: 'U0OWNER', view: top })).toEqual({ acked: true });
    expect(heard).toEqual(['closed']);
    expect(await say('clear')).toBe(0);
  });

  test('a view too long is invalid_arguments, an update of another version hash_conflict', async () => {
    const space = await workspace();
    const web = client(space);
    const long = { ...modal('m'), title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
    expect(await refusal(web.views.open({ trigger_id: 'x', view: long }))).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
    });
    expect(await refusal(web.views.update({ view_id: 'V0NONE', view: modal('m') }))).toMatchObject({
      error: 'not_found',
    });
    const home = { type: 'home' as const, blocks: [section('Waiting on you')] };
    await web.views.publish({ user_id: 'U0OWNER', view: home });
    expect(space.human.home('U0OWNER')?.blocks[0]?.type).toBe('section');
    expect(
      await refusal(web.views.publish({ user_id: 'U0OWNER', view: home, hash: 'old' })),
    ).toMatchObject({ error: 'hash_conflict' });
  });
});

describe('files', () => {
  test('uploads ask for a name and a size, and share only what arrived', async () => {
    const space = await workspace();
    const { files } = client(space);
    expect(
      await refusal(files.getUploadURLExternal({ filename: 'a.txt', length: 0 })),
    ).toMatchObject({ error: 'file_upload_size_zero' });
    const { file_id = '', upload_url = '' } = await files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    expect(await refusal(files.completeUploadExternal({ files: [{ id: file_id }] }))).toMatchObject(
      { error: 'file_not_found' },
    );
    expect(await (await fetch(upload_url, { method: 'POST', body: 'abc' })).text()).toBe('OK - 3');
    expect((await fetch(upload_url, { method: 'POST', body: 'other' })).status).toBe(404);
    await files.completeUploadExternal({
      files: [{ id: file_id, title: 'A' }],
      channel_id: 'C0ACME',
    });
    const told = (await files.info({ file: file_id })).file;
    expect(told).toMatchObject({ name: 'a.txt', title: 'A', size: 3, mimetype: 'text/plain' });
    expect(Object.keys(told?.shares?.public ?? {})).toEqual(['C0ACME']);
  });
});

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
    expect(await refusal(conversations.open({}))).toMatchObject({
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

  test('a response_url dies after thirty minutes', async () => {
    let now = 1_000_000_000_000;
    const space = await workspace({ clock: () => now });
    const { app, start } = connect(space);
    let url = '';
    app.command('/aios', async ({ ack, command }) => {
      url = command.response_url;
      await ack();
    });
    await start();
    await space.human.slash({ as: 'U0OWNER', channel: 'acme', command: '/aios', text: '' });
    const say = async () =>
      (await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status;
    expect(await say()).toBe(200);
    now += 30 * 60_000 + 1;
    expect(await say()).toBe(404);
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
