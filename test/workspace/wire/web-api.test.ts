import { afterEach, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/workspace/open.ts';
import { client, closeAll, refusal, workspace } from '../bolt.ts';

afterEach(closeAll);

const post = (space: Workspace, path: string, init: RequestInit) =>
  fetch(`${space.apiUrl}${path}`, { method: 'POST', ...init });

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
