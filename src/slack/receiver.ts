import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { sentenceOf } from '../core/fault.ts';
import { quietLogger } from './client.ts';

/** Name under which a listener finds, in Bolt's context, the function that keeps an event from being acknowledged. */
export const REFUSE = 'refuseEvent';

type Envelope = {
  readonly body: Record<string, unknown>;
  readonly ack: (response?: Record<string, unknown>) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

export type Socket = {
  readonly receiver: Receiver;
  /** Whether Slack can reach us over it right now. */
  open(): boolean;
  close(): Promise<void>;
};

type Settings = {
  readonly appToken: string;
  readonly apiUrl: URL;
  readonly log: (sentence: string) => void;
};

const CLOSE_MS = 2000;

/**
 * One socket to Slack. Bolt acknowledges an event before its listeners run (bolt-js#2788), so that a crash loses it;
 * here it is acknowledged after them, and not at all when one called the function named by REFUSE: then Slack sends
 * it again. Clicks, commands and modals are acknowledged by their listeners.
 */
export function makeSocket({ appToken, apiUrl, log }: Settings): Socket {
  const client = new SocketModeClient({
    appToken,
    logger: quietLogger(log),
    // A socket comes back whatever happens, so its own retries stay as many as the library sets.
    clientOptions: { slackApiUrl: apiUrl.href, timeout: 10_000 },
  });
  const ending = endable(client);
  const take = (app: App, envelope: Envelope): void => {
    pass(app, envelope).catch((thrown: unknown) =>
      log(`slack: an event was not acknowledged: ${sentenceOf(thrown)}`),
    );
  };
  return {
    receiver: {
      init: (app) => void client.on('slack_event', (envelope: Envelope) => take(app, envelope)),
      start: () => client.start(),
      stop: () => client.disconnect(),
    },
    open: () => client.websocket?.isActive() ?? false,
    close: () => {
      ending.begin();
      return closed(client);
    },
  };
}

/**
 * The library reconnects by calling its own `start` without listening to what becomes of it. Closed on the way there,
 * that start fails with nobody to hear it, which would end the process; so from `begin` on it says nothing.
 */
function endable(client: SocketModeClient): { begin(): void } {
  const start = client.start.bind(client);
  let isEnding = false;
  client.start = async () => {
    try {
      return await start();
    } catch (thrown) {
      if (!isEnding) throw thrown;
      return { ok: false };
    }
  };
  return { begin: () => void (isEnding = true) };
}

async function pass(app: App, envelope: Envelope): Promise<void> {
  const event: ReceiverEvent = {
    body: envelope.body,
    ack: (response) => envelope.ack(typeof response === 'string' ? { text: response } : response),
    ...(envelope.retry_num === undefined ? {} : { retryNum: envelope.retry_num }),
    ...(envelope.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
  };
  if (envelope.body['type'] !== 'event_callback') return app.processEvent(event);
  let refused = false;
  await app.processEvent({
    ...event,
    ack: () => Promise.resolve(),
    customProperties: { [REFUSE]: () => (refused = true) },
  });
  if (!refused) await envelope.ack();
}

/** A socket that is between two connections never reports its end, so the wait for it is bounded. */
async function closed(client: SocketModeClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
  await Promise.race([client.disconnect(), enough]);
  clearTimeout(timer);
}
