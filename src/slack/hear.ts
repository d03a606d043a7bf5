import type { Door } from '../flow/ports/rows-work.ts';
import type { Around } from './around.ts';
import { eventSchema, heardOf, isPersons, mentions } from './heard.ts';
import type { EventBody } from './heard.ts';
import { whisper } from './post.ts';
import { words } from './whisper.ts';

/** Which door an event came through; undefined where AIOS is not meant. */
type Which = (body: EventBody, botUser: string) => Door | undefined;

/** A mention, in a channel or a thread. In direct messages every message counts anyway. */
export const byMention: Which = ({ event }) =>
  event.channel_type === 'im' ? undefined : 'mention';

export const byDm: Which = ({ event }) => (event.channel_type === 'im' ? 'dm' : undefined);

/**
 * A plain reply in a thread of a public channel (`channel`) or a private one (`group`). One that mentions AIOS comes
 * through the door of mentions as well, and counts there.
 */
export function byReply(type: 'channel' | 'group'): Which {
  return ({ event }, botUser) => {
    const reply = event.thread_ts !== undefined && event.thread_ts !== event.ts;
    const meant = reply && event.channel_type === type && !mentions(event.text, botUser);
    return meant ? 'reply' : undefined;
  };
}

/**
 * Hands what a person wrote to flow. Returns when it is stored, known or not taken; throws when it must be sent again.
 * An event that cannot be read is logged and done with: it would be as unreadable the next time.
 */
export async function hear(around: Around, body: unknown, which: Which): Promise<void> {
  const read = eventSchema.safeParse(body);
  if (!read.success) {
    around.log(`slack: an event could not be read: ${read.error.issues[0]?.message ?? 'unknown'}`);
    return;
  }
  const door = which(read.data, around.botUser);
  if (door === undefined || !isPersons(read.data.event, around.botUser)) return;
  const heard = heardOf(read.data, door, around.botUser);
  const outcome = await around.verbs().hear(heard);
  if (outcome.is !== 'refused') return;
  const { channel, user, thread } = heard;
  await whisper(
    around,
    { channel, user, ...(thread === null ? {} : { thread }) },
    words(around, outcome.says),
  );
}
