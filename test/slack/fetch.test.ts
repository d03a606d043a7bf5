import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Around } from '../../src/slack/around.ts';
import { fetchFiles } from '../../src/slack/fetch.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

type Asked = { url: string; token: string | undefined };

/** A server that counts who asks it, and answers `/login` for a file as Slack does without the scope. */
async function server(): Promise<{ origin: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const listening = createServer((request, response) => {
    asked.push({ url: request.url ?? '', token: request.headers.authorization });
    if (request.url === '/away') response.writeHead(302, { location: '/login' }).end();
    else if (request.url === '/endless') response.end('x'.repeat(5000));
    else response.end('<html>sign in</html>');
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  closers.push(() => listening.close());
  return { origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, asked };
}

/** The part of the room that fetching uses: Slack says where the file is. */
function around(api: string, file: Record<string, unknown>): Around {
  const reads = { files: { info: async () => ({ ok: true, file }) } };
  return {
    reads,
    apiUrl: new URL(`${api}/api/`),
    botToken: 'xoxb-secret',
    fileCap: 1000,
  } as unknown as Around;
}
const FILE = { id: 'F1', name: 'page.html', size: 20, mime: 'text/html' };

describe('the bytes of a file', () => {
  test('are never asked of another host: the token stays', async () => {
    const { origin, asked } = await server();
    const other = await server();
    for (const url_private of [
      `${other.origin}/x`,
      'https://files.slack.com.evil.example/x',
      'http://files.slack.com/x',
      'not an address',
    ])
      await expect(fetchFiles(around(origin, { url_private }), [FILE])).rejects.toMatchObject({
        code: 'not_allowed',
      });
    await expect(
      fetchFiles(around('https://slack.com', { url_private: `${origin}/x` }), [FILE]),
    ).rejects.toMatchObject({ code: 'not_allowed' });
    expect([...asked, ...other.asked]).toEqual([]);
  });

  test('follow no redirect, and a sign-in page is not taken for the file', async () => {
    const { origin, asked } = await server();
    const at = (path: string, size: number) => around(origin, { url_private: origin + path, size });
    await expect(fetchFiles(at('/away', 20), [FILE])).rejects.toMatchObject({ code: 'slack_gone' });
    expect(asked).toEqual([{ url: '/away', token: 'Bearer xoxb-secret' }]);
    await expect(fetchFiles(at('/login', 999), [FILE])).rejects.toMatchObject({
      code: 'not_allowed',
      message: expect.stringContaining('files:read'),
    });
  });

  test('are cut off at the cap even if Slack called the file small', async () => {
    const { origin } = await server();
    const room = around(origin, { url_private: `${origin}/endless`, size: 10 });
    await expect(fetchFiles(room, [FILE])).rejects.toMatchObject({
      code: 'too_large',
      retry: false,
    });
  });
});
