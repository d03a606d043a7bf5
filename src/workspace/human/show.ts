import type { Channel, FileInfo, Message, State, View } from './protocol.ts';
import { LABEL } from './protocol.ts';
import { pagePerson } from '../people.ts';
import type {
  EphemeralMessage,
  StoredChannel,
  StoredFile,
  StoredMessage,
  StoredPerson,
  StoredView,
} from '../records.ts';
import { BOT, BOT_USER_ID, TEAM } from '../seed.ts';
import { stackOf } from '../wire/methods/views.ts';
import type { Wire } from '../wire/wire.ts';
import { sees } from './access.ts';

/** A file as the page shows it. */
export function showFile(file: StoredFile): FileInfo {
  const { id, name, title, mimetype, size } = file;
  return { id, name, title, mimetype, size, url: `/human/file/${id}/${encodeURIComponent(name)}` };
}

/** A message as the page shows it; the metadata the app keeps on it is not for people. */
export function showMessage(wire: Wire, message: StoredMessage | EphemeralMessage): Message {
  const files = (message.files ?? [])
    .map((id) => wire.board.get('file', id))
    .filter((file) => file !== undefined);
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    user: message.user,
    bot: message.user === BOT_USER_ID,
    text: message.text,
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(files.length === 0 ? {} : { files: files.map(showFile) }),
    ...(message.reactions === undefined ? {} : { reactions: message.reactions }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...('ephemeralTo' in message ? { ephemeral_to: message.ephemeralTo } : {}),
  };
}

/** Everything of a channel that a person sees, in order of ts. */
export function showMessages(
  wire: Wire,
  person: StoredPerson,
  channel: StoredChannel,
): readonly Message[] {
  const own = [...wire.board.ephemeral.values()].filter(
    (one) => one.ephemeralTo === person.id && one.channel === channel.id,
  );
  return [...wire.board.messages(channel.id), ...own]
    .sort((a, b) => (a.ts < b.ts ? -1 : 1))
    .map((message) => showMessage(wire, message));
}

/** A channel as the page shows it; a direct message carries the other person's name. */
export function showChannel(wire: Wire, person: StoredPerson, channel: StoredChannel): Channel {
  const { created: _created, ...rest } = channel;
  if (channel.kind !== 'im') return rest;
  const other = channel.members.find((one) => one !== person.id) ?? person.id;
  return { ...rest, name: wire.board.get('person', other)?.realName ?? other };
}

/** A view as the page shows it. */
export function showView(view: StoredView): View {
  const {
    person: _person,
    private_metadata: _private,
    external_id: _external,
    notify_on_close: _notify,
    clear_on_close: _clear,
    ...rest
  } = view;
  return rest;
}

/** All a person's page starts from. */
export function showState(wire: Wire, person: StoredPerson, rehearsal: boolean): State {
  const home = wire.board.get('home', person.id);
  return {
    label: LABEL,
    team: TEAM.name,
    me: pagePerson(person),
    bot: pagePerson(BOT),
    people: wire.board.all('person').map(pagePerson),
    channels: wire.board
      .all('channel')
      .filter((channel) => sees(person, channel))
      .map((channel) => showChannel(wire, person, channel)),
    views: stackOf(wire, person.id).map(showView),
    home: home === undefined ? null : showView(home),
    commands: wire.app.commands,
    shortcuts: wire.app.shortcuts,
    connected: wire.sockets.count(),
    rehearsal,
  };
}
