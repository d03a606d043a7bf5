/**
 * What the workspace's page and its server say to each other. Types and constants only: this file is read by the
 * browser too, so it imports nothing. Field names are Slack's own (snake_case) because the page renders Slack's blocks.
 *
 * The page is served from the same origin, after the one-time token in the printed address became a strict cookie. The
 * Content-Security-Policy allows scripts, styles, images, fonts and connections from 'self' only (images also data:):
 * no inline script, no inline style attribute set through HTML.
 *
 * GET answers 200 with the named type. POST sends JSON and answers 200 with the named type; a refusal is a 4xx with
 * `Refusal`, whose sentence can be shown as it is.
 */

/** Shown at the top of the page, always. */
export const LABEL = 'Local workspace (AIOS built-in), not Slack';

export type Role = 'owner' | 'colleague' | 'guest' | 'stranger' | 'bot';

export type Person = {
  readonly id: string;
  /** Short name as in `@ana`. */
  readonly name: string;
  readonly real_name: string;
  readonly role: Role;
  readonly title: string;
};

export type Channel = {
  readonly id: string;
  /** Without `#`; for a direct message the other person's name. */
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'im';
  readonly members: readonly string[];
  /** Shared with another company (Slack Connect). A guest present is visible in `members`. */
  readonly external: boolean;
  readonly topic: string;
};

/** A Block Kit block or element as plain JSON, checked by the server against Slack's limits; see docs.slack.dev/reference/block-kit. */
export type Block = {
  readonly type: string;
  readonly block_id?: string;
  readonly [field: string]: unknown;
};

export type FileInfo = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  /** Path on this origin that downloads the bytes (always as an attachment); works with the page's cookie. */
  readonly url: string;
};

export type Reaction = { readonly name: string; readonly users: readonly string[] };

export type Message = {
  readonly channel: string;
  /** Identity within the channel and its order: seconds.microseconds, fixed width, compares as a string. */
  readonly ts: string;
  /** The ts of the thread's first message; equal to `ts` or absent on a message that starts one. */
  readonly thread_ts?: string;
  readonly user: string;
  readonly bot: boolean;
  /** Slack mrkdwn: `<@U…>`, `<#C…>`, `<https://…|label>`, `&amp;` `&lt;` `&gt;`. With `blocks` it is only the fallback. */
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly files?: readonly FileInfo[];
  readonly reactions?: readonly Reaction[];
  readonly edited?: { readonly user: string; readonly ts: string };
  /** Only this person sees it. Ephemeral messages can be clicked like others and are gone after a restart. */
  readonly ephemeral_to?: string;
};

/** Slack's view state: block_id -> action_id -> what the element holds (`value`, `selected_option`, `selected_options`, `selected_user`, `selected_date`, …). */
export type StateValues = {
  readonly [block_id: string]: {
    readonly [action_id: string]: { readonly type: string; readonly [field: string]: unknown };
  };
};

export type View = {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly title?: { readonly type: string; readonly text: string };
  /** Absent: no submit button. */
  readonly submit?: { readonly type: string; readonly text: string };
  readonly close?: { readonly type: string; readonly text: string };
  readonly blocks: readonly Block[];
  readonly callback_id?: string;
  readonly root_view_id: string | null;
  readonly previous_view_id: string | null;
  /** Changes with every update of the view. */
  readonly hash: string;
  /** What the person has filled in so far, as last sent. */
  readonly state: { readonly values: StateValues };
  /** block_id -> sentence, after a refused submission. */
  readonly errors?: Readonly<Record<string, string>>;
};

/** One entry of the `+`/shortcut menu. `message` shortcuts belong to a message's menu. */
export type Shortcut = {
  readonly type: 'global' | 'message';
  readonly name: string;
  readonly callback_id: string;
};
export type Command = {
  readonly command: string;
  readonly description: string;
  readonly usage_hint: string;
};

/** GET /human/state?as=U… */
export type State = {
  readonly label: string;
  readonly team: string;
  readonly me: Person;
  /** The bot, as a person with role `bot`. */
  readonly bot: Person;
  readonly people: readonly Person[];
  /** Those `me` is in, and open channels one could join by speaking; direct messages of `me` only. */
  readonly channels: readonly Channel[];
  /** Open modals of `me`, bottom first; the last one is shown. */
  readonly views: readonly View[];
  readonly home: View | null;
  readonly commands: readonly Command[];
  readonly shortcuts: readonly Shortcut[];
  /** Open sockets of the app; 0 means AIOS is not connected right now. */
  readonly connected: number;
  /** True where a stand-in answers for a model that is not configured: the page then shows a REHEARSAL mark. */
  readonly rehearsal?: boolean;
};

