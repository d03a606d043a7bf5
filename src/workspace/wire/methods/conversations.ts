import type { StoredChannel, StoredMessage } from '../../records.ts';
import { BOT_USER_ID, TEAM } from '../../seed.ts';
import { fine, flag, refuse, text, type Answer, type Args, type Methods } from '../answer.ts';
import { directMessage, findChannel, slackMessage } from '../messages.ts';
import type { Wire } from '../wire.ts';

const PREFIX = { channel: 'channels', private: 'groups', im: 'im' } as const;

/** The scope `<kind>:<verb>` by the kind of the channel asked for. */
function byKind(verb: 'read' | 'history'): (wire: Wire, args: Args) => readonly string[] {
  return (wire, args) => {
    const channel = findChannel(wire, text(args, 'channel') ?? '');
    return [`${PREFIX[channel?.kind ?? 'channel']}:${verb}`];
  };
}

/** A channel as the Web API tells it. https://docs.slack.dev/reference/objects/conversation-object */
function slackChannel(channel: StoredChannel): Record<string, unknown> {
  if (channel.kind === 'im') {
    const user = channel.members.find((one) => one !== BOT_USER_ID);
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_channel: false,
      is_group: false,
      user,
      is_org_shared: false,
      is_archived: false,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: channel.created,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_member: channel.members.includes(BOT_USER_ID),
    is_archived: false,
    is_general: false,
    is_shared: channel.external,
    is_ext_shared: channel.external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: TEAM.id,
    num_members: channel.members.length,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** A channel the bot may see: open ones and those it is in. */
function visible(wire: Wire, args: Args): StoredChannel | undefined {
  const channel = findChannel(wire, text(args, 'channel') ?? '');
  return channel !== undefined &&
    (channel.kind === 'channel' || channel.members.includes(BOT_USER_ID))
    ? channel
    : undefined;
}

function info(wire: Wire, args: Args): Answer {
  const channel = visible(wire, args);
  return channel === undefined
    ? refuse('channel_not_found')
    : fine({ channel: slackChannel(channel) });
}

function members(wire: Wire, args: Args): Answer {
  const channel = visible(wire, args);
  return channel === undefined
    ? refuse('channel_not_found')
    : fine({ members: channel.members, response_metadata: { next_cursor: '' } });
}

function list(wire: Wire, args: Args): Answer {
  const types = (text(args, 'types') ?? 'public_channel').split(',').map((one) => one.trim());
  const kinds = { channel: 'public_channel', private: 'private_channel', im: 'im' } as const;
  const seen = wire.board
    .all('channel')
    .filter(
      (channel) =>
        types.includes(kinds[channel.kind]) &&
        (channel.kind === 'channel' || channel.members.includes(BOT_USER_ID)),
    );
  return fine({ channels: seen.map(slackChannel), response_metadata: { next_cursor: '' } });
}

function open(wire: Wire, args: Args): Answer {
  const given = args['users'];
  const users = Array.isArray(given)
    ? given.map(String)
    : (text(args, 'users') ?? '').split(',').filter((one) => one !== '');
  const [person, second] = users;
  if (person === undefined) return refuse('users_list_not_supplied');
  if (second !== undefined) return refuse('too_many_users');
  if (wire.board.get('person', person) === undefined) return refuse('user_not_found');
  if (person === BOT_USER_ID) return refuse('cannot_dm_bot');
  return fine({ channel: slackChannel(directMessage(wire, [person, BOT_USER_ID])) });
}

/** One page of messages: `limit` from the cursor on. The cursor is the index of the next message. */
function page(wire: Wire, args: Args, all: readonly StoredMessage[]): Answer {
  const limit = Math.min(1000, Math.max(1, Number(args['limit'] ?? 100)));
  const start = Number(Buffer.from(text(args, 'cursor') ?? '', 'base64').toString() || 0);
  const metadata = flag(args, 'include_all_metadata');
  const more = start + limit < all.length;
  return fine({
    messages: all
      .slice(start, start + limit)
      .map((message) => slackMessage(wire, message, metadata)),
    has_more: more,
    response_metadata: {
      next_cursor: more ? Buffer.from(String(start + limit)).toString('base64') : '',
    },
  });
}

function within(args: Args): (message: StoredMessage) => boolean {
  const oldest = text(args, 'oldest') ?? '';
  const latest = text(args, 'latest') ?? '';
  const inclusive = flag(args, 'inclusive');
  return ({ ts }) => {
    const edge = inclusive && (ts === oldest || ts === latest);
    return edge || ((oldest === '' || ts > oldest) && (latest === '' || ts < latest));
  };
}

function replies(wire: Wire, args: Args): Answer {
  const channel = visible(wire, args);
  if (channel === undefined) return refuse('channel_not_found');
  if (!channel.members.includes(BOT_USER_ID)) return refuse('not_in_channel');
  const ts = text(args, 'ts') ?? '';
  const thread = wire.board
    .messages(channel.id)
    .filter((message) => message.ts === ts || message.thread_ts === ts);
  const keep = within(args);
  return thread.length === 0
    ? refuse('thread_not_found')
    : page(
        wire,
        args,
        thread.filter((message) => message.ts === ts || keep(message)),
      );
}

function history(wire: Wire, args: Args): Answer {
  const channel = visible(wire, args);
  if (channel === undefined) return refuse('channel_not_found');
  if (!channel.members.includes(BOT_USER_ID)) return refuse('not_in_channel');
  const roots = wire.board
    .messages(channel.id)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts);
  return page(wire, args, roots.filter(within(args)).reverse());
}

export const CONVERSATIONS: Methods = {
  'conversations.info': { scopes: byKind('read'), run: info },
  'conversations.members': { scopes: byKind('read'), run: members },
  'conversations.list': { scopes: ['channels:read', 'groups:read', 'im:read'], run: list },
  'conversations.open': { scopes: ['im:write'], run: open },
  'conversations.replies': { scopes: byKind('history'), run: replies },
  'conversations.history': { scopes: byKind('history'), run: history },
};
