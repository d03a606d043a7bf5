import { pagePerson } from '../people.ts';
import { BOT_USER_ID } from '../seed.ts';
import type { Wire } from '../wire/wire.ts';
import { channelOf, personOf } from './access.ts';
import type { Channel, Message, Person, View } from './protocol.ts';
import { openDm } from './say.ts';
import { showChannel, showMessages, showState } from './show.ts';

/** What people see. Channels go by id or name. Faults: `not_found` for what a person cannot see. */
export type Eyes = {
  people(): readonly Person[];
  channels(as: string): readonly Channel[];
  /** The direct message of a person with AIOS. */
  dmOf(as: string): Promise<Channel>;
  /** What a person sees in a channel, replies included. Default: what its first member sees. */
  messages(channel: string, options?: { readonly as?: string }): readonly Message[];
  thread(channel: string, ts: string, options?: { readonly as?: string }): readonly Message[];
  /** Open dialogs of a person, bottom first. */
  views(as: string): readonly View[];
  home(as: string): View | null;
  /** Open sockets of the app. */
  sockets(): number;
};

/** Makes the eyes of the people in one workspace. */
export function makeEyes(wire: Wire): Eyes {
  const state = (as: string): ReturnType<typeof showState> =>
    showState(wire, personOf(wire, as), false);
  const messages: Eyes['messages'] = (channel, options) => seenBy(wire, options?.as, channel);
  return {
    people: () =>
      wire.board
        .all('person')
        .filter(({ role }) => role !== 'bot')
        .map(pagePerson),
    channels: (as) => state(as).channels,
    dmOf: async (as) =>
      showChannel(wire, personOf(wire, as), await openDm(wire, { as, with: BOT_USER_ID })),
    messages,
    thread: (channel, ts, options) =>
      messages(channel, options).filter((one) => one.ts === ts || one.thread_ts === ts),
    views: (as) => state(as).views,
    home: (as) => state(as).home,
    sockets: () => wire.sockets.count(),
  };
}

/** Without `as`, through the eyes of a member: tests look into direct messages too. */
export function seenBy(wire: Wire, as: string | undefined, name: string): readonly Message[] {
  const bare = name.replace(/^#/, '');
  const channel =
    wire.board.get('channel', name) ?? wire.board.all('channel').find((one) => one.name === bare);
  const viewer =
    as ?? channel?.members.find((one) => wire.board.get('person', one)?.role !== 'bot') ?? '';
  const person = personOf(wire, viewer);
  return showMessages(wire, person, channelOf(wire, person, name));
}
