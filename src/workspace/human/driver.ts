import type { Notice } from '../notices.ts';
import type { Wire } from '../wire/wire.ts';
import { channelOf, fileOf, personOf } from './access.ts';
import { uploadAs } from './api.ts';
import { shortcut, slash } from './command.ts';
import { fillIn, press, type Filling, type Press } from './hand.ts';
import { makeMischief, type Mischief } from './mischief.ts';
import { close } from './modal.ts';
import type {
  Acted,
  Channel,
  FileInfo,
  Message,
  Person,
  RunShortcut,
  Slash,
  Submitted,
  View,
} from './protocol.ts';
import { openDm, openHome, react, say } from './say.ts';
import { showChannel, showMessage, showMessages, showState } from './show.ts';
import { waitFor, type WaitOptions } from './wait.ts';
import { wordsOf } from './words.ts';

export type Attachment = { readonly name: string; readonly bytes: Uint8Array };
export type Words = {
  readonly as: string;
  readonly text: string;
  readonly threadTs?: string;
  readonly files?: readonly Attachment[];
};
export type Spot = { readonly channel: string; readonly ts: string };
export type OnMessage = { readonly as: string; readonly message: Spot };
export type OnView = { readonly as: string; readonly view: View };

/**
 * The hands and eyes of the people in the workspace: the one driver of tests and demo. Channels go by id or name.
 * What a person cannot see or press here, they cannot in Slack. Faults: `not_found`, `bad_input`, `timeout`.
 */
export type HumanDriver = {
  /** Writes in a channel. `@aios` is a mention. */
  say(words: Words & { readonly channel: string }): Promise<Spot>;
  /** Writes to AIOS directly. */
  dm(words: Words): Promise<Spot>;
  /** Presses a button by its visible text or action_id. */
  click(on: (OnMessage | OnView) & { readonly action: string }): Promise<Acted>;
  /** Chooses an entry of an overflow menu or select by its visible text or value; `action` where there are several. */
  choose(
    on: (OnMessage | OnView) & { readonly option: string; readonly action?: string },
  ): Promise<Acted>;
  submit(on: OnView & { readonly values: Filling }): Promise<Submitted>;
  closeView(on: OnView & { readonly all?: boolean }): Promise<Acted>;
  slash(typed: Slash): Promise<Acted>;
  shortcut(run: RunShortcut): Promise<Acted>;
  openHome(as: string): Promise<void>;
  react(on: OnMessage & { readonly name: string }): Promise<void>;
  download(as: string, file: FileInfo | string): Promise<Uint8Array>;

  people(): readonly Person[];
  channels(as: string): readonly Channel[];
  /** The direct message of a person with AIOS. */
  dmOf(as: string): Promise<Channel>;
  /** What a person sees in a channel, replies included. Default: what the owner sees. */
  messages(channel: string, options?: { readonly as?: string }): readonly Message[];
  thread(channel: string, ts: string, options?: { readonly as?: string }): readonly Message[];
  /** Open dialogs of a person, bottom first. */
  views(as: string): readonly View[];
  home(as: string): View | null;
  /** Open sockets of the app. */
  sockets(): number;

  /** Waits for a condition, looked at after everything that happens. */
  waitFor<T>(look: () => T | undefined | false, options?: WaitOptions): Promise<T>;
  /** Waits for a message that a person sees in a channel. */
  waitForMessage(
    where: { readonly channel: string; readonly as?: string },
    fits: (message: Message) => boolean,
    options?: WaitOptions,
  ): Promise<Message>;
  waitForView(as: string, fits?: (view: View) => boolean, options?: WaitOptions): Promise<View>;

  /** Hears everything from now on; returns how to stop. */
  listen(hear: (notice: Notice) => void): () => void;
  /** Hears every message of the bot as it is posted, edited or shown to one person: nothing reaches people otherwise. */
  onBotMessage(hear: (message: Message) => void): () => void;
  /** Everything that happened since the workspace opened. */
  log(): readonly Notice[];
  readonly faults: Mischief;
};

/** Makes the driver of one workspace. */
export function makeDriver(wire: Wire): HumanDriver {
  const log: Notice[] = [];
  wire.bus.listen((notice) => void log.push(notice));
  return {
    ...makeHands(wire),
    ...makeEyes(wire),
    ...makeEars(wire),
    log: () => log,
    faults: makeMischief(wire),
  };
}

type Hands = Pick<
  HumanDriver,
  | 'say'
  | 'dm'
  | 'click'
  | 'choose'
  | 'submit'
  | 'closeView'
  | 'slash'
  | 'shortcut'
  | 'openHome'
  | 'react'
  | 'download'
>;

