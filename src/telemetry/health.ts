import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../core/fault.ts';

/** Whether one part of AIOS works, with a word for machines that ask why not. */
export type Part = { readonly ok: boolean; readonly says: string };

export type HealthOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** Asks each part now; a part that throws counts as not working. */
  readonly parts: Readonly<Record<string, () => Promise<Part>>>;
};

export type HealthServer = { readonly url: string; close(): Promise<void> };

/**
 * Answers `GET /health` on loopback with 200 when every part works and 503 otherwise, and the parts as JSON.
 * Throws Fault `port_in_use`.
 */
export async function openHealth(options: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/health') {
      response.writeHead(404).end();
      return;
    }
    void look(options.parts).then((parts) => {
      const ok = Object.values(parts).every((part) => part.ok);
      response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok, parts }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(portFault(options.port, cause)));
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function look(parts: HealthOptions['parts']): Promise<Readonly<Record<string, Part>>> {
  const seen = await Promise.all(
    Object.entries(parts).map(async ([name, ask]) => {
      const part = await ask().catch((): Part => ({ ok: false, says: 'does not answer' }));
      return [name, part] as const;
    }),
  );
  return Object.fromEntries(seen);
}

function portFault(port: number, cause: NodeJS.ErrnoException): Error {
  if (cause.code !== 'EADDRINUSE') return cause;
  return new Fault(
    'port_in_use',
    `Port ${port} for the health endpoint is in use. Set AIOS_HEALTH_PORT to a free one, or unset it.`,
    { cause },
  );
}
