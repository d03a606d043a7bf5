import { requestNumber } from '../../core/id.ts';
import { hear } from '../hear.ts';
import type { Command, Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/**
 * `new <request>`: a request like one written in a channel. A command leaves no message to answer in, so its thread is
 * empty until our first message begins one; the command's own id stands for the time stamp of a message.
 */
export async function newRequest(world: World, asked: Asked): Promise<Reply> {
  const text = wordsOfRequest(asked);
  if (text === '')
    throw unexpected('what you need', '', 'For example: new proofread the attached page');
  const channel = await channelFor(world, asked.command);
  const { team, user, eventId } = asked.command;
  const outcome = await hear(world, {
    eventId,
    team,
    channel,
    ts: eventId,
    thread: '',
    user,
    text,
    files: [],
    door: 'command',
  });
  if (outcome.is === 'refused') return { ok: false, lines: [outcome.says] };
  const made = await world.store.requestFrom(team, channel, eventId);
  const number = made === null ? 'a request' : requestNumber(made.number);
  return told(
    outcome.is === 'stored'
      ? `Received as ${number}. The plan follows; nothing starts without a click.`
      : `Received before, as ${number}. Nothing was made twice.`,
  );
}

/** A request that stands in quotation marks as a whole, as a shell hands it on, is not a quotation. */
function wordsOfRequest({ words, rest }: Asked): string {
  return words.length === 1 ? (words[0] ?? '') : rest;
}

/** The command line stands in no channel: what it asks for is answered in the asker's direct messages. */
async function channelFor(world: World, { channel, user }: Command): Promise<string> {
  return channel === '' ? world.slack.dm(user) : channel;
}
