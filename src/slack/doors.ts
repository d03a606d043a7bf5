import type { App } from '@slack/bolt';
import { VERBS } from '../flow/ports/doors.ts';
import type { Verb } from '../flow/ports/doors.ts';
import type { Around } from './around.ts';
import { command } from './command.ts';
import { byDm, byMention, byReply, hear } from './hear.ts';
import { press } from './press.ts';
import type { Talk } from './press.ts';
import { MENU } from './press-name.ts';
import { handOver, NEW_REQUEST, newRequest, openNewRequest } from './shortcuts.ts';
import { submit } from './submit.ts';
import type { FormDoor, ViewAnswer } from './submit.ts';

/** One way into AIOS. */
export type DoorRow = {
  readonly kind: 'event' | 'command' | 'action' | 'view' | 'shortcut';
  /** As Slack's manifest names it; for actions and views their id. */
  readonly name: string;
  /** The scopes it needs. */
  readonly scopes: readonly string[];
  /** Whether AIOS works without it: then it is open only where the scope was granted. */
  readonly optional?: true;
  readonly open: (app: App, around: Around) => void;
};

type Respond = (answer: {
  response_type: 'ephemeral';
  replace_original: false;
  text: string;
}) => Promise<unknown>;

/** What all interactions of Bolt have in common, narrowed. */
function talk(args: { body: unknown; ack: () => Promise<void>; respond?: Respond }): Talk {
  const { body, ack, respond } = args;
  return {
    body,
    ack: () => ack(),
    respond: async (text) => {
      await respond?.({ response_type: 'ephemeral', replace_original: false, text });
    },
  };
}

function event(
  name: string,
  which: Parameters<typeof hear>[2],
  more: Pick<DoorRow, 'scopes' | 'optional'>,
): DoorRow {
  const type = name.split('.')[0] ?? name;
  return {
    kind: 'event',
    name,
    ...more,
    open: (app, around) => app.event(type, async ({ body }) => hear(around, body, which)),
  };
}

/** A click whose action id is the name, or the name and a colon and a choice. */
function action(name: Verb | typeof MENU): DoorRow {
  return {
    kind: 'action',
    name,
    scopes: [],
    open: (app, around) =>
      app.action(new RegExp(`^${name}(:|$)`), async ({ body, ack, respond }) =>
        press(around, talk({ body, ack, respond })),
      ),
  };
}

function view(name: string, sent: (around: Around, body: unknown) => Promise<ViewAnswer>): DoorRow {
  return {
    kind: 'view',
    name,
    scopes: [],
    open: (app, around) =>
      app.view(name, async ({ body, ack }) => {
        const answer = await sent(around, body);
        await (answer === undefined ? ack() : ack(answer));
      }),
  };
}

function shortcut(name: string, taken: (around: Around, talk: Talk) => Promise<void>): DoorRow {
  return {
    kind: 'shortcut',
    name,
    scopes: ['commands'],
    open: (app, around) =>
      app.shortcut(name, async ({ body, ack, respond }) =>
        taken(around, talk({ body, ack, respond })),
      ),
  };
}

function slash(name: string): DoorRow {
  return {
    kind: 'command',
    name,
    scopes: ['commands'],
    open: (app, around) =>
      app.command(name, async ({ body, ack, respond }) =>
        command(around, talk({ body, ack, respond })),
      ),
  };
}

const REASON = {
  field: 'reason',
  says: 'Say why, in a few words: it is required and goes into the record.',
};
/** The forms that are verbs, by their callback id. */
const FORMS = {
  send_back: { verb: 'send_back', needs: REASON },
  reject: { verb: 'reject', needs: REASON },
  approve: { verb: 'approve' },
  minutes: { verb: 'minutes' },
  example: { verb: 'example', needs: { field: 'use', says: 'Choose what shall be done with it.' } },
  pieces: { verb: 'pieces' },
  change: { verb: 'change', needs: { field: 'piece', says: 'Choose which piece should change.' } },
} as const satisfies Readonly<Record<string, FormDoor>>;

/** Every way into AIOS from Slack; there is no other. */
export const DOORS: readonly DoorRow[] = [
  event('app_mention', byMention, { scopes: ['app_mentions:read'] }),
  event('message.im', byDm, { scopes: ['im:history'] }),
  event('message.channels', byReply('channel'), { scopes: ['channels:history'], optional: true }),
  event('message.groups', byReply('group'), { scopes: ['groups:history'], optional: true }),
  slash('/aios'),
  ...VERBS.map(action),
  action(MENU),
  ...Object.entries(FORMS).map(([name, form]) =>
    view(name, (around, body) => submit(around, body, form)),
  ),
  view(NEW_REQUEST, newRequest),
  shortcut('hand_to_aios', handOver),
  shortcut(NEW_REQUEST, openNewRequest),
];

/**
 * Opens every door, but for optional ones whose scope is known to be missing. Where nobody said which were granted all
 * are opened: Slack sends nothing without the scope.
 */
export function openDoors(app: App, around: Around): void {
  const { scopes } = around;
  for (const door of DOORS) {
    const missing = scopes !== undefined && !door.scopes.every((scope) => scopes.has(scope));
    if (door.optional !== true || !missing) door.open(app, around);
  }
}

/** Scopes of the Web API calls of this room, beside those of the doors. */
export const CALL_SCOPES: readonly string[] = [
  'channels:read',
  'chat:write',
  'files:read',
  'files:write',
  'groups:read',
  'im:read',
  'im:write',
  'users:read',
];
