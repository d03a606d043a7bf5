import type { Channel, Message, State, StreamEvent, View } from '../human/protocol.ts';
import type { Directory } from './scene.ts';

type Prompts = Extract<StreamEvent, { type: 'prompts' }>['prompts'];

/** All that the page knows as the person it is used by. Changed only by the functions below. */
export interface World {
  state: State;
  /** False while the stream to the server is down. */
  online: boolean;
  /** The open conversation and the open thread in it. */
  channel: string;
  thread: string | null;
  readonly messages: Map<string, Map<string, Message>>;
  /** Up to which ts this person has read a conversation (`C…`) or a thread (`C…/ts`). */
  readonly read: Map<string, string>;
  readonly status: Map<string, string>;
  readonly prompts: Map<string, Prompts>;
}

/** True for a reply; false for what stands in the conversation itself. */
export const isReply = (message: Message): boolean =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** Where a message is read: its conversation, or its thread. */
export const readKey = (message: Message): string =>
  isReply(message) ? `${message.channel}/${message.thread_ts ?? ''}` : message.channel;

export function newWorld(state: State, channel: string, read: ReadonlyMap<string, string>): World {
  return {
    state,
    online: true,
    channel,
    thread: null,
    messages: new Map(),
    read: new Map(read),
    status: new Map(),
    prompts: new Map(),
  };
}

const byTs = (one: Message, other: Message): number => (one.ts < other.ts ? -1 : 1);

/** Messages of a conversation in order. */
export function messagesOf(world: World, channel: string): readonly Message[] {
  return [...(world.messages.get(channel)?.values() ?? [])].sort(byTs);
}

/** The replies of a thread, without its first message. */
export function repliesOf(world: World, channel: string, ts: string): readonly Message[] {
  return messagesOf(world, channel).filter((one) => isReply(one) && one.thread_ts === ts);
}

const isUnread = (world: World, message: Message): boolean =>
  message.user !== world.state.me.id && message.ts > (world.read.get(readKey(message)) ?? '');

/** How many messages of others are unread, and whether one of them names this person. */
export function unread(
  world: World,
  messages: readonly Message[],
): { count: number; named: boolean } {
  const fresh = messages.filter((message) => isUnread(world, message));
  const me = `<@${world.state.me.id}>`;
  return { count: fresh.length, named: fresh.some((message) => message.text.includes(me)) };
}

/** Remembers as read what is on the screen. True when that changed something. */
export function markRead(world: World): boolean {
  const keys = [world.channel];
  if (world.thread !== null) keys.push(`${world.channel}/${world.thread}`);
  const shown = messagesOf(world, world.channel).filter((one) => keys.includes(readKey(one)));
  const fresh = shown.filter((one) => one.ts > (world.read.get(readKey(one)) ?? ''));
  for (const one of fresh) world.read.set(readKey(one), one.ts);
  return fresh.length > 0;
}

/** The names that texts need. */
export function directoryOf({ state }: World): Directory {
  return { people: [...state.people, state.bot], channels: state.channels, me: state.me.id };
}

/** True where a client may be reading: shared with another company, or a guest or stranger present. */
export function clientReads(world: World, channel: Channel): boolean {
  const outside = world.state.people.filter(({ role }) => role === 'guest' || role === 'stranger');
  return channel.external || outside.some(({ id }) => channel.members.includes(id));
}

/** Inserts or replaces one by id, keeping the order. */
function put<T extends { readonly id: string }>(all: readonly T[], one: T): readonly T[] {
  return all.some(({ id }) => id === one.id)
    ? all.map((other) => (other.id === one.id ? one : other))
    : [...all, one];
}

const setViews = (world: World, views: readonly View[]): void => {
  world.state = { ...world.state, views };
};

type Of<T extends StreamEvent['type']> = Extract<StreamEvent, { type: T }>;

const APPLY: { readonly [T in StreamEvent['type']]: (world: World, event: Of<T>) => void } = {
  hello: (world, { connected }) => {
    world.online = true;
    world.state = { ...world.state, connected };
  },
  message: (world, { message }) => {
    const known = world.messages.get(message.channel) ?? new Map<string, Message>();
    world.messages.set(message.channel, known.set(message.ts, message));
    world.status.delete(`${message.channel}/${message.thread_ts ?? message.ts}`);
  },
  message_deleted: (world, { channel, ts }) => void world.messages.get(channel)?.delete(ts),
  channel: (world, { channel }) => {
    world.state = { ...world.state, channels: put(world.state.channels, channel) };
  },
  view: (world, { view }) => {
    if (view.type === 'modal') setViews(world, put(world.state.views, view));
  },
  view_closed: (world, { view_id }) =>
    setViews(
      world,
      world.state.views.filter(({ id }) => id !== view_id),
    ),
  home: (world, { view }) => {
    world.state = { ...world.state, home: view };
  },
  status: (world, { channel, thread_ts, text }) => {
    if (text === '') world.status.delete(`${channel}/${thread_ts}`);
    else world.status.set(`${channel}/${thread_ts}`, text);
  },
  prompts: (world, { channel, prompts }) => void world.prompts.set(channel, prompts),
  connected: (world, { connected }) => {
    world.state = { ...world.state, connected };
  },
};

/** Takes one event of the stream into the world. */
export function apply<T extends StreamEvent['type']>(
  world: World,
  event: Of<T> & { readonly type: T },
): void {
  APPLY[event.type](world, event);
}
