import { afterEach, describe, expect, test } from '@jest/globals';
import { closeAll, connect, workspace } from '../bolt.ts';

afterEach(closeAll);

describe('a response_url', () => {
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
