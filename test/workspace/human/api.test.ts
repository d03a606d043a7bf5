import { afterEach, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/workspace/open.ts';
import { actions, button, closeAll, connect, workspace } from '../bolt.ts';

afterEach(closeAll);

/** The page's way in: the printed address, then its cookie. */
async function browser(space: Workspace) {
  const { origin } = new URL(space.url);
  const entered = await fetch(space.url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin };
  return {
    get: async (at: string) =>
      (await fetch(origin + at, { headers })).json() as Promise<Record<string, unknown>>,
    raw: (at: string, init: RequestInit = {}) => fetch(origin + at, { headers, ...init }),
    post: async (at: string, body: unknown) => {
      const answer = await fetch(origin + at, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    },
  };
}

describe('the page', () => {
  test('finds the people, its state and the messages', async () => {
    const page = await browser(await workspace());
    expect(await page.get('/human/who')).toMatchObject({
      label: 'Local workspace (AIOS built-in), not Slack',
      people: [{ id: 'U0OWNER', role: 'owner' }, {}, {}, { role: 'guest' }],
    });
    const state = await page.get('/human/state?as=U0GUEST');
    expect(state).toMatchObject({
      me: { id: 'U0GUEST' },
      bot: { id: 'U0AIOS', role: 'bot' },
      channels: [{ name: 'acme' }],
      connected: 0,
      home: null,
    });
    expect(await page.get('/human/state?as=U0NOBODY')).toMatchObject({
      ok: false,
      error: 'not_found',
    });
    expect(await page.get('/human/messages?as=U0GUEST&channel=C0PRACTICE')).toMatchObject({
      ok: false,
      error: 'not_found',
    });
  });

  test('uploads, says, clicks and downloads', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const pressed: string[] = [];
    app.action('go', async ({ ack, body }) => {
      pressed.push(body.user.id);
      await ack();
    });
    await start();
    const page = await browser(space);
    const uploaded = (await (
      await page.raw('/human/upload?as=U0OWNER&name=a%20b.md', { method: 'POST', body: '# hi' })
    ).json()) as { file: { id: string; url: string } };
    expect(uploaded.file).toMatchObject({ name: 'a b.md', size: 4, mimetype: 'text/markdown' });
    expect(
      await page.post('/human/say', {
        as: 'U0OWNER',
        channel: 'C0ACME',
        text: 'see',
        files: [uploaded.file.id],
      }),
    ).toMatchObject({ status: 200 });
    const file = await page.raw(uploaded.file.url);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%20b.md");
    expect(await file.text()).toBe('# hi');
    const { ts } = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'card',
      blocks: [actions('row', button('Go', 'go'))],
    });
    const click = {
      as: 'U0OWNER',
      at: { channel: 'C0ACME', ts },
      block_id: 'row',
      action_id: 'go',
    };
    expect(await page.post('/human/click', click)).toEqual({ status: 200, acked: true });
    expect(pressed).toEqual(['U0OWNER']);
    expect(await page.post('/human/click', { ...click, action_id: 'stop' })).toMatchObject({
      status: 404,
      error: 'not_found',
    });
    expect(await page.post('/human/click', { as: 'U0OWNER' })).toMatchObject({
      status: 400,
      error: 'bad_input',
      sentence: expect.stringContaining('"at"'),
    });
    expect(await page.post('/human/shout', {})).toMatchObject({ status: 404 });
    expect(await page.post('/human/open_dm', { as: 'U0OWNER', with: 'U0AIOS' })).toMatchObject({
      channel: { kind: 'im', name: 'AIOS' },
    });
  });

  test('the stream tells a person what they see, and nothing else', async () => {
    const space = await workspace();
    const page = await browser(space);
    const answer = await page.raw('/human/stream?as=U0GUEST');
    const reader = answer.body?.getReader();
    let text = '';
    const more = async (): Promise<void> => {
      const { value } = (await reader?.read()) ?? {};
      text += Buffer.from(value ?? new Uint8Array()).toString();
    };
    while (!text.includes('hello')) await more();
    await space.human.say({ as: 'U0OWNER', channel: 'practice', text: 'among us' });
    await space.human.dm({ as: 'U0OWNER', text: 'privately' });
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'for all' });
    while (!text.includes('for all')) await more();
    expect(text).not.toContain('among us');
    expect(text).not.toContain('privately');
    await reader?.cancel();
  });
});
