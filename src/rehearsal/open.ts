import { createServer, type Server } from 'node:http';
import { Fault } from '../core/fault.ts';
import { anthropic } from './anthropic.ts';
import { compose } from './compose.ts';
import { makeCopilot } from './copilot.ts';
import type { Dialect } from './dialect.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { makeScript, type ScriptLine } from './script.ts';
import { send, serveCall, type Exchange, type SeenCall, type Serving } from './serve.ts';

/** Stand-in model servers on the loopback. Every answer says in plain words that no model wrote it. */
export type Rehearsal = {
  readonly ollamaUrl: string;
  readonly anthropicUrl: string;
  /** Base of an OpenAI-compatible provider, for the seat's runtime. */
  readonly openaiUrl: string;
  /** Base of GitHub Copilot's own service, for the seat's runtime with a token. */
  readonly copilotUrl: string;
  /** What the next calls get; lines are used in the order given. */
  script(...lines: readonly ScriptLine[]): void;
  /** Every model call so far, oldest first. */
  readonly calls: readonly SeenCall[];
  close(): Promise<void>;
};

/**
 * Opens the stand-ins on 127.0.0.1, on `port` or any free one. The served model is always `rehearsal-<lane>`.
 * Throws Fault `port_in_use` when the port is taken.
 */
export async function openRehearsal(
  options: { readonly port?: number; readonly script?: readonly ScriptLine[] } = {},
): Promise<Rehearsal> {
  const script = makeScript();
  script.add(options.script ?? []);
  const calls: SeenCall[] = [];
  const serving: Serving = { script, compose, seen: (call) => calls.push(call) };
  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const copilotUrl = `${url}/copilot`;
  const dialects = [ollama, anthropic, openai, makeCopilot(copilotUrl)];
  server.on('request', (request, response) => {
    answer(dialects, { request, response }, serving).catch(() => response.destroy());
  });
  return {
    ollamaUrl: `${url}/local`,
    anthropicUrl: `${url}/senior`,
    openaiUrl: `${url}/seat`,
    copilotUrl,
    calls,
    script: (...lines) => script.add(lines),
    close: () => closeServer(server),
  };
}

async function answer(
  dialects: readonly Dialect[],
  exchange: Exchange,
  serving: Serving,
): Promise<void> {
  const { request, response } = exchange;
  const url = request.url ?? '/';
  const dialect = dialects.find((d) => url.startsWith(`/${d.mount}/`));
  if (dialect === undefined) return send(response, 404, { body: { error: 'not found' } });
  const path = url.slice(dialect.mount.length + 1).replace(/\?.*$/, '');
  if (path === dialect.path && request.method === 'POST') {
    return serveCall(dialect, exchange, serving);
  }
  request.resume();
  const body = dialect.get(path);
  if (body === undefined) return send(response, 404, { body: dialect.error(404) });
  send(response, 200, { body, headers: dialect.headers });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Fault(
          'port_in_use',
          `Expected port ${port} free for the rehearsal, got: ${cause.message}. Choose another.`,
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
