import { afterEach, expect, test } from '@jest/globals';
import { openHealth } from '../../src/telemetry/health.ts';
import type { HealthServer } from '../../src/telemetry/health.ts';

const open: HealthServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function ask(parts: Parameters<typeof openHealth>[0]['parts']) {
  const server = await openHealth({ port: 0, parts });
  open.push(server);
  const answer = await fetch(server.url);
  return { status: answer.status, body: (await answer.json()) as unknown, server };
}

test('200 when every part works', async () => {
  const { status, body } = await ask({ queue: async () => ({ ok: true, says: '0 open' }) });
  expect(status).toBe(200);
  expect(body).toEqual({ ok: true, parts: { queue: { ok: true, says: '0 open' } } });
});

test('503 when one does not, also when asking it fails', async () => {
  const { status, body } = await ask({
    queue: async () => ({ ok: true, says: '0 open' }),
    database: async () => Promise.reject(new Error('secret of the driver')),
  });
  expect(status).toBe(503);
  expect(JSON.stringify(body)).not.toContain('secret');
});

test('nothing else is served', async () => {
  const { server } = await ask({});
  expect((await fetch(server.url.replace('/health', '/'))).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
});

test('a taken port says which and what to do', async () => {
  const { server } = await ask({});
  const port = Number(new URL(server.url).port);
  await expect(openHealth({ port, parts: {} })).rejects.toMatchObject({ code: 'port_in_use' });
});
