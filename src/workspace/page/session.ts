import type { Channel, Message, StreamEvent } from '../human/protocol.ts';
import { announce, verbFor } from './announce.ts';
import type { Api } from './api.ts';
import { lastChannel, readMarks } from './memory.ts';
import { apply, isReply, newWorld, repliesOf, type World } from './world.ts';

const usual = (channels: readonly Channel[], last: string | null): string => {
  const there =
    channels.find(({ id }) => id === last) ?? channels.find(({ kind }) => kind !== 'im');
  return (there ?? channels[0])?.id ?? '';
};

async function loadMessages(api: Api, world: World): Promise<void> {
  const ids = world.state.channels.map(({ id }) => id);
  await Promise.all(
    ids.map(async (id) => {
      const all = await api.messages(id);
      world.messages.set(id, new Map(all.map((message) => [message.ts, message])));
    }),
  );
}

/** Everything one person sees, loaded. */
export async function enter(api: Api): Promise<World> {
  const state = await api.state();
  const world = newWorld(
    state,
    usual(state.channels, lastChannel(state.me.id)),
    readMarks(state.me.id),
  );
  await loadMessages(api, world);
  return world;
}

/** Loads state and messages again into a world, after a break in the stream; what came meanwhile is spoken. */
async function refresh(api: Api, world: World): Promise<void> {
  const known = new Set([...world.messages.values()].flatMap((all) => [...all.keys()]));
  world.state = await api.state();
  await loadMessages(api, world);
  const missed = [...world.messages.values()].flatMap((all) => [...all.values()]);
  for (const message of missed) if (!known.has(message.ts)) announce(world, message, 'wrote');
}

/** On a wide window the first answer to one's own message opens its thread, without moving the focus. */
function opensThread(world: World, message: Message): boolean {
  const root = message.thread_ts ?? '';
  const free = world.thread === null && message.channel === world.channel && isReply(message);
  if (!free || !matchMedia('(min-width: 68rem)').matches) return false;
  const first = world.messages.get(world.channel)?.get(root);
  return first?.user === world.state.me.id && repliesOf(world, world.channel, root).length === 0;
}

/** Whether the page has this message already, to the letter: it was loaded while its event was under way. */
function isKnown(world: World, message: Message): boolean {
  const had = world.messages.get(message.channel)?.get(message.ts);
  return had !== undefined && JSON.stringify(had) === JSON.stringify(message);
}

function take(world: World, event: StreamEvent): void {
  if (event.type === 'message' && !isKnown(world, event.message)) {
    announce(world, event.message, verbFor(world, event.message));
    if (opensThread(world, event.message)) world.thread = event.message.thread_ts ?? null;
  }
  apply(world, event);
}

/**
 * Follows the stream until the returned function is called. While state and messages load again after a break,
 * events wait: what was loaded may be older than they are.
 */
export function follow(api: Api, world: World, changed: () => void): () => void {
  let waiting: StreamEvent[] | undefined;
  const loaded = (): void => {
    for (const event of waiting ?? []) take(world, event);
    waiting = undefined;
    changed();
  };
  const heard = (event: StreamEvent): void => {
    if (event.type === 'hello') {
      waiting ??= [];
      void refresh(api, world).then(loaded, loaded);
    }
    if (waiting === undefined || event.type === 'hello') take(world, event);
    else waiting.push(event);
    changed();
  };
  const lost = (): void => {
    world.online = false;
    changed();
  };
  return api.stream(heard, lost);
}
