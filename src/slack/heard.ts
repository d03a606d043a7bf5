import { z } from 'zod';
import type { Heard } from '../flow/ports/doors.ts';
import type { FileRef } from '../flow/ports/world.ts';
import type { Door } from '../flow/ports/rows-work.ts';

/** A file as messages carry it. In shared channels Slack leaves out all but the id (`check_file_info`). */
const file = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    size: z.number().nullish(),
    mimetype: z.string().nullish(),
  })
  .transform((f): FileRef => ({
    id: f.id,
    name: f.name ?? f.id,
    size: f.size ?? 0,
    mime: f.mimetype ?? 'application/octet-stream',
  }));

/** What messages and mentions have in common. docs.slack.dev/reference/events/message */
export const saidSchema = z.object({
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  files: z.array(file).default([]),
});
export type Said = z.output<typeof saidSchema>;

export const eventSchema = z.object({
  event_id: z.string(),
  team_id: z.string(),
  event: saidSchema,
});
export type EventBody = z.output<typeof eventSchema>;

/** Messages a person wrote; every other subtype is an edit, a deletion, a join or a bot. */
const PERSONAL = [undefined, 'file_share', 'thread_broadcast'];

/** Whether a person wrote it: never AIOS itself, never another bot. */
export function isPersons(said: Said, botUser: string): boolean {
  const bot = typeof said.bot_id === 'string' || said.user === botUser || said.user === 'USLACKBOT';
  return said.user !== undefined && !bot && PERSONAL.includes(said.subtype);
}

const LINK = /<((?:https?:\/\/|mailto:)[^|>]+)(?:\|([^>]*))?>/g;

/** The address itself where the label is only a shorter form of it. */
function unwrapped(_all: string, url: string, label = ''): string {
  const bare = url.replace(/^mailto:/, '');
  const ends = bare.replace(/\/$/, '').endsWith(label.replace(/\/$/, ''));
  return ends ? bare : `${label} (${bare})`;
}

/** Undoes the three escapes Slack makes. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The words a person wrote: without the mention of the bot, links as plain addresses, nothing escaped. */
export function wordsOf(text: string, botUser: string): string {
  const mention = new RegExp(`<@${botUser}(?:\\|[^>]*)?>`, 'g');
  return unescaped(text.replace(mention, ' ').replace(LINK, unwrapped))
    .replace(/[^\S\n]{2,}/g, ' ')
    .trim();
}

export function mentions(text: string, botUser: string): boolean {
  return text.includes(`<@${botUser}>`) || text.includes(`<@${botUser}|`);
}

/** What flow hears of one event. */
export function heardOf(
  { event_id: eventId, team_id: team, event }: EventBody,
  door: Door,
  botUser: string,
): Heard {
  return {
    eventId,
    team,
    channel: event.channel,
    ts: event.ts,
    thread: event.thread_ts === undefined || event.thread_ts === event.ts ? null : event.thread_ts,
    user: event.user ?? '',
    text: wordsOf(event.text, botUser),
    files: event.files,
    door,
  };
}
