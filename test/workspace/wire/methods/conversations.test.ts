import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_APP } from '../../../../src/workspace/app.ts';
import { client, closeAll, refusal, workspace } from '../../bolt.ts';

afterEach(closeAll);

describe('threads and histories', () => {
  test('metadata stays on the message and is told only where asked for', async () => {
    const scopes = new Set([...DEFAULT_APP.scopes, 'channels:history']);
    const space = await workspace({ app: { ...DEFAULT_APP, scopes } });
    const { chat, conversations } = client(space);
    const metadata = { event_type: 'aios_post', event_payload: { id: 'p1' } };
    const { ts = '' } = await chat.postMessage({ channel: 'C0ACME', text: 'root', metadata });
    const told = async (more: object) =>
      (await conversations.replies({ channel: 'C0ACME', ts, ...more })).messages?.[0]?.metadata;
    expect(await told({})).toBeUndefined();
    expect(await told({ include_all_metadata: true })).toEqual(metadata);
    expect(
      await refusal(conversations.replies({ channel: 'C0ACME', ts: '1.000000' })),
    ).toMatchObject({
      error: 'thread_not_found',
    });
  });

  test('a thread comes page by page, a history without replies and newest first', async () => {
    const scopes = new Set([...DEFAULT_APP.scopes, 'channels:history']);
    const space = await workspace({ app: { ...DEFAULT_APP, scopes } });
    const { chat, conversations } = client(space);
    await chat.postMessage({ channel: 'C0ACME', text: 'older' });
    const { ts = '' } = await chat.postMessage({ channel: 'C0ACME', text: 'root' });
    for (const text of ['1', '2', '3'])
      await chat.postMessage({ channel: 'C0ACME', thread_ts: ts, text });
    const texts: unknown[] = [];
    for await (const page of client(space).paginate('conversations.replies', {
      channel: 'C0ACME',
      ts,
      limit: 3,
    })) {
      texts.push(
        (page as unknown as { messages: { text: string }[] }).messages.map((one) => one.text),
      );
    }
    expect(texts).toEqual([['root', '1', '2'], ['3']]);
    expect((await conversations.history({ channel: 'C0ACME' })).messages).toMatchObject([
      { text: 'root', reply_count: 3 },
      { text: 'older' },
    ]);
  });
});
