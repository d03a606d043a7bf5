import { sql } from 'drizzle-orm';
import { index, integer, pgSequence, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';
import { client, person } from './settings.ts';

export const requestNumber = pgSequence('request_number', { startWith: 1 });

/** What a person wrote. Its state is derived from its tasks; `step` only says how far the reading of it came. */
export const request = pgTable(
  'request',
  {
    id: uuid('id').primaryKey(),
    number: integer('number')
      .notNull()
      .unique()
      .default(sql`nextval('request_number')`),
    clientId: uuid('client_id').references(() => client.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    team: text('team').notNull(),
    channel: text('channel').notNull(),
    thread: text('thread').notNull(),
    ts: text('ts').notNull(),
    door: text('door').notNull(),
    bodyId: uuid('body_id').notNull(),
    step: text('step').notNull(),
    receivedAt: at('received_at').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [
    unique('request_source').on(t.team, t.channel, t.ts, t.personId),
    index('request_thread').on(t.team, t.channel, t.thread),
  ],
);

/** Every Slack event ever acknowledged, by its id: the same event makes one request. */
export const inbox = pgTable('inbox', {
  eventId: text('event_id').primaryKey(),
  at: at('at').notNull(),
});
