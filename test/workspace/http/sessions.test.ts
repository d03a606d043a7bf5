import { request } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/workspace/open.ts';
import { closeAll, workspace } from '../bolt.ts';

afterEach(closeAll);

type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A request with exactly these headers; fetch would set Host and Origin itself. */
function ask(
  space: Workspace,
  at: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { port } = new URL(space.apiUrl);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: at,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

async function enter(space: Workspace): Promise<{ cookie: string; origin: string }> {
  const { pathname, search, origin } = new URL(space.url);
  const answer = await ask(space, pathname + search);
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '', origin };
}

describe('the sessions of the page', () => {
  test('the printed address lets one browser in, once, with a strict cookie', async () => {
    const space = await workspace();
    const { pathname, search } = new URL(space.url);
    const first = await ask(space, pathname + search);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(String(first.headers['set-cookie'])).toMatch(
      /^aios_workspace_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const second = await ask(space, pathname + search);
    expect(second).toMatchObject({ status: 401 });
    expect(second.headers['set-cookie']).toBeUndefined();
    expect((await ask(space, '/?token=guess')).status).toBe(401);
  });

  test('another host name is refused everywhere', async () => {
    const space = await workspace();
    for (const at of ['/', '/human/who', '/api/auth.test', '/files/F1/x', '/response/x']) {
      expect([at, (await ask(space, at, { headers: { host: 'evil.example' } })).status]).toEqual([
        at,
        421,
      ]);
    }
  });

  test('without the cookie nothing of people can be read or done', async () => {
    const space = await workspace();
    for (const at of [
      '/human/who',
      '/human/state?as=U0OWNER',
      '/human/stream?as=U0OWNER',
      '/human/messages?as=U0OWNER&channel=C0ACME',
    ]) {
      expect([at, (await ask(space, at)).status]).toEqual([at, 401]);
    }
    const said = await ask(space, '/human/say', {
      method: 'POST',
      body: JSON.stringify({ as: 'U0OWNER', channel: 'C0ACME', text: 'x' }),
    });
    expect(said.status).toBe(401);
    expect(
      (await ask(space, '/human/who', { headers: { cookie: 'aios_workspace_1=x' } })).status,
    ).toBe(401);
  });

  test('a write needs our own origin, a read must not come from another site', async () => {
    const space = await workspace();
    const { cookie, origin } = await enter(space);
    const write = (headers: Record<string, string>) =>
      ask(space, '/human/say', {
        method: 'POST',
        headers: { cookie, ...headers },
        body: JSON.stringify({ as: 'U0OWNER', channel: 'C0ACME', text: 'x' }),
      });
    expect((await write({})).status).toBe(403);
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: 'null' })).status).toBe(403);
    expect(space.human.messages('acme')).toEqual([]);
    expect((await write({ origin })).status).toBe(200);
    expect(space.human.messages('acme')).toHaveLength(1);
    expect(
      (await ask(space, '/human/who', { headers: { cookie, 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403);
    expect(
      (await ask(space, '/human/who', { headers: { cookie, 'sec-fetch-site': 'same-origin' } }))
        .status,
    ).toBe(200);
  });

  test('no answer invites other origins, every answer carries the policy', async () => {
    const space = await workspace();
    const { cookie } = await enter(space);
    const answer = await ask(space, '/human/who', {
      method: 'GET',
      headers: { cookie, origin: 'https://evil.example' },
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('the page is served from its folder and nothing outside it', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'workspace-page-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
    const space = await workspace({ pageFolder: folder });
    const { cookie } = await enter(space);
    expect(await ask(space, '/', { headers: { cookie } })).toMatchObject({
      status: 200,
      body: '<!doctype html>',
    });
    for (const at of [
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/package.json',
      '/../package.json',
      '/none.js',
      '/a%00.js',
    ]) {
      expect([at, (await ask(space, at, { headers: { cookie } })).status]).toEqual([at, 404]);
    }
    expect((await ask(space, '/')).status).toBe(401);
    rmSync(folder, { recursive: true });
  });

  test('a foreign socket ticket is refused', async () => {
    const space = await workspace();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(
      `${space.apiUrl.replace('http', 'ws').replace('/api/', '')}/link/?ticket=guess`,
    );
    await expect(new Promise((_resolve, reject) => socket.once('error', reject))).rejects.toThrow(
      '403',
    );
  });
});
