import type { NamedFile } from '../../flow/ports/exact.ts';
import type { HumanDriver } from '../../workspace/human/driver.ts';
import type { Filling } from '../../workspace/human/hand.ts';
import type { Spot } from '../../workspace/human/hands.ts';
import type { Message, View } from '../../workspace/human/protocol.ts';
import { wordsOf } from '../../workspace/human/words.ts';
import { CAST } from './cast.ts';
import type { Who } from './cast.ts';
import { channelNamed, placeOf } from './places.ts';
import { linesOf } from './readable.ts';
import type { Transcript } from './transcript.ts';

/** A person at their desk: everything they do is told in the transcript, then done. */
export type Desk = Words & Presses & Dialogs;

type Words = {
  say(channel: string, text: string, files?: readonly NamedFile[]): Promise<Spot>;
  dm(text: string, files?: readonly NamedFile[]): Promise<Spot>;
  /** Writes in the thread of a message. */
  reply(under: Spot, text: string, files?: readonly NamedFile[]): Promise<Spot>;
  /** Types `/aios …` and waits for the answer. */
  type(channel: string, text: string): Promise<Message>;
};

type Presses = {
  /** The last message here that offers this verb and holds these words, now or when it comes. */
  card(channel: string, verb: string, about?: string): Promise<Message>;
  /** Presses a button, by its label or its verb. */
  press(card: Message, button: string): Promise<void>;
  /** Presses, and waits for what AIOS then tells this person alone. */
  ask(card: Message, button: string): Promise<Message>;
  /** Chooses from a menu of a card. */
  choose(card: Message, entry: string): Promise<void>;
};

type Dialogs = {
  /** Fills in the dialog that opens, sends it and closes what it says then. */
  fill(values: Filling): Promise<void>;
  /** Reads the dialog that opens and closes it. */
  read(): Promise<void>;
};

/** How long a person waits for AIOS before the day is called off: a check held on a busy machine is retried each minute. */
const PATIENCE = { timeoutMs: 90_000 };

export type Office = { readonly human: HumanDriver; readonly transcript: Transcript };
type Seat = Office & {
  readonly as: string;
  readonly tell: (where: string, ...lines: readonly string[]) => void;
};

export function makeDesk(office: Office, who: Who): Desk {
  const seat: Seat = {
    ...office,
    as: CAST[who].id,
    tell: (where, ...lines) => office.transcript.row({ who, where, lines }),
  };
  return { ...wordsFrom(seat), ...pressesFrom(seat), ...dialogsFrom(seat) };
}

function wordsFrom({ human, as, tell }: Seat): Words {
  const at = (channel: string): string => whereTo(human, channelNamed(human, as, channel));
  return {
    say: async (channel, text, files = []) => {
      tell(at(channel), `"${text}"`, ...attached(files));
      return human.say({ as, channel, text, files });
    },
    dm: async (text, files = []) => {
      const { id } = await human.dmOf(as);
      tell('to AIOS', `"${text}"`, ...attached(files));
      return human.say({ as, channel: id, text, files });
    },
    reply: async (under, text, files = []) => {
      tell(at(under.channel), `in the thread: "${text}"`, ...attached(files));
      return human.say({ as, channel: under.channel, text, threadTs: under.ts, files });
    },
    type: async (channel, text) => {
      tell(at(channel), `/aios ${text}`);
      return toldAlone({ human, as }, channel, () =>
        human.slash({ as, channel, command: '/aios', text }),
      );
    },
  };
}

function pressesFrom({ human, as, tell }: Seat): Presses {
  const at = (channel: string): string => whereTo(human, channel);
  const press = async (card: Message, button: string): Promise<void> => {
    tell(at(card.channel), `presses [${labelOn(card, button)}]`);
    await human.click({ as, message: card, action: button });
  };
  return {
    card: (channel, verb, about = '') =>
      human.waitForMessage(
        { channel, as },
        (message) => offers(message, verb) && wordsOf(message).includes(about),
        { what: `a card in ${channel} about "${about}" that offers ${verb}`, ...PATIENCE },
      ),
    press,
    ask: (card, button) => toldAlone({ human, as }, card.channel, () => press(card, button)),
    choose: async (card, entry) => {
      tell(at(card.channel), `chooses ⋯ ${entry}`);
      await human.choose({ as, message: card, option: entry });
    },
  };
}

function dialogsFrom({ human, transcript, as, tell }: Seat): Dialogs {
  const opened = (): Promise<View> =>
    human.waitForView(as, (view) => view.type === 'modal', PATIENCE);
  return {
    fill: async (values) => {
      const view = await opened();
      tell('in a dialog', `${titleOf(view)}: "${Object.values(values).flat().join('", "')}"`);
      const { errors = {} } = await human.submit({ as, view, values });
      const [after] = human.views(as);
      const lines =
        after === undefined ? [] : linesOf({ text: '', blocks: after.blocks }, (id) => id);
      const said = [...Object.values(errors), ...(after?.submit === undefined ? lines : [])];
      if (said.length > 0) transcript.row({ who: 'AIOS', where: 'in a dialog', lines: said });
      if (after !== undefined) await human.closeView({ as, view: after, all: true });
    },
    read: async () => {
      const view = await opened();
      tell('in a dialog', `${titleOf(view)}: reads, and closes it`);
      await human.closeView({ as, view, all: true });
    },
  };
}

/** Does something and gives the first message that only this person sees after it. */
async function toldAlone(
  { human, as }: Pick<Seat, 'human' | 'as'>,
  channel: string,
  act: () => Promise<unknown>,
): Promise<Message> {
  const alone = (): readonly Message[] =>
    human.messages(channel, { as }).filter((one) => one.ephemeral_to === as);
  const before = alone().length;
  await act();
  return human.waitFor(() => alone()[before], { what: 'words for one person', ...PATIENCE });
}

/** Where a person acts: their own direct messages are those to AIOS. */
function whereTo(human: HumanDriver, channel: string): string {
  const place = placeOf(human, channel);
  return place.startsWith('#') ? place : 'to AIOS';
}

function titleOf(view: View): string {
  return view.title?.text ?? 'A dialog';
}

function attached(files: readonly NamedFile[]): readonly string[] {
  return files.length === 0 ? [] : [`+ ${files.map((file) => file.name).join(', ')}`];
}

/** Whether a message offers this verb, e.g. `approve`, on a button or in a menu. */
function offers(message: Message, verb: string): boolean {
  const blocks = JSON.stringify(message.blocks ?? []);
  return new RegExp(`"(?:action_id|value)":"(?:[^" ]+ )?${verb}[":]`).test(blocks);
}

/** How a button reads that may be named by its verb. */
function labelOn({ blocks = [] }: Message, button: string): string {
  const elements = blocks.flatMap((block) => block['elements'] ?? []) as readonly {
    readonly action_id?: string;
    readonly text?: { readonly text?: string };
  }[];
  return elements.find((one) => one.action_id === button)?.text?.text ?? button;
}
