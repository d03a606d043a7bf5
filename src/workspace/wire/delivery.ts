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
  /** Payloads of the latest events sent in this run, by event_id, newest last. */
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
/** Events under way, by the id of their record, and all payloads sent in this run. */
type Way = Air & { readonly underWay: Set<string>; readonly sent: Map<string, Payload> };

/** Events: stored, sent, sent again. Only an attempt that reached a socket counts, so nothing is lost while the app is down. */
function makeEvents(deps: DeliveryDeps, air: Air): Pick<Delivery, 'queue' | 'send' | 'sent'> {
  const { board } = deps;
  const way: Way = { ...air, underWay: new Set(), sent: new Map() };
  return {
    sent: way.sent,
    queue: (payload) => {
      const id = randomUUID();
      board.put('pending', id, { id, at: Number(board.nextTs()), attempt: 0, payload });
    },
    send: () => {
      const waiting = board.all('pending').filter((event) => !way.underWay.has(event.id));
      for (const event of waiting.sort((a, b) => a.at - b.at)) attempt(deps, way, event);
    },
  };
}

function attempt(deps: DeliveryDeps, way: Way, event: PendingEvent): void {
  const envelope = randomUUID();
  const socket = deps.sockets.send(eventEnvelope(envelope, event));
  if (socket === undefined) return;
  way.underWay.add(event.id);
  remember(way.sent, event.payload);
  const stop = way.timers.after(deps.ackMs, () => unacked(deps, way, { event, envelope }));
  way.flights.set(envelope, {
    type: 'events_api',
    done: () => {
      stop();
      way.flights.delete(envelope);
      finish(deps, way, event.id);
    },
  });
  deps.bus.tell({ is: 'sent', envelope, type: 'events_api', attempt: event.attempt, socket });
}

const REMEMBERED = 500;

/** Keeps the latest payloads, so that a test can send one again; a long-running workspace must not keep all. */
function remember(sent: Map<string, Payload>, payload: Payload): void {
  sent.set(String(payload['event_id']), payload);
  const [oldest] = sent.keys();
  if (sent.size > REMEMBERED && oldest !== undefined) sent.delete(oldest);
}

/** An event that could not be struck off is sent once more after a restart; the app knows it by its event_id. */
function finish({ board }: DeliveryDeps, way: Way, id: string): void {
  way.underWay.delete(id);
  board.drop('pending', id);
  board.saved().catch(() => undefined);
}

function unacked(
  deps: DeliveryDeps,
  way: Way,
  tried: { readonly event: PendingEvent; readonly envelope: string },
): void {
  const { event, envelope } = tried;
  if (deps.board.get('pending', event.id) === undefined) return;
  deps.bus.tell({ is: 'unacked', envelope, type: 'events_api', attempt: event.attempt });
  const delay = deps.retryDelaysMs[event.attempt];
  if (delay === undefined) {
    finish(deps, way, event.id);
    return deps.bus.tell({ is: 'given_up', envelope, type: 'events_api' });
  }
  const next = { ...event, attempt: event.attempt + 1 };
  deps.board.put('pending', event.id, next);
  way.timers.after(delay, () => {
    way.underWay.delete(event.id);
    if (deps.board.get('pending', event.id) !== undefined) attempt(deps, way, next);
  });
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
