import type { CardId } from './rows-cards.ts';
import type { Door } from './rows-work.ts';
import type { Form } from './form.ts';
import type { FileRef } from './world.ts';

/** Something a person wrote to AIOS, narrowed once at the door. */
export type Heard = {
  readonly eventId: string;
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  /** Root of the thread it stands in; null at top level. */
  readonly thread: string | null;
  readonly user: string;
  /** The words, without the mention of the bot. */
  readonly text: string;
  readonly files: readonly FileRef[];
  readonly door: Door;
};

/** `stored` and `repeat` mean that Slack may be told; a Fault means that it must send again. */
export type HeardOutcome =
  | { readonly is: 'stored' }
  | { readonly is: 'repeat' }
  /** Not taken: `says` goes to that person alone. */
  | { readonly is: 'refused'; readonly says: string };

/** The verbs of our buttons, menus and forms; each is an action id of a block. */
export const VERBS = [
  'run',
  'drop',
  'change',
  'pieces',
  'why',
  'cancel',
  'answer',
  'read',
  'approve',
  'send_back',
  'reject',
  'edit',
  'ask',
  'reroute',
  'retry',
  'reopen',
  'take_back',
  'minutes',
  'example',
] as const;
export type Verb = (typeof VERBS)[number];

/** A pressed button or a sent form. Everything but the card's id is looked up. */
export type Pressed = {
  readonly card: CardId;
  readonly verb: Verb;
  readonly team: string;
  /** Channel and time stamp of the message the button stood on; absent for forms. */
  readonly at?: { readonly channel: string; readonly ts: string };
  readonly user: string;
  /** An option: an ordinal, a value of a question, a lane. */
  readonly choice?: string;
  /** Fields of a form by name: `reason`, `piece`, `lane`, `kind`; `by_hand`, `review`; `use`; of a checklist its reference, with the ids that were ticked. */
  readonly fields?: Readonly<Record<string, string>>;
};

export type PressedOutcome =
  | { readonly is: 'done'; readonly says?: string }
  /** Nothing changed: `says` goes to that person alone. */
  | { readonly is: 'refused'; readonly says: string }
  /** The verb needs a form first. */
  | { readonly is: 'form'; readonly form: Form };

export type Command = {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** What stands behind `/aios`. */
  readonly text: string;
  /** Unique per invocation: a trigger id or a random id of the command line. */
  readonly eventId: string;
};

/** Plain lines for the asker alone. */
export type Reply = { readonly ok: boolean; readonly lines: readonly string[] };

/** What the doors of Slack, and the command line, may do. */
export type Verbs = {
  hear(heard: Heard): Promise<HeardOutcome>;
  press(pressed: Pressed): Promise<PressedOutcome>;
  command(command: Command): Promise<Reply>;
};
