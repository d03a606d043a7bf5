import type { Block, Channel, Reaction, Role, StateValues } from './human/protocol.ts';

/** A person as seeded; the flags of `users.info` are derived from `role` (see people.ts). */
export type StoredPerson = {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly role: Role;
  readonly title: string;
  /** A guest of one channel only (`is_ultra_restricted`). */
  readonly singleChannel?: boolean;
};

export type StoredChannel = Channel & { readonly created: number };

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  readonly user: string;
  readonly created: number;
  /** Whether the bytes have arrived. */
  readonly uploaded: boolean;
  /** Channels the file was shared into; who is in one of them may download it. */
  readonly channels: readonly string[];
};

export type Metadata = {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
};

export type StoredMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly files?: readonly string[];
  readonly reactions?: readonly Reaction[];
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly metadata?: Metadata;
  readonly client_msg_id?: string;
};

/** Seen by one person; kept in memory only, as Slack keeps none. */
export type EphemeralMessage = StoredMessage & { readonly ephemeralTo: string };

export type Text = { readonly type: string; readonly text: string };

export type StoredView = {
  readonly id: string;
  /** Whose screen it is on. */
  readonly person: string;
  readonly type: 'modal' | 'home';
  readonly title?: Text;
  readonly submit?: Text;
  readonly close?: Text;
  readonly blocks: readonly Block[];
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly external_id: string;
  readonly notify_on_close: boolean;
  readonly clear_on_close: boolean;
  readonly root_view_id: string | null;
  readonly previous_view_id: string | null;
  readonly hash: string;
  readonly state: { readonly values: StateValues };
  readonly errors?: Readonly<Record<string, string>>;
};

/** An event of the Events API that the app has not acknowledged yet. */
export type PendingEvent = {
  readonly id: string;
  /** Order among pending events. */
  readonly at: number;
  readonly attempt: number;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** Every kind of record the workspace keeps, by its key. */
export type Records = {
  readonly person: StoredPerson;
  readonly channel: StoredChannel;
  readonly message: StoredMessage;
  readonly file: StoredFile;
  readonly view: StoredView;
  readonly home: StoredView;
  readonly pending: PendingEvent;
};
export type RecordKind = keyof Records;

export const RECORD_KINDS = [
  'person',
  'channel',
  'message',
  'file',
  'view',
  'home',
  'pending',
] as const satisfies readonly RecordKind[];

/** Key of a message: its channel and ts. */
export function messageKey(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}
