import { randomUUID } from 'node:crypto';
import type { Block } from '../human/protocol.ts';
import {
  messageKey,
  type EphemeralMessage,
  type Metadata,
  type StoredChannel,
  type StoredMessage,
} from '../records.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM } from '../seed.ts';
import { slackFile } from './files.ts';
import type { Wire } from './wire.ts';

export type Draft = {
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string | undefined;
  readonly blocks?: readonly Block[] | undefined;
  readonly metadata?: Metadata | undefined;
  readonly files?: readonly string[] | undefined;
};

/** Stores a message and tells the bus; the caller awaits `board.saved()` before answering. */
export function post(wire: Wire, user: string, draft: Draft): StoredMessage {
  const message: StoredMessage = {
    channel: draft.channel,
    ts: wire.board.nextTs(),
    user,
    text: draft.text,
    ...(draft.thread_ts === undefined ? {} : { thread_ts: draft.thread_ts }),
    ...(draft.blocks === undefined ? {} : { blocks: withIds(draft.blocks) }),
    ...(draft.metadata === undefined ? {} : { metadata: draft.metadata }),
    ...(draft.files === undefined ? {} : { files: draft.files }),
    ...(user === BOT_USER_ID ? {} : { client_msg_id: randomUUID() }),
  };
  store(wire, message, false);
  return message;
}

export function store(wire: Wire, message: StoredMessage, changed: boolean): void {
  wire.board.put('message', messageKey(message.channel, message.ts), message);
  wire.bus.tell({ is: 'message', message, changed });
}

/** A message only one person sees. */
export function postEphemeral(wire: Wire, person: string, draft: Draft): EphemeralMessage {
  const message: EphemeralMessage = {
    channel: draft.channel,
    ts: wire.board.nextTs(),
    user: BOT_USER_ID,
    text: draft.text,
    ephemeralTo: person,
    ...(draft.thread_ts === undefined ? {} : { thread_ts: draft.thread_ts }),
    ...(draft.blocks === undefined ? {} : { blocks: withIds(draft.blocks) }),
  };
  wire.board.ephemeral.set(messageKey(message.channel, message.ts), message);
  wire.bus.tell({ is: 'ephemeral', message });
  return message;
}

export type Edit = {
  readonly text?: string | undefined;
  readonly blocks?: readonly Block[] | undefined;
  readonly metadata?: Metadata | undefined;
};

/** A text without blocks takes the blocks away, as chat.update does. */
export function edited(wire: Wire, message: StoredMessage, edit: Edit): StoredMessage {
  const { blocks, ...rest } = message;
  const next =
    edit.blocks === undefined
      ? edit.text === undefined
        ? blocks
        : undefined
      : withIds(edit.blocks);
  return {
    ...rest,
    text: edit.text ?? message.text,
    ...(next === undefined || next.length === 0 ? {} : { blocks: next }),
    ...(edit.metadata === undefined ? {} : { metadata: edit.metadata }),
    edited: { user: message.user, ts: wire.board.nextTs() },
  };
}

export function remove(wire: Wire, channel: string, ts: string): void {
  wire.board.drop('message', messageKey(channel, ts));
  wire.bus.tell({ is: 'message_gone', channel, ts });
}

/** Slack gives a block without an id one of its own. */
export function withIds(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? randomUUID().slice(0, 5),
  }));
}

/** A message as the Web API and the payloads of interactions tell it; metadata only where asked for. */
export function slackMessage(
  wire: Wire,
  message: StoredMessage,
  metadata = false,
): Record<string, unknown> {
  const { blocks, edited: edit, client_msg_id } = message;
  return {
    type: 'message',
    user: message.user,
    ...(message.user === BOT_USER_ID ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
    ts: message.ts,
    text: message.text,
    team: TEAM.id,
    ...present({
      client_msg_id,
      blocks,
      edited: edit,
      metadata: metadata ? message.metadata : undefined,
    }),
    ...attachedFields(wire, message),
    ...threadFields(wire, message),
  };
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function attachedFields(wire: Wire, message: StoredMessage): Record<string, unknown> {
  const files = (message.files ?? [])
    .map((id) => wire.board.get('file', id))
    .filter((file) => file !== undefined);
  const reactions = message.reactions?.map((one) => ({ ...one, count: one.users.length }));
  return {
    ...(files.length === 0
      ? {}
      : { files: files.map((file) => slackFile(wire, file)), upload: false }),
    ...present({ reactions }),
  };
}

function threadFields(wire: Wire, message: StoredMessage): Record<string, unknown> {
  if (message.thread_ts !== undefined && message.thread_ts !== message.ts)
    return { thread_ts: message.thread_ts };
  const replies = wire.board
    .messages(message.channel)
    .filter((one) => one.thread_ts === message.ts && one.ts !== message.ts);
  if (replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((one) => one.user))],
    latest_reply: replies.at(-1)?.ts,
  };
}

/** A channel by id, by `#name`, or the direct message with a person given by id. */
export function findChannel(wire: Wire, name: string): StoredChannel | undefined {
  const byId = wire.board.get('channel', name);
  if (byId !== undefined) return byId;
  if (wire.board.get('person', name) !== undefined && name !== BOT_USER_ID)
    return directMessage(wire, [name, BOT_USER_ID]);
  const bare = name.replace(/^#/, '');
  return wire.board
    .all('channel')
    .find((channel) => channel.kind !== 'im' && channel.name === bare);
}

/** The direct message of two people, opened when there is none. */
export function directMessage(wire: Wire, pair: readonly [string, string]): StoredChannel {
  const id = `D${pair
    .map((one) => one.replace(/^U0?/, ''))
    .sort()
    .join('0')}`;
  const known = wire.board.get('channel', id);
  if (known !== undefined) return known;
  const made: StoredChannel = {
    id,
    name: pair.join(' and '),
    kind: 'im',
    members: pair,
    external: false,
    topic: '',
    created: Math.floor(wire.board.now() / 1000),
  };
  wire.board.put('channel', id, made);
  wire.bus.tell({ is: 'channel', channel: made });
  return made;
}
