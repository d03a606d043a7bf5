import { isJson, listOf } from '../../check/probe.ts';
import { LIMITS } from '../../limits.ts';
import type { Prompt } from '../../notices.ts';
import { slackUser } from '../../people.ts';
import { messageKey, type StoredMessage } from '../../records.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM } from '../../seed.ts';
import { fine, refuse, text, type Answer, type Args, type Methods } from '../answer.ts';
import { store } from '../messages.ts';
import type { Wire } from '../wire.ts';
import { writable } from './chat.ts';

function authTest(wire: Wire): Answer {
  return fine({
    url: `${wire.base()}/`,
    team: TEAM.name,
    user: 'aios',
    team_id: TEAM.id,
    user_id: BOT_USER_ID,
    bot_id: BOT_ID,
    is_enterprise_install: false,
  });
}

function connectionsOpen(wire: Wire): Answer {
  const address = wire.base().replace(/^http/, 'ws');
  return fine({ url: `${address}/link/?ticket=${wire.keys.ticket()}&app_id=${APP_ID}` });
}

function userInfo(wire: Wire, args: Args): Answer {
  const person = wire.board.get('person', text(args, 'user') ?? '');
  return person === undefined ? refuse('user_not_found') : fine({ user: slackUser(person) });
}

function userList(wire: Wire): Answer {
  return fine({
    members: wire.board.all('person').map(slackUser),
    cache_ts: 0,
    response_metadata: { next_cursor: '' },
  });
}

/** The message with the person's reaction added, or taken away where it was. */
export function toggled(message: StoredMessage, name: string, person: string): StoredMessage {
  const old = message.reactions ?? [];
  const users = old.find((one) => one.name === name)?.users ?? [];
  const next = users.includes(person) ? users.filter((one) => one !== person) : [...users, person];
  const others = old.filter((one) => one.name !== name);
  return { ...message, reactions: next.length === 0 ? others : [...others, { name, users: next }] };
}

function react(add: boolean): (wire: Wire, args: Args) => Answer {
  return (wire, args) => {
    const place = writable(wire, text(args, 'channel'));
    if ('refusal' in place) return place.refusal;
    const message = wire.board.get(
      'message',
      messageKey(place.channel.id, text(args, 'timestamp') ?? ''),
    );
    if (message === undefined) return refuse('message_not_found');
    const name = text(args, 'name') ?? '';
    if (name === '') return refuse('no_reaction');
    const has =
      message.reactions?.some((one) => one.name === name && one.users.includes(BOT_USER_ID)) ===
      true;
    if (has === add) return refuse(add ? 'already_reacted' : 'no_reaction');
    store(wire, toggled(message, name, BOT_USER_ID), true);
    return fine();
  };
}

function setStatus(wire: Wire, args: Args): Answer {
  const place = writable(wire, text(args, 'channel_id'));
  if ('refusal' in place) return place.refusal;
  wire.bus.tell({
    is: 'status',
    channel: place.channel.id,
    thread_ts: text(args, 'thread_ts') ?? '',
    text: text(args, 'status') ?? '',
  });
  return fine();
}

function setPrompts(wire: Wire, args: Args): Answer {
  const place = writable(wire, text(args, 'channel_id'));
  if ('refusal' in place) return place.refusal;
  const prompts = listOf(args['prompts']).filter(isPrompt);
  if (prompts.length === 0 || prompts.length > LIMITS.suggestedPrompts)
    return refuse('invalid_arguments', [
      `[ERROR] must provide 1 to ${LIMITS.suggestedPrompts} items [json-pointer:/prompts]`,
    ]);
  wire.bus.tell({ is: 'prompts', channel: place.channel.id, prompts });
  return fine();
}

function isPrompt(value: unknown): value is Prompt {
  return (
    isJson(value) && typeof value['title'] === 'string' && typeof value['message'] === 'string'
  );
}

export const REST: Methods = {
  'api.test': {
    scopes: [],
    run: (_wire, args) =>
      text(args, 'error') === undefined ? fine({ args }) : refuse(String(args['error'])),
  },
  'auth.test': { scopes: [], run: authTest },
  'apps.connections.open': { scopes: [], run: connectionsOpen, appLevel: true },
  'users.info': { scopes: ['users:read'], run: userInfo },
  'users.list': { scopes: ['users:read'], run: userList },
  'reactions.add': { scopes: ['reactions:write'], run: react(true) },
  'reactions.remove': { scopes: ['reactions:write'], run: react(false) },
  'assistant.threads.setStatus': { scopes: ['assistant:write', 'chat:write'], run: setStatus },
  'assistant.threads.setSuggestedPrompts': { scopes: ['assistant:write'], run: setPrompts },
};
