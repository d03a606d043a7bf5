import { checkBlocks, tooMuchMarkdown } from '../../check/blocks.ts';
import { isJson } from '../../check/probe.ts';
import type { Block } from '../../human/protocol.ts';
import { LIMITS } from '../../limits.ts';
import {
  messageKey,
  type Metadata,
  type StoredChannel,
  type StoredMessage,
} from '../../records.ts';
import { BOT_USER_ID } from '../../seed.ts';
import { fine, refuse, text, type Answer, type Args, type Methods } from '../answer.ts';
import {
  edited,
  findChannel,
  post,
  postEphemeral,
  remove,
  slackMessage,
  store,
} from '../messages.ts';
import type { Wire } from '../wire.ts';

export type Content = {
  readonly text: string | undefined;
  readonly blocks: readonly Block[] | undefined;
  readonly metadata: Metadata | undefined;
};

/** Reads and checks what a message says. A string is Slack's error code with its messages. */
export function readContent(
  args: Args,
  maxText: number,
): { readonly content: Content } | { readonly refusal: Answer } {
  const said = text(args, 'text') ?? text(args, 'markdown_text');
  const blocks = args['blocks'];
  if (blocks !== undefined) {
    const wrong = checkBlocks(blocks, 'message');
    if (wrong.length > 0) return { refusal: refuse('invalid_blocks', wrong) };
    if (tooMuchMarkdown(blocks as unknown[])) return { refusal: refuse('msg_blocks_too_long') };
  }
  if ((said ?? '').length > maxText) return { refusal: refuse('msg_too_long') };
  const metadata = args['metadata'];
  if (metadata !== undefined && !isMetadata(metadata))
    return { refusal: refuse('invalid_metadata_format') };
  return { content: { text: said, blocks: blocks as readonly Block[] | undefined, metadata } };
}

function isMetadata(value: unknown): value is Metadata {
  return isJson(value) && typeof value['event_type'] === 'string' && isJson(value['event_payload']);
}

/** The channel a bot may write to, or the refusal: a private channel it is not in does not exist for it. */
export function writable(
  wire: Wire,
  name: string | undefined,
): { readonly channel: StoredChannel } | { readonly refusal: Answer } {
  const channel = name === undefined ? undefined : findChannel(wire, name);
  if (channel === undefined) return { refusal: refuse('channel_not_found') };
  if (channel.members.includes(BOT_USER_ID)) return { channel };
  return { refusal: refuse(channel.kind === 'channel' ? 'not_in_channel' : 'channel_not_found') };
}

function postMessage(wire: Wire, args: Args): Answer {
  const place = writable(wire, text(args, 'channel'));
  if ('refusal' in place) return place.refusal;
  const read = readContent(args, LIMITS.postText);
  if ('refusal' in read) return read.refusal;
  const { content } = read;
  if (!saysSomething(content)) return refuse('no_text');
  const message = post(wire, BOT_USER_ID, {
    ...content,
    channel: place.channel.id,
    text: content.text ?? '',
    thread_ts: text(args, 'thread_ts'),
  });
  return fine({
    channel: place.channel.id,
    ts: message.ts,
    message: slackMessage(wire, message, true),
  });
}

export function saysSomething(content: Content): boolean {
  return (content.text ?? '') !== '' || (content.blocks ?? []).length > 0;
}

function ownMessage(
  wire: Wire,
  args: Args,
  cannot: string,
): { readonly message: StoredMessage } | { readonly refusal: Answer } {
  const place = writable(wire, text(args, 'channel'));
  if ('refusal' in place) return place;
  const message = wire.board.get('message', messageKey(place.channel.id, text(args, 'ts') ?? ''));
  if (message === undefined) return { refusal: refuse('message_not_found') };
  return message.user === BOT_USER_ID ? { message } : { refusal: refuse(cannot) };
}

function update(wire: Wire, args: Args): Answer {
  const found = ownMessage(wire, args, 'cant_update_message');
  if ('refusal' in found) return found.refusal;
  const read = readContent(args, LIMITS.updateText);
  if ('refusal' in read) return read.refusal;
  const { content } = read;
  if (content.text === undefined && content.blocks === undefined) return refuse('no_text');
  const next = edited(wire, found.message, content);
  store(wire, next, true);
  return fine({
    channel: next.channel,
    ts: next.ts,
    text: next.text,
    message: slackMessage(wire, next, true),
  });
}

function deleteMessage(wire: Wire, args: Args): Answer {
  const found = ownMessage(wire, args, 'cant_delete_message');
  if ('refusal' in found) return found.refusal;
  remove(wire, found.message.channel, found.message.ts);
  return fine({ channel: found.message.channel, ts: found.message.ts });
}

function ephemeral(wire: Wire, args: Args): Answer {
  const place = writable(wire, text(args, 'channel'));
  if ('refusal' in place) return place.refusal;
  const person = text(args, 'user') ?? '';
  if (!place.channel.members.includes(person)) return refuse('user_not_in_channel');
  const read = readContent(args, LIMITS.postText);
  if ('refusal' in read) return read.refusal;
  if (!saysSomething(read.content)) return refuse('no_text');
  const message = postEphemeral(wire, person, {
    ...read.content,
    channel: place.channel.id,
    text: read.content.text ?? '',
    thread_ts: text(args, 'thread_ts'),
  });
  return fine({ message_ts: message.ts });
}

function permalink(wire: Wire, args: Args): Answer {
  const channel = text(args, 'channel') ?? '';
  const ts = text(args, 'message_ts') ?? '';
  if (wire.board.get('channel', channel) === undefined) return refuse('channel_not_found');
  if (wire.board.get('message', messageKey(channel, ts)) === undefined)
    return refuse('message_not_found');
  return fine({ channel, permalink: `${wire.base()}/archives/${channel}/p${ts.replace('.', '')}` });
}

const WRITE = ['chat:write'];

export const CHAT: Methods = {
  'chat.postMessage': { scopes: WRITE, run: postMessage },
  'chat.update': { scopes: WRITE, run: update },
  'chat.delete': { scopes: WRITE, run: deleteMessage },
  'chat.postEphemeral': { scopes: WRITE, run: ephemeral },
  'chat.getPermalink': { scopes: [], run: permalink },
};
