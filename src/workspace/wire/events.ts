import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../records.ts';
import { APP_ID, BOT_USER_ID, TEAM } from '../seed.ts';
import { slackMessage } from './messages.ts';
import type { Wire } from './wire.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What a message in each kind of channel is called, and the scope that lets an app hear it. */
const MESSAGE_EVENTS = {
  channel: { event: 'message.channels', scope: 'channels:history', type: 'channel' },
  private: { event: 'message.groups', scope: 'groups:history', type: 'group' },
  im: { event: 'message.im', scope: 'im:history', type: 'im' },
} as const;

/** Wraps an event as the Events API does. https://docs.slack.dev/apis/events-api */
export function eventCallback(
  wire: Wire,
  event: Payload,
  id = `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
): Payload {
  return {
    token: 'workspace',
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    api_app_id: APP_ID,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(wire.board.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: BOT_USER_ID,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

/** Queues the events that a person's message causes: the message itself where the app may hear it, and a mention. */
export function queueMessageEvents(wire: Wire, message: StoredMessage): void {
  const channel = wire.board.get('channel', message.channel);
  if (channel === undefined || !channel.members.includes(BOT_USER_ID)) return;
  const body = { ...slackMessage(wire, message), channel: message.channel, event_ts: message.ts };
  const kind = MESSAGE_EVENTS[channel.kind];
  if (may(wire, kind)) {
    const subtype = message.files === undefined ? {} : { subtype: 'file_share' };
    wire.delivery.queue(eventCallback(wire, { ...body, ...subtype, channel_type: kind.type }));
  }
  const mentioned = message.text.includes(`<@${BOT_USER_ID}>`) && channel.kind !== 'im';
  if (mentioned && may(wire, { event: 'app_mention', scope: 'app_mentions:read' })) {
    wire.delivery.queue(eventCallback(wire, { ...body, type: 'app_mention' }));
  }
}

/** Queues `app_home_opened`. https://docs.slack.dev/reference/events/app_home_opened */
export function queueHomeOpened(
  wire: Wire,
  opened: { readonly person: string; readonly channel: string; readonly tab: 'home' | 'messages' },
): void {
  if (!wire.app.events.has('app_home_opened')) return;
  const view = wire.board.get('home', opened.person);
  const event = {
    type: 'app_home_opened',
    user: opened.person,
    channel: opened.channel,
    tab: opened.tab,
    event_ts: wire.board.nextTs(),
    ...(view === undefined || opened.tab !== 'home'
      ? {}
      : { view: { id: view.id, type: 'home', hash: view.hash, blocks: view.blocks } }),
  };
  wire.delivery.queue(eventCallback(wire, event));
}

function may(wire: Wire, need: { readonly event: string; readonly scope: string }): boolean {
  return wire.app.events.has(need.event) && wire.app.scopes.has(need.scope);
}
