import { randomUUID } from 'node:crypto';
import type { Board } from '../board.ts';
import type { Bus } from '../notices.ts';
import type { PendingEvent } from '../records.ts';
import type { Faults } from './faults.ts';
import type { Ack, Sockets } from './sockets.ts';

type Payload = Readonly<Record<string, unknown>>;
/** What the app answered to an interaction. */
export type Answered = { readonly acked: boolean; readonly body: unknown };

/** Carries envelopes to the app and waits for its word. */
export type Delivery = {
  /** Stores an event; `send()` sends what is stored. Events are sent again until acknowledged, as Slack does. */
  queue(payload: Payload): void;
  /** Sends every stored event that is not under way. Called after saving and whenever a socket opens. */
  send(): void;
  /** Sends an interaction or command once; Slack never repeats those. */
  ask(type: 'interactive' | 'slash_commands', payload: Payload): Promise<Answered>;
  /** Payloads of events sent in this run, by event_id, newest last. */
  readonly sent: ReadonlyMap<string, Payload>;
  close(): void;
};

export type DeliveryDeps = {
  readonly board: Board;
  readonly bus: Bus;
  readonly sockets: Sockets;
  readonly faults: Faults;
  readonly ackMs: number;
  readonly retryDelaysMs: readonly number[];
};

type Flight = { readonly type: string; readonly done: (payload: unknown) => void };

/** Makes the delivery over the sockets. */
export function makeDelivery(deps: DeliveryDeps): Delivery {
  const flights = new Map<string, Flight>();
  const timers = makeTimers();
  const events = makeEvents(deps, { flights, timers });
  deps.sockets.onAck((ack) => heard(deps, flights, ack));
  deps.sockets.onOpen(() => events.send());
  return {
    ...events,
    ask: (type, payload) =>
      new Promise((resolve) => {
        const envelope = randomUUID();
        const socket = deps.sockets.send({
          envelope_id: envelope,
          type,
          payload,
          accepts_response_payload: true,
        });
        if (socket === undefined) return resolve({ acked: false, body: undefined });
        deps.bus.tell({ is: 'sent', envelope, type, attempt: 0, socket });
        const stop = timers.after(deps.ackMs, () => {
          flights.delete(envelope);
          deps.bus.tell({ is: 'unacked', envelope, type, attempt: 0 });
          resolve({ acked: false, body: undefined });
        });
        flights.set(envelope, {
          type,
          done: (body) => {
            stop();
            flights.delete(envelope);
            resolve({ acked: true, body });
          },
        });
      }),
    close: () => timers.stopAll(),
  };
}

type Air = { readonly flights: Map<string, Flight>; readonly timers: Timers };

/** Events: stored, sent, sent again. Only an attempt that reached a socket counts, so nothing is lost while the app is down. */
function makeEvents(deps: DeliveryDeps, air: Air): Pick<Delivery, 'queue' | 'send' | 'sent'> {
  const { board, bus } = deps;
  const sent = new Map<string, Payload>();
  const underWay = new Set<string>();
  const attempt = (event: PendingEvent): void => {
    const envelope = randomUUID();
    const socket = deps.sockets.send(eventEnvelope(envelope, event));
    if (socket === undefined) return;
    underWay.add(event.id);
    sent.set(String(event.payload['event_id']), event.payload);
    const stop = air.timers.after(deps.ackMs, () => unacked(event, envelope));
    air.flights.set(envelope, {
      type: 'events_api',
      done: () => {
        stop();
        air.flights.delete(envelope);
        finish(event.id);
      },
    });
    bus.tell({ is: 'sent', envelope, type: 'events_api', attempt: event.attempt, socket });
  };
  const finish = (id: string): void => {
    underWay.delete(id);
    board.drop('pending', id);
    board.saved().catch(() => undefined);
  };
  const unacked = (event: PendingEvent, envelope: string): void => {
    if (board.get('pending', event.id) === undefined) return;
    bus.tell({ is: 'unacked', envelope, type: 'events_api', attempt: event.attempt });
    const delay = deps.retryDelaysMs[event.attempt];
    if (delay === undefined) {
      finish(event.id);
      return bus.tell({ is: 'given_up', envelope, type: 'events_api' });
    }
    const next = { ...event, attempt: event.attempt + 1 };
    board.put('pending', event.id, next);
    air.timers.after(delay, () => {
      underWay.delete(event.id);
      if (board.get('pending', event.id) !== undefined) attempt(next);
    });
  };
  return {
    sent,
    queue: (payload) => {
      const id = randomUUID();
      board.put('pending', id, { id, at: Number(board.nextTs()), attempt: 0, payload });
    },
    send: () => {
      const waiting = board.all('pending').filter((event) => !underWay.has(event.id));
      for (const event of waiting.sort((a, b) => a.at - b.at)) attempt(event);
    },
  };
}

function eventEnvelope(envelope: string, event: PendingEvent): Payload {
  const again = event.attempt === 0 ? {} : { retry_reason: 'timeout' };
  return {
    envelope_id: envelope,
    type: 'events_api',
    payload: event.payload,
    accepts_response_payload: false,
    retry_attempt: event.attempt,
    retry_reason: '',
    ...again,
  };
}

function heard(deps: DeliveryDeps, flights: Map<string, Flight>, ack: Ack): void {
  const flight = flights.get(ack.envelope);
  if (flight === undefined || deps.faults.takeDroppedAck()) return;
  flight.done(ack.payload);
  deps.bus.tell({ is: 'acked', envelope: ack.envelope, type: flight.type });
}

type Timers = { after(ms: number, act: () => void): () => void; stopAll(): void };

function makeTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  return {
    after: (ms, act) => {
      const timer = setTimeout(() => {
        running.delete(timer);
        act();
      }, ms);
      running.add(timer);
      return () => {
        clearTimeout(timer);
        running.delete(timer);
      };
    },
    stopAll: () => {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