/** GET /human/messages?as=U…&channel=C…  Every message `as` may see, replies included, in order of ts. */
export type Messages = { readonly messages: readonly Message[] };

/** GET /human/who  The people one may be here. No `as` needed: the page starts with it. */
export type Who = { readonly label: string; readonly people: readonly Person[] };

/** POST /human/say -> Said. `files` are ids from /human/upload. Writing in an open channel joins it. */
export type Say = {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly files?: readonly string[];
};
export type Said = { readonly ts: string };

/** POST /human/upload?as=U…&name=page.html with the file's bytes as body -> Uploaded. */
export type Uploaded = { readonly file: FileInfo };

/** Where a click happened: a message, or a view (modal or home). */
export type Place =
  { readonly channel: string; readonly ts: string } | { readonly view_id: string };

/**
 * POST /human/click -> Acted. For every element that acts at once: button, overflow, select, checkboxes, radio buttons,
 * date picker. The server takes value and text of a button, and the whole option object, from its own blocks; the page
 * names only what was chosen. `values` is the current state of all inputs at that place.
 */
export type Click = {
  readonly as: string;
  readonly at: Place;
  readonly block_id: string;
  readonly action_id: string;
  /** The `value` of the chosen option: overflow, static_select, radio_buttons. */
  readonly selected_option?: string;
  /** The `value`s of the chosen options: checkboxes, multi_static_select. */
  readonly selected_options?: readonly string[];
  /** users_select: a person's id. */
  readonly selected_user?: string;
  /** conversations_select, channels_select: a channel's id. */
  readonly selected_conversation?: string;
  /** datepicker: YYYY-MM-DD. */
  readonly selected_date?: string;
  /** An input with dispatch_action: its text. */
  readonly value?: string;
  readonly values?: StateValues;
};
/** `acked: false` means AIOS did not answer within three seconds; Slack shows a warning sign, so should the page. */
export type Acted = { readonly acked: boolean };

/** POST /human/submit -> Submitted */
export type Submit = {
  readonly as: string;
  readonly view_id: string;
  readonly values: StateValues;
};
export type Submitted = {
  readonly acked: boolean;
  /** Set when the view stays open: block_id -> sentence. */
  readonly errors?: Readonly<Record<string, string>>;
};

/** POST /human/close -> Acted. `all` closes the whole stack. */
export type Close = { readonly as: string; readonly view_id: string; readonly all?: boolean };

/** POST /human/slash -> Acted. `command` with its slash. */
export type Slash = {
  readonly as: string;
  readonly channel: string;
  readonly command: string;
  readonly text: string;
};

/** POST /human/shortcut -> Acted. With `channel` and `ts` for a message shortcut. */
export type RunShortcut = {
  readonly as: string;
  readonly callback_id: string;
  readonly channel?: string;
  readonly ts?: string;
};

/** POST /human/open_dm -> Opened. `with` is a person or the bot. */
export type OpenDm = { readonly as: string; readonly with: string };
export type Opened = { readonly channel: Channel };

/** POST /human/home -> Home. Tells the app that its home (or its message tab) was opened. */
export type OpenHome = { readonly as: string; readonly tab: 'home' | 'messages' };
export type Home = { readonly home: View | null };

/** POST /human/react -> Acted. Toggles. */
export type React = {
  readonly as: string;
  readonly channel: string;
  readonly ts: string;
  readonly name: string;
};

/** Any refusal: `error` is stable, `sentence` says what was expected, what came, what to do. */
export type Refusal = { readonly ok: false; readonly error: string; readonly sentence: string };

/**
 * GET /human/stream?as=U…  Server-sent events; each `data:` line is one StreamEvent. On (re)connection `hello` comes
 * first: load state and messages again then. A `message` event is new or changed: insert or replace by channel and ts.
 */
export type StreamEvent =
  | { readonly type: 'hello'; readonly connected: number }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'message_deleted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'channel'; readonly channel: Channel }
  /** A modal opened or changed; `view.errors` after a refused submission. */
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'view_closed'; readonly view_id: string }
  | { readonly type: 'home'; readonly view: View }
  /** "AIOS is thinking…" beside a thread; empty text clears it. */
  | {
      readonly type: 'status';
      readonly channel: string;
      readonly thread_ts: string;
      readonly text: string;
    }
  | {
      readonly type: 'prompts';
      readonly channel: string;
      readonly prompts: readonly { readonly title: string; readonly message: string }[];
    }
  /** Number of open sockets of the app changed. */
  | { readonly type: 'connected'; readonly connected: number };
