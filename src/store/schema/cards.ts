import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';
import { request } from './requests.ts';
import { person } from './settings.ts';
import { draft, task } from './tasks.ts';

/** A question put to a person, with its closed answers; free text goes to a body. */
export const question = pgTable(
  'question',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => request.id),
    taskId: uuid('task_id').references(() => task.id),
    about: text('about').notNull(),
    options: jsonb('options').notNull(),
    textBody: uuid('text_body'),
    askedAt: at('asked_at').notNull(),
    answeredAt: at('answered_at'),
    answer: text('answer'),
    answerBody: uuid('answer_body'),
    answeredBy: uuid('answered_by').references(() => person.id),
    lastEntry: lastEntry(),
  },
  (t) => [index('question_request').on(t.requestId)],
);

/** A message of ours in Slack: what it is about, where it stands, and how many times its content was asked for and shown. */
export const card = pgTable(
  'card',
  {
    /** Random and opaque: the only thing a button carries. */
    id: uuid('id').primaryKey(),
    key: text('key').notNull().unique(),
    kind: text('kind').notNull(),
    requestId: uuid('request_id').references(() => request.id),
    taskId: uuid('task_id').references(() => task.id),
    questionId: uuid('question_id').references(() => question.id),
    draftId: uuid('draft_id').references(() => draft.id),
    /** `origin`, `review` or a channel id with an optional thread. */
    place: jsonb('place').notNull(),
    /** Code and parameters of a note; words are made from it when it is posted. */
    note: jsonb('note'),
    wanted: integer('wanted').notNull(),
    shown: integer('shown').notNull(),
    trying: boolean('trying').notNull().default(false),
    channel: text('channel'),
    ts: text('ts'),
    postedAt: at('posted_at'),
    readAt: at('read_at'),
  },
  (t) => [
    index('card_task').on(t.taskId),
    index('card_request').on(t.requestId),
    index('card_message').on(t.channel, t.ts),
  ],
);

/** Jobs to hand to the queue; written in the transaction that makes them necessary. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    jobId: text('job_id').notNull().unique(),
    queue: text('queue').notNull(),
    name: text('name').notNull(),
    subject: text('subject').notNull(),
    dueAt: at('due_at').notNull(),
    sentAt: at('sent_at'),
    doneAt: at('done_at'),
  },
  (t) => [
    index('outbox_open')
      .on(t.dueAt)
      .where(sql`sent_at is null`),
  ],
);

export const digestPost = pgTable(
  'digest_post',
  {
    week: text('week').notNull(),
    channel: text('channel').notNull(),
    cardId: uuid('card_id').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [primaryKey({ columns: [t.week, t.channel] })],
);
