import type { EphemeralMessage, StoredChannel, StoredMessage, StoredView } from './records.ts';

/** Everything that happens in the workspace, as it happens: the page's stream, the driver's waits and the tests' log. */
export type Notice =
  | { readonly is: 'message'; readonly message: StoredMessage; readonly changed: boolean }
  | { readonly is: 'message_gone'; readonly channel: string; readonly ts: string }
  | { readonly is: 'ephemeral'; readonly message: EphemeralMessage }
  | {
      readonly is: 'ephemeral_gone';
      readonly person: string;
      readonly channel: string;
      readonly ts: string;
    }
  | { readonly is: 'channel'; readonly channel: StoredChannel }
  | { readonly is: 'view'; readonly view: StoredView }
  | { readonly is: 'view_gone'; readonly person: string; readonly id: string }
  | { readonly is: 'home'; readonly view: StoredView }
  | {
      readonly is: 'status';
      readonly channel: string;
      readonly thread_ts: string;
      readonly text: string;
    }
  | { readonly is: 'prompts'; readonly channel: string; readonly prompts: readonly Prompt[] }
  /** A Web API call was answered; `error` is Slack's error code or null. */
  | {
      readonly is: 'call';
      readonly method: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly error: string | null;
    }
  | {
      readonly is: 'sent';
      readonly envelope: string;
      readonly type: string;
      readonly attempt: number;
      readonly socket: number;
    }
  | { readonly is: 'acked'; readonly envelope: string; readonly type: string }
  | {
      readonly is: 'unacked';
      readonly envelope: string;
      readonly type: string;
      readonly attempt: number;
    }
  | { readonly is: 'given_up'; readonly envelope: string; readonly type: string }
  | { readonly is: 'connected'; readonly sockets: number };

export type Prompt = { readonly title: string; readonly message: string };

export type Bus = {
  tell(notice: Notice): void;
  /** Hears every later notice until the returned function is called. */
  listen(hear: (notice: Notice) => void): () => void;
};

/** Makes a bus. Listeners are called at once, in order of arrival. */
export function makeBus(): Bus {
  const listeners = new Set<(notice: Notice) => void>();
  return {
    tell: (notice) => {
      for (const hear of listeners) hear(notice);
    },
    listen: (hear) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}
