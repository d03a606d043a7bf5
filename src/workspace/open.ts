import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { Fault, sentenceOf } from '../core/fault.ts';
import { DEFAULT_APP, type AppDefinition } from './app.ts';
import { makeBoard, type Board } from './board.ts';
import { makeSessions, type Sessions } from './http/sessions.ts';
import { pathOf, serve } from './http/server.ts';
import { makeDriver, type HumanDriver } from './human/driver.ts';
import { LIMITS, RETRY_DELAYS_MS } from './limits.ts';
import { makeBus } from './notices.ts';
import { BOT, BOT_USER_ID, DEFAULT_SEED, TEAM, type Seed } from './seed.ts';
import type { WorkspaceState } from './state.ts';
import { makeDelivery } from './wire/delivery.ts';
import { makeFaults } from './wire/faults.ts';
import { makeKeys } from './wire/keys.ts';
import { makeSockets } from './wire/sockets.ts';
import type { Wire } from './wire/wire.ts';

export type WorkspaceOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly state: WorkspaceState;
  /** What the app may do and offers; `appFromManifest` reads it from slack-manifest.json. Default DEFAULT_APP. */
  readonly app?: AppDefinition;
  /** People and channels put in where the state knows none of that id. Default DEFAULT_SEED. */
  readonly seed?: Seed;
  /** Tokens of the app; default random ones. A restarted workspace needs the old ones for an app that stayed up. */
  readonly tokens?: { readonly bot: string; readonly app: string };
  /** Epoch milliseconds. Default Date.now. */
  readonly clock?: () => number;
  readonly ackMs?: number;
  readonly retryDelaysMs?: readonly number[];
  /** Folder of the compiled page; without it there is only the wire. */
  readonly pageFolder?: string;
  /** Tells the page to show the REHEARSAL mark. */
  readonly rehearsal?: boolean;
};

export type Workspace = {
  /** The page's address with its one-time token, to print. */
  readonly url: string;
  /** For the WebClient's and Bolt's `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly botUserId: string;
  readonly teamId: string;
  /** Acts as the people in the workspace, and hears all that happens in it. */
  readonly human: HumanDriver;
  /** Stops serving; the state stays open for whoever made it. */
  close(): Promise<void>;
};

const PING_MS = 10_000;

/**
 * Opens the local workspace on loopback: the Slack that Bolt connects to, and the page people use.
 * Throws Fault `port_in_use`, `database_gone`.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const server = createServer();
  const port = (): number => (server.address() as AddressInfo).port;
  const wire = await makeWire(options, () => `http://127.0.0.1:${port()}`);
  const sessions = makeSessions(port);
  const sockets = answerOn(server, { wire, sessions, options });
  await listen(server, options.port);
  return {
    url: sessions.address(wire.base()),
    apiUrl: `${wire.base()}/api/`,
    botToken: wire.tokens.bot,
    appToken: wire.tokens.app,
    botUserId: BOT_USER_ID,
    teamId: TEAM.id,
    human: makeDriver(wire),
    close: () => shut(server, sockets, wire),
  };
}

async function makeWire(options: WorkspaceOptions, base: () => string): Promise<Wire> {
  const clock = options.clock ?? Date.now;
  const bus = makeBus();
  const board = await makeBoard(options.state, clock);
  await plant(board, options.seed ?? DEFAULT_SEED);
  const faults = makeFaults();
  const sockets = makeSockets(bus, PING_MS);
  const { ackMs = LIMITS.ackMs, retryDelaysMs = RETRY_DELAYS_MS } = options;
  return {
    board,
    bus,
    faults,
    sockets,
    app: options.app ?? DEFAULT_APP,
    delivery: makeDelivery({ board, bus, sockets, faults, ackMs, retryDelaysMs }),
    keys: makeKeys(clock),
    tokens: options.tokens ?? { bot: `xoxb-local-${secret()}`, app: `xapp-local-${secret()}` },
    base,
  };
}

/** Puts in what the state does not have yet; what people changed since stays. */
async function plant(board: Board, seed: Seed): Promise<void> {
  for (const person of [BOT, ...seed.people]) {
    if (board.get('person', person.id) === undefined) board.put('person', person.id, person);
  }
  for (const channel of seed.channels) {
    const created = Math.floor(board.now() / 1000);
    if (board.get('channel', channel.id) === undefined)
      board.put('channel', channel.id, { ...channel, created });
  }
  await board.saved();
}

type Site = {
  readonly wire: Wire;
  readonly sessions: Sessions;
  readonly options: WorkspaceOptions;
};

function answerOn(server: Server, { wire, sessions, options }: Site): WebSocketServer {
  const site = {
    wire,
    sessions,
    pageFolder: options.pageFolder,
    rehearsal: options.rehearsal ?? false,
  };
  const sockets = new WebSocketServer({ noServer: true });
  server.on('request', (request, response) => void serve(site, request, response));
  server.on('upgrade', (request, stream, head) => {
    const ticket = new URL(request.url ?? '/', wire.base()).searchParams.get('ticket') ?? '';
    const good =
      pathOf(request).startsWith('/link') &&
      sessions.hostRefusal(request) === undefined &&
      wire.keys.useTicket(ticket);
    if (!good) return void stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, stream, head, (socket) => wire.sockets.attach(socket));
  });
  return sockets;
}

/** Loopback only: whoever reaches this server can act as the owner. */
async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: '127.0.0.1' }, resolve);
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Fault(
      'port_in_use',
      `Expected port ${port} to be free for the workspace, got one in use. Stop what uses it, or set AIOS_PORT to another one.`,
      { cause },
    );
  }
}

async function shut(server: Server, sockets: WebSocketServer, wire: Wire): Promise<void> {
  wire.delivery.close();
  wire.sockets.cut();
  sockets.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  await wire.board.saved().catch((thrown: unknown) => {
    throw new Fault(
      'database_gone',
      `Expected to save the workspace's last changes, got: ${sentenceOf(thrown)}`,
      { cause: thrown, retry: true },
    );
  });
}

function secret(): string {
  return randomBytes(18).toString('hex');
}
