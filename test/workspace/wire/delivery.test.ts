import { afterEach, describe, expect, test } from '@jest/globals';
import { memoryState } from '../../../src/workspace/state.ts';
import type { Notice } from '../../../src/workspace/notices.ts';
import { closeAll, connect, workspace } from '../bolt.ts';

afterEach(closeAll);

const sent = (notices: readonly Notice[]) =>
  notices.filter((one): one is Extract<Notice, { is: 'sent' }> => one.is === 'sent');

describe('events', () => {
  test('an event not acknowledged comes again with the same event_id and a retry number', async () => {
    const space = await workspace({ ackMs: 300 });
    const { app, start } = connect(space);
    const seen: [string, number | undefined, string | undefined][] = [];
    app.event('app_mention', async ({ body, context }) => {
      seen.push([body.event_id, context.retryNum, context.retryReason]);
    });
    await start();
    space.human.faults.dropAcks(1);
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios hello' });
    await space.human.waitFor(() => seen.length === 2 || undefined);
    expect(seen[0]?.[0]).toBe(seen[1]?.[0]);
    expect(seen.map(([, attempt]) => attempt)).toEqual([0, 1]);
    expect(seen[1]?.[2]).toBe('timeout');
  });

  test('an event is given up after three repeats', async () => {
    const space = await workspace({ ackMs: 30 });
    const { start } = connect(space);
    await start();
    space.human.faults.dropAcks(4);
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios hello' });
    await space.human.waitFor(() => space.human.log().some((one) => one.is === 'given_up'));
    expect(sent(space.human.log()).map((one) => one.attempt)).toEqual([0, 1, 2, 3]);
  });

  test('with two sockets each payload goes to exactly one, in turn', async () => {
    const space = await workspace();
    const { app, start } = connect(space, 2);
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => {
      seen.push(event.text);
    });
    await start();
    for (let i = 0; i < 6; i += 1) {
      await space.human.say({ as: 'U0OWNER', channel: 'acme', text: `@aios ${i}` });
    }
    await space.human.waitFor(
      () => space.human.log().filter((one) => one.is === 'acked').length === 6,
    );
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
    const sockets = sent(space.human.log()).map((one) => one.socket);
    expect(sockets.filter((one) => one === sockets[0])).toHaveLength(3);
  });

  test('a refreshed socket gets nothing more, the app comes back by itself and hears what it missed', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => {
      seen.push(event.text);
    });
    await start();
    space.human.faults.disconnectSockets(true);
    expect(space.human.sockets()).toBe(0);
    expect(
      await space.human.slash({ as: 'U0OWNER', channel: 'acme', command: '/aios', text: 'status' }),
    ).toEqual({ acked: false });
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios in the gap' });
    await space.human.waitFor(() => seen.length === 1 || undefined);
    expect(space.human.sockets()).toBe(1);
  });

  test('the eleventh socket is refused', async () => {
    const space = await workspace();
    const { start } = connect(space, 10);
    await start();
    const opened = await fetch(`${space.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${space.appToken}` },
    });
    const { url } = (await opened.json()) as { url: string };
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(url);
    const first = await new Promise<string>((resolve) =>
      socket.once('message', (data: Buffer) => resolve(data.toString())),
    );
    expect(JSON.parse(first)).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await new Promise((resolve) => socket.once('close', resolve));
    const again = new WebSocket(url);
    await expect(new Promise((_resolve, reject) => again.once('error', reject))).rejects.toThrow(
      '403',
    );
  });

  test('a message in a channel is heard only with its scope, a direct message as message.im', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const seen: unknown[] = [];
    app.event('message', async ({ event }) => {
      seen.push((event as { channel_type: string }).channel_type);
    });
    app.event('app_mention', async () => {
      seen.push('app_mention');
    });
    await start();
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'among people' });
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios you' });
    await space.human.dm({ as: 'U0OWNER', text: '@aios privately' });
    await space.human.waitFor(() => seen.length === 2 || undefined);
    expect(seen).toEqual(['app_mention', 'im']);
  });

  test('an event comes again under another event_id, and any event can be sent', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const seen: string[] = [];
    app.event('app_mention', async ({ body, event }) => {
      seen.push(`${body.event_id} ${event.text}`);
    });
    await start();
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios x' });
    await space.human.waitFor(() => seen.length === 1 || undefined);
    const [id = ''] = space.human.faults.eventIds();
    await space.human.faults.redeliver(id, 'EvOTHER');
    await space.human.faults.deliver({
      type: 'app_mention',
      user: 'U0OWNER',
      text: 'x'.repeat(5_000_000),
      ts: '1.000001',
      channel: 'C0ACME',
      event_ts: '1.000001',
    });
    await space.human.waitFor(() => seen.length === 3 || undefined);
    expect(seen[1]).toMatch(/^EvOTHER /);
    expect(seen[2]?.length).toBeGreaterThan(5_000_000);
  });
});

describe('a restart', () => {
  test('keeps messages, files and people, and sends what was not acknowledged', async () => {
    const state = memoryState();
    const tokens = { bot: 'xoxb-fixed', app: 'xapp-fixed' };
    const before = await workspace({ state, tokens });
    const spot = await before.human.say({
      as: 'U0OWNER',
      channel: 'acme',
      text: '@aios early',
      files: [{ name: 'a.txt', bytes: Buffer.from('abc') }],
    });
    await closeAll();
    const space = await workspace({ state, tokens });
    const { app, start } = connect(space);
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => {
      seen.push(event.ts);
    });
    await start();
    await space.human.waitFor(() => seen.length === 1 || undefined);
    expect(seen).toEqual([spot.ts]);
    const [message] = space.human.messages('acme');
    expect(message).toMatchObject({ ts: spot.ts, text: '<@U0AIOS> early' });
    expect(
      Buffer.from(await space.human.download('U0GUEST', message?.files?.[0]?.id ?? '')).toString(),
    ).toBe('abc');
    const later = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'later' });
    expect(later.ts > spot.ts).toBe(true);
  });
});
