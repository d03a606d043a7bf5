import { randomUUID } from 'node:crypto';
import { LIMITS } from '../limits.ts';

/** What a trigger_id or response_url stands for. */
export type Origin = {
  readonly person: string;
  readonly channel?: string;
  /** The message that was clicked, for replace_original and delete_original. */
  readonly ts?: string;
  readonly ephemeral?: boolean;
  /** The view from which the trigger came; views.push needs one. */
  readonly view?: string;
};

export type TriggerUse =
  | { readonly is: 'good'; readonly origin: Origin }
  | {
      readonly is: 'refused';
      readonly error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
    };

/** Short-lived rights handed out with interactions. They live in memory: a restart voids them, as three seconds would. */
export type Keys = {
  trigger(origin: Origin): string;
  useTrigger(id: unknown): TriggerUse;
  responsePath(origin: Origin): string;
  /** What a response_url stands for, once per use; undefined when unknown, used up or too old. */
  useResponse(path: string): Origin | undefined;
  /** A one-time right to open a socket. */
  ticket(): string;
  useTicket(ticket: string): boolean;
};

/** How long an expired trigger still answers `expired` rather than `invalid`. */
const KEEP_DEAD_MS = 60_000;

/** Makes the keys. `clock` gives epoch milliseconds. */
export function makeKeys(clock: () => number): Keys {
  const tickets = new Set<string>();
  return {
    ...makeTriggers(clock),
    ...makeResponses(clock),
    ticket: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    useTicket: (ticket) => tickets.delete(ticket),
  };
}

/** Drops what expired before a moment; the oldest come first. */
function sweep(keys: Map<string, { readonly until: number }>, before: number): void {
  for (const [key, { until }] of keys) {
    if (until >= before) return;
    keys.delete(key);
  }
}

function makeTriggers(clock: () => number): Pick<Keys, 'trigger' | 'useTrigger'> {
  const triggers = new Map<
    string,
    { readonly origin: Origin; readonly until: number; used: boolean }
  >();
  return {
    trigger: (origin) => {
      sweep(triggers, clock() - KEEP_DEAD_MS);
      const id = `${clock()}.${process.pid}.${randomUUID().replaceAll('-', '')}`;
      triggers.set(id, { origin, until: clock() + LIMITS.triggerMs, used: false });
      return id;
    },
    useTrigger: (id) => {
      const found = typeof id === 'string' ? triggers.get(id) : undefined;
      if (found === undefined) return { is: 'refused', error: 'invalid_trigger_id' };
      if (found.used) return { is: 'refused', error: 'exchanged_trigger_id' };
      if (clock() > found.until) return { is: 'refused', error: 'expired_trigger_id' };
      found.used = true;
      return { is: 'good', origin: found.origin };
    },
  };
}

function makeResponses(clock: () => number): Pick<Keys, 'responsePath' | 'useResponse'> {
  const responses = new Map<
    string,
    { readonly origin: Origin; readonly until: number; left: number }
  >();
  return {
    responsePath: (origin) => {
      sweep(responses, clock());
      const path = `/response/${randomUUID()}`;
      responses.set(path, {
        origin,
        until: clock() + LIMITS.responseUrlMs,
        left: LIMITS.responseUrlUses,
      });
      return path;
    },
    useResponse: (path) => {
      const found = responses.get(path);
      if (found === undefined || found.left === 0 || clock() > found.until) return undefined;
      found.left -= 1;
      return found.origin;
    },
  };
}
