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

type Open = { readonly socket: WebSocket; readonly number: number; draining: boolean };

/** Makes the set of sockets. `pingMs` is how often each is pinged; clients give up after 30 s of silence. */
export function makeSockets(bus: Bus, pingMs: number): Sockets {
  const open = new Set<Open>();
  const hearers: Hearers = { ack: () => undefined, open: () => undefined };
  let turn = 0;
  let numbers = 0;
  const ready = (): Open[] =>
    [...open].filter((one) => !one.draining && one.socket.readyState === one.socket.OPEN);
  const tell = (): void => bus.tell({ is: 'connected', sockets: ready().length });
  return {
    attach: (socket) => {
      if (ready().length >= LIMITS.sockets) return refuse(socket);
      attach({ open, hearers, tell, next: () => (numbers += 1) }, socket, pingMs);
      socket.send(JSON.stringify(hello(ready().length)));
      tell();
      hearers.open();
    },
    send: (envelope) => {
      const all = ready();
      const one = all[turn % Math.max(1, all.length)];
      turn += 1;
      one?.socket.send(JSON.stringify(envelope));
      return one?.number;
    },
    count: () => ready().length,
    onAck: (next) => void (hearers.ack = next),
    onOpen: (next) => void (hearers.open = next),
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
      for (const one of open) one.socket.terminate();
    },
  };
}

type Hearers = { ack: (ack: Ack) => void; open: () => void };
type Hall = {
  readonly open: Set<Open>;
  readonly hearers: Hearers;
  readonly tell: () => void;
  readonly next: () => number;
};

function attach(hall: Hall, socket: WebSocket, pingMs: number): void {
  const ping = setInterval(() => socket.ping('Ping from workspace'), pingMs).unref();
  const one: Open = { socket, number: hall.next(), draining: false };
  hall.open.add(one);
  const forget = (): void => {
    clearInterval(ping);
    if (hall.open.delete(one)) hall.tell();
  };
  socket.on('message', (data: Buffer) => hear(data, (ack) => hall.hearers.ack(ack)));
  socket.on('close', forget);
  socket.on('error', forget);
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
