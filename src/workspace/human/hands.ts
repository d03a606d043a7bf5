import type { Wire } from '../wire/wire.ts';
import { BOT_USER_ID } from '../seed.ts';
import { channelOf, fileOf, personOf } from './access.ts';
import { uploadAs } from './api.ts';
import { shortcut, slash } from './command.ts';
import { fillIn, press, type Filling, type Press } from './hand.ts';
import { close } from './modal.ts';
import type { Acted, FileInfo, RunShortcut, Slash, Submitted, View } from './protocol.ts';
import { invite, openDm, openHome, react, say, type Invite } from './say.ts';

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

/** What people do. Faults: `not_found`, `bad_input`, `too_large`. */
export type Hands = {
  /** Writes in a channel, given by id or name. `@aios` is a mention. */
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
  /** Brings somebody into a channel. */
  invite(asked: Invite): Promise<void>;
  openHome(as: string): Promise<void>;
  react(on: OnMessage & { readonly name: string }): Promise<void>;
  download(as: string, file: FileInfo | string): Promise<Uint8Array>;
};

/** Makes the hands of the people in one workspace. */
export function makeHands(wire: Wire): Hands {
  return {
    say: (words) => sayIn(wire, words.channel, words),
    dm: async (words) =>
      sayIn(wire, (await openDm(wire, { as: words.as, with: BOT_USER_ID })).id, words),
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
    invite: (asked) => invite(wire, asked),
    openHome: (as) => openHome(wire, { as, tab: 'home' }),
    react: (on) =>
      react(wire, { as: on.as, name: on.name, channel: on.message.channel, ts: on.message.ts }),
    download: async (as, file) => {
      const stored = fileOf(wire, personOf(wire, as), typeof file === 'string' ? file : file.id);
      return (await wire.board.bytes(stored.id)) ?? new Uint8Array();
    },
  };
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
