import type { WebSocket } from 'ws';
import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { Bus } from '../notices.ts';
import { APP_ID } from '../seed.ts';

const ackShape = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export type Ack = { readonly envelope: string; readonly payload: unknown };

/** The app's open sockets. Each payload goes to exactly one of them, in turn. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type Sockets = {
  attach(socket: WebSocket): void;
  /** Sends to the next socket in turn and gives its number; undefined when none is open. */
  send(envelope: Readonly<Record<string, unknown>>): number | undefined;
  count(): number;
  onAck(hear: (ack: Ack) => void): void;
  onOpen(hear: () => void): void;
  /** Asks every open socket to reconnect, as Slack does every few hours. Nothing more is sent to them. */
  refresh(): void;
  /** Cuts every socket without a word. */
  cut(): void;
};

type Open = {
  readonly socket: WebSocket;
  readonly number: number;
  draining: boolean;
  readonly ping: NodeJS.Timeout;
};

/** Makes the set of sockets. `pingMs` is how often each is pinged; clients give up after 30 s of silence. */
export function makeSockets(bus: Bus, pingMs: number): Sockets {
  const open = new Set<Open>();
  let hearAck: (ack: Ack) => void = () => undefined;
  let hearOpen: () => void = () => undefined;
  let numbers = 0;
  let turn = 0;
  const ready = (): Open[] =>
    [...open].filter((one) => !one.draining && one.socket.readyState === one.socket.OPEN);
  const tell = (): void => bus.tell({ is: 'connected', sockets: ready().length });
  const forget = (one: Open): void => {
    clearInterval(one.ping);
    if (open.delete(one)) tell();
  };
  return {
    attach: (socket) => {
      if (ready().length >= LIMITS.sockets) return refuse(socket);
      numbers += 1;
      const ping = setInterval(() => socket.ping('Ping from workspace'), pingMs).unref();
      const one: Open = { socket, number: numbers, draining: false, ping };
      open.add(one);
      socket.on('message', (data: Buffer) => hear(data, hearAck));
      socket.on('close', () => forget(one));
      socket.on('error', () => forget(one));
      socket.send(JSON.stringify(hello(ready().length)));
      tell();
      hearOpen();
    },
    send: (envelope) => {
      const all = ready();
      const one = all[turn % Math.max(1, all.length)];
      turn += 1;
      one?.socket.send(JSON.stringify(envelope));
      return one?.number;
    },
    count: () => ready().length,
    onAck: (next) => void (hearAck = next),
    onOpen: (next) => void (hearOpen = next),
    refresh: () => {
      for (const one of ready()) {
        one.draining = true;
        one.socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: debug() }),
        );
      }
      tell();
    },
    cut: () => {
      for (const one of open) {
        clearInterval(one.ping);
        one.socket.terminate();
      }
    },
  };
}

function refuse(socket: WebSocket): void {
  socket.send(
    JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debug() }),
  );
  socket.close();
}

function hello(connections: number): Record<string, unknown> {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: APP_ID },
    debug_info: { ...debug(), approximate_connection_time: 18_060 },
  };
}

function debug(): Record<string, unknown> {
  return { host: 'aios-workspace', build_number: 1 };
}

function hear(data: Buffer, hearAck: (ack: Ack) => void): void {
  const read = ackShape.safeParse(parse(data.toString('utf8')));
  if (read.success) hearAck({ envelope: read.data.envelope_id, payload: read.data.payload });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
