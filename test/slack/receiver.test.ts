import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { makeSocket } from '../../src/slack/receiver.ts';

/** A Slack that lets a socket in once, and leaves whoever comes again waiting at the door. */
async function openSlackThatTires() {
  const http = createServer((_request, response) => {
    const { port } = http.address() as AddressInfo;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }));
  });
  const sockets = new WebSocketServer({ noServer: true });
  const waiting: Duplex[] = [];
  let tell = (): void => undefined;
  const second = new Promise<void>((resolve) => (tell = resolve));
  let came = 0;
  http.on('upgrade', (request, socket, head) => {
    came += 1;
    if (came > 1) {
      waiting.push(socket);
      return tell();
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.send(JSON.stringify({ type: 'hello' }));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    apiUrl: new URL(`http://127.0.0.1:${port}/api/`),
    cut: () => sockets.clients.forEach((ws) => ws.terminate()),
    second,
    close: async () => {
      for (const socket of waiting) socket.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

// A rejection that nobody handles fails the test by itself; in AIOS it would end the process.
test('a socket closed while it comes back ends without a word', async () => {
  const slack = await openSlackThatTires();
  const logged: string[] = [];
  const socket = makeSocket({
    appToken: 'xapp-1',
    apiUrl: slack.apiUrl,
    log: (sentence) => void logged.push(sentence),
  });
  await socket.receiver.start();
  expect(socket.open()).toBe(true);
  slack.cut();
  await slack.second;
  await socket.close();
  expect(socket.open()).toBe(false);
  await slack.close();
});
