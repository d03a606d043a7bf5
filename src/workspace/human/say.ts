import { Fault } from '../../core/fault.ts';
import { LIMITS } from '../limits.ts';
import { messageKey, type StoredChannel, type StoredPerson } from '../records.ts';
import { BOT_USER_ID } from '../seed.ts';
import { eventCallback, queueHomeOpened, queueMessageEvents } from '../wire/events.ts';
import { share } from '../wire/files.ts';
import { directMessage, findChannel, post, store } from '../wire/messages.ts';
import { toggled } from '../wire/methods/rest.ts';
import type { Wire } from '../wire/wire.ts';
import { channelOf, fileOf, messageOf, personOf } from './access.ts';
import type { OpenDm, OpenHome, React, Said, Say } from './protocol.ts';
import { typed } from './typed.ts';

/** A person writes. Stored, with its events, before it returns; then the events go out. */
export async function say(wire: Wire, said: Say): Promise<Said> {
  const person = personOf(wire, said.as);
  const channel = channelOf(wire, person, said.channel);
  const files = said.files ?? [];
  const text = typed(wire, said.text);
  refuseUnfit(text, files);
  const thread = said.thread_ts === undefined ? undefined : threadOf(wire, channel, said.thread_ts);
  join(wire, person, channel);
  for (const id of files) share(wire, fileOf(wire, person, id), channel.id);
  const message = post(wire, person.id, {
    channel: channel.id,
    text,
    thread_ts: thread,
    files: files.length === 0 ? undefined : files,
  });
  queueMessageEvents(wire, message);
  await wire.board.saved();
  wire.delivery.send();
  return { ts: message.ts };
}

export type Invite = { readonly as: string; readonly channel: string; readonly who: string };

function refuseUnfit(text: string, files: readonly string[]): void {
  if (text.trim() === '' && files.length === 0)
    throw new Fault('bad_input', 'Expected a text or a file, got neither. Write something first.');
  if (text.length <= LIMITS.postText) return;
  throw new Fault(
    'too_large',
    `Expected a message of at most ${LIMITS.postText} characters, got ${text.length}. Attach it as a file instead.`,
  );
}

function threadOf(wire: Wire, channel: StoredChannel, ts: string): string {
  const root = wire.board.get('message', messageKey(channel.id, ts));
  if (root === undefined)
    throw new Fault(
      'not_found',
      `Expected the ts of a message in #${channel.name} to reply to, got ${ts}. Load the channel again.`,
    );
  return root.thread_ts ?? root.ts;
}

function join(wire: Wire, person: StoredPerson, channel: StoredChannel): void {
  if (channel.members.includes(person.id)) return;
  const next = { ...channel, members: [...channel.members, person.id] };
  wire.board.put('channel', channel.id, next);
  wire.bus.tell({ is: 'channel', channel: next });
}

/** A member brings somebody else into a channel, as with `/invite`. */
export async function invite(wire: Wire, asked: Invite): Promise<void> {
  const channel = channelOf(wire, personOf(wire, asked.as), asked.channel);
  join(wire, personOf(wire, asked.who), channel);
  await wire.board.saved();
}

/** Opens (or finds) the direct message with a person or the bot. */
export async function openDm(wire: Wire, asked: OpenDm): Promise<StoredChannel> {
  const person = personOf(wire, asked.as);
  const other = asked.with === BOT_USER_ID ? BOT_USER_ID : personOf(wire, asked.with).id;
  const channel =
    other === BOT_USER_ID ? findChannel(wire, person.id) : directMessage(wire, [person.id, other]);
  if (channel === undefined)
    throw new Fault('not_found', `Expected a person to write to, got "${asked.with}".`);
  await wire.board.saved();
  return channel;
}

/** A person opens the app's home, or its messages. */
export async function openHome(wire: Wire, asked: OpenHome): Promise<void> {
  const channel = await openDm(wire, { as: asked.as, with: BOT_USER_ID });
  queueHomeOpened(wire, { person: asked.as, channel: channel.id, tab: asked.tab });
  await wire.board.saved();
  wire.delivery.send();
}

/** A person adds or takes away a reaction; the app hears it where it subscribed to reaction_added. */
export async function react(wire: Wire, asked: React): Promise<void> {
  const person = personOf(wire, asked.as);
  const message = messageOf(wire, person, asked);
  if ('ephemeralTo' in message)
    throw new Fault(
      'bad_input',
      'Expected a message everyone sees, got one only you see. Slack takes no reactions there.',
    );
  const next = toggled(message, asked.name, person.id);
  store(wire, next, true);
  const added =
    next.reactions?.some((one) => one.name === asked.name && one.users.includes(person.id)) ===
    true;
  const type = added ? 'reaction_added' : 'reaction_removed';
  if (wire.app.events.has(type) && wire.app.scopes.has('reactions:read')) {
    const item = { type: 'message', channel: message.channel, ts: message.ts };
    wire.delivery.queue(
      eventCallback(wire, {
        type,
        user: person.id,
        reaction: asked.name,
        item,
        item_user: message.user,
        event_ts: wire.board.nextTs(),
      }),
    );
  }
  await wire.board.saved();
  wire.delivery.send();
}
