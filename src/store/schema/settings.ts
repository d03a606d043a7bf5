import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';

/** This installation: exactly one row. */
export const practice = pgTable('practice', {
  id: uuid('id').primaryKey(),
  origin: text('origin').notNull(),
  rehearsal: boolean('rehearsal').notNull(),
  policySha256: text('policy_sha256').notNull(),
  lastEntry: lastEntry(),
});

/** People by a random id; the Slack identity and the name are erasable. */
export const person = pgTable(
  'person',
  {
    id: uuid('id').primaryKey(),
    team: text('team').notNull(),
    slackUser: text('slack_user').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [unique('person_slack').on(t.team, t.slackUser)],
);

export const client = pgTable('client', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  cloud: text('cloud').notNull(),
  /** The body of the words that are replaced before its work leaves redacted. */
  termsBody: uuid('terms_body'),
  reviewChannel: text('review_channel'),
  /** Days for which bodies are kept after their request ended; null keeps them until somebody erases them. */
  retentionDays: integer('retention_days').default(90),
  /** What a requester may start without an approver, in nano-USD; null as the rules say. */
  requesterCapNano: bigint('requester_cap_nano', { mode: 'number' }),
  /** Since when its name and texts are gone; nothing new comes in for it. */
  erasedAt: at('erased_at'),
  lastEntry: lastEntry(),
});

/** Who may decide for a client, from when until when: history is kept, so that an old decision can be judged. */
export const approver = pgTable(
  'approver',
  {
    id: uuid('id').primaryKey(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => client.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    since: at('since').notNull(),
    until: at('until'),
    lastEntry: lastEntry(),
  },
  (t) => [index('approver_client').on(t.clientId, t.personId)],
);

export const channel = pgTable(
  'channel',
  {
    /** Random: what entries know it by. */
    id: uuid('id').notNull().unique(),
    team: text('team').notNull(),
    channel: text('channel').notNull(),
    clientId: uuid('client_id').references(() => client.id),
    audience: text('audience').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [primaryKey({ columns: [t.team, t.channel] })],
);