function makeHands(wire: Wire): Hands {
  return {
    say: (words) => sayIn(wire, words.channel, words),
    dm: async (words) => sayIn(wire, (await openDm(wire, botDm(words.as))).id, words),
    click: (on) => press(wire, { as: on.as, at: placeOf(on), action: on.action }),
    choose: (on) =>
      press(wire, {
        as: on.as,
        at: placeOf(on),
        option: on.option,
        ...(on.action === undefined ? {} : { action: on.action }),
      }),
    submit: (on) => fillIn(wire, on),
    closeView: (on) => close(wire, { as: on.as, view_id: on.view.id, all: on.all ?? false }),
    slash: (typed) => slash(wire, typed),
    shortcut: (run) => shortcut(wire, run),
    openHome: (as) => openHome(wire, { as, tab: 'home' }),
    react: (on) =>
      react(wire, { as: on.as, name: on.name, channel: on.message.channel, ts: on.message.ts }),
    download: async (as, file) => {
      const stored = fileOf(wire, personOf(wire, as), typeof file === 'string' ? file : file.id);
      return (await wire.board.bytes(stored.id)) ?? new Uint8Array();
    },
  };
}

function botDm(as: string): { readonly as: string; readonly with: string } {
  return { as, with: 'U0AIOS' };
}

function placeOf(on: OnMessage | OnView): Press['at'] {
  return 'view' in on
    ? { view_id: on.view.id }
    : { channel: on.message.channel, ts: on.message.ts };
}

async function sayIn(wire: Wire, channel: string, words: Words): Promise<Spot> {
  const files: string[] = [];
  for (const file of words.files ?? []) files.push((await uploadAs(wire, words.as, file)).id);
  const thread = words.threadTs === undefined ? {} : { thread_ts: words.threadTs };
  const { ts } = await say(wire, { as: words.as, channel, text: words.text, files, ...thread });
  return { channel: channelOf(wire, personOf(wire, words.as), channel).id, ts };
}

type Eyes = Pick<
  HumanDriver,
  'people' | 'channels' | 'dmOf' | 'messages' | 'thread' | 'views' | 'home' | 'sockets'
>;

function makeEyes(wire: Wire): Eyes {
  const state = (as: string): ReturnType<typeof showState> =>
    showState(wire, personOf(wire, as), false);
  const messages: Eyes['messages'] = (channel, options) => seenBy(wire, options?.as, channel);
  return {
    people: () =>
      wire.board
        .all('person')
        .filter(({ role }) => role !== 'bot')
        .map(({ id, name, realName, role, title }) => ({
          id,
          name,
          real_name: realName,
          role,
          title,
        })),
    channels: (as) => state(as).channels,
    dmOf: async (as) => showChannel(wire, personOf(wire, as), await openDm(wire, botDm(as))),
    messages,
    thread: (channel, ts, options) =>
      messages(channel, options).filter((one) => one.ts === ts || one.thread_ts === ts),
    views: (as) => state(as).views,
    home: (as) => state(as).home,
    sockets: () => wire.sockets.count(),
  };
}

/** Without `as`, through the eyes of a member: tests look into direct messages too. */
function seenBy(wire: Wire, as: string | undefined, name: string): readonly Message[] {
  const bare = name.replace(/^#/, '');
  const channel =
    wire.board.get('channel', name) ?? wire.board.all('channel').find((one) => one.name === bare);
  const viewer =
    as ?? channel?.members.find((one) => wire.board.get('person', one)?.role !== 'bot') ?? '';
  const person = personOf(wire, viewer);
  return showMessages(wire, person, channelOf(wire, person, name));
}

type Ears = Pick<
  HumanDriver,
  'waitFor' | 'waitForMessage' | 'waitForView' | 'listen' | 'onBotMessage'
>;

function makeEars(wire: Wire): Ears {
  return {
    waitFor: (look, options) => waitFor(wire.bus, look, options),
    waitForMessage: (where, fits, options) => {
      const seen = (): string =>
        seenBy(wire, where.as, where.channel)
          .map((one) => `${one.user}: ${wordsOf(one)}`)
          .join('\n');
      return waitFor(wire.bus, () => seenBy(wire, where.as, where.channel).findLast(fits), {
        what: `a message in ${where.channel}`,
        ...options,
        seen,
      });
    },
    waitForView: (as, fits = () => true, options) =>
      waitFor(wire.bus, () => showState(wire, personOf(wire, as), false).views.findLast(fits), {
        what: `a dialog for ${as}`,
        ...options,
      }),
    listen: (hear) => wire.bus.listen(hear),
    onBotMessage: (hear) =>
      wire.bus.listen((notice) => {
        if (notice.is !== 'message' && notice.is !== 'ephemeral') return;
        const message = showMessage(wire, notice.message);
        if (message.bot) hear(message);
      }),
  };
}
