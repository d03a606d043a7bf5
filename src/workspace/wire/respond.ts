import { messageKey } from '../records.ts';
import { LIMITS } from '../limits.ts';
import { BOT_USER_ID } from '../seed.ts';
import { fine, flag, refuse, text, type Answer, type Args } from './answer.ts';
import type { Origin } from './keys.ts';
import { edited, post, postEphemeral, remove, store, type Draft } from './messages.ts';
import { readContent, saysSomething, type Content } from './methods/chat.ts';
import type { Wire } from './wire.ts';

/**
 * What an app says through a response_url, or in the ack of a slash command: an ephemeral message unless
 * `response_type` is in_channel; replace_original and delete_original act on the message that was clicked.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function speak(wire: Wire, origin: Origin, args: Args): Answer {
  if (flag(args, 'delete_original')) return takeAway(wire, origin);
  const read = readContent(args, LIMITS.postText);
  if ('refusal' in read) return read.refusal;
  if (!saysSomething(read.content)) return refuse('no_text');
  if (flag(args, 'replace_original')) return replace(wire, origin, read.content);
  return sayNew(wire, origin, { args, content: read.content });
}

function sayNew(
  wire: Wire,
  origin: Origin,
  said: { readonly args: Args; readonly content: Content },
): Answer {
  const { args, content } = said;
  const draft: Draft = {
    ...content,
    channel: origin.channel ?? '',
    text: content.text ?? '',
    thread_ts: text(args, 'thread_ts'),
  };
  if (args['response_type'] === 'in_channel') post(wire, BOT_USER_ID, draft);
  else postEphemeral(wire, origin.person, draft);
  return fine();
}

function takeAway(wire: Wire, origin: Origin): Answer {
  const { channel, ts } = origin;
  if (channel === undefined || ts === undefined) return refuse('message_not_found');
  if (origin.ephemeral !== true) remove(wire, channel, ts);
  else {
    wire.board.ephemeral.delete(messageKey(channel, ts));
    wire.bus.tell({ is: 'ephemeral_gone', person: origin.person, channel, ts });
  }
  return fine();
}

function replace(wire: Wire, origin: Origin, content: Content): Answer {
  const key = messageKey(origin.channel ?? '', origin.ts ?? '');
  const own = wire.board.ephemeral.get(key);
  if (own !== undefined) {
    const message = { ...edited(wire, own, content), ephemeralTo: own.ephemeralTo };
    wire.board.ephemeral.set(key, message);
    wire.bus.tell({ is: 'ephemeral', message });
    return fine();
  }
  const message = wire.board.get('message', key);
  if (message === undefined) return refuse('message_not_found');
  store(wire, edited(wire, message, content), true);
  return fine();
}
