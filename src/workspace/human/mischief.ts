import { Fault } from '../../core/fault.ts';
import { eventCallback } from '../wire/events.ts';
import type { Failure } from '../wire/faults.ts';
import type { Wire } from '../wire/wire.ts';

/** What a test makes go wrong between Slack and the app. In-process only. */
export type Mischief = {
  /** Loses the next `n` acknowledgements. */
  dropAcks(n: number): void;
  /** Fails the next call of a Web API method. */
  failNext(method: string, failure: Failure): void;
  /** `refresh` asks politely as Slack does every few hours; else the sockets are cut without a word. */
  disconnectSockets(refresh: boolean): void;
  /** Sends an event again, under its own id or another one. Throws Fault `not_found`. */
  redeliver(eventId: string, newEventId?: string): Promise<void>;
  /** Sends any event as if Slack had it. */
  deliver(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** event_ids sent in this run, oldest first. */
  eventIds(): readonly string[];
};

export function makeMischief(wire: Wire): Mischief {
  const send = async (payload: Readonly<Record<string, unknown>>): Promise<void> => {
    wire.delivery.queue(payload);
    await wire.board.saved();
    wire.delivery.send();
  };
  return {
    dropAcks: (n) => wire.faults.dropAcks(n),
    failNext: (method, failure) => wire.faults.failNext(method, failure),
    disconnectSockets: (refresh) => (refresh ? wire.sockets.refresh() : wire.sockets.cut()),
    redeliver: (eventId, newEventId = eventId) => {
      const payload = wire.delivery.sent.get(eventId);
      if (payload === undefined)
        throw new Fault(
          'not_found',
          `Expected the id of an event sent in this run, got "${eventId}". eventIds() lists them.`,
        );
      return send({ ...payload, event_id: newEventId });
    },
    deliver: (event) => send(eventCallback(wire, event)),
    eventIds: () => [...wire.delivery.sent.keys()],
  };
}
