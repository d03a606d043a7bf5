import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, bytea } from './columns.ts';
import { lastEntry } from './last-entry.ts';
import { entry } from './record.ts';
import { client } from './settings.ts';
import { draft, task } from './tasks.ts';

/**
 * The transparency logs (RFC 6962): one for each client, and one without a client for what concerns the practice alone.
 * After a restored database a log is closed and followed by one of the next epoch, which has an origin of its own.
 */
export const log = pgTable(
  'log',
  {
    id: uuid('id').primaryKey(),
    clientId: uuid('client_id'),
    epoch: integer('epoch').notNull(),
    /** First line of its checkpoints and name of its key. */
    origin: text('origin').notNull().unique(),
    begunAt: at('begun_at').notNull(),
    closedAt: at('closed_at'),
  },
  (t) => [unique('log_of_client').on(t.clientId, t.epoch).nullsNotDistinct()],
);

/** Where in its log an entry stands, from 0 on, without gaps. */
export const leaf = pgTable(
  'leaf',
  {
    logId: uuid('log_id')
      .notNull()
      .references(() => log.id),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    entryId: bigint('entry_id', { mode: 'number' })
      .notNull()
      .references(() => entry.id),
  },
  (t) => [primaryKey({ columns: [t.logId, t.idx] }), unique('leaf_once').on(t.entryId, t.logId)],
);

/** How far a log has grown: its size and the roots of its complete subtrees, largest first, 32 bytes each. */
export const tree = pgTable('tree', {
  logId: uuid('log_id')
    .primaryKey()
    .references(() => log.id),
  size: bigint('size', { mode: 'number' }).notNull(),
  peaks: bytea('peaks').notNull(),
});

/** Signed checkpoints (C2SP tlog-checkpoint) of a log, each for a larger size than the one before. */
export const checkpoint = pgTable(
  'checkpoint',
  {
    logId: uuid('log_id')
      .notNull()
      .references(() => log.id),
    size: bigint('size', { mode: 'number' }).notNull(),
    note: text('note').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.logId, t.size] })],
);

/** Who wrote which words of a delivered draft: no text in it, known by its hash, which an entry names. */
export const attribution = pgTable(
  'attribution',
  {
    draftId: uuid('draft_id')
      .primaryKey()
      .references(() => draft.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => task.id),
    clientId: uuid('client_id').references(() => client.id),
    sha256: text('sha256').notNull(),
    content: bytea('content').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [index('attribution_task').on(t.taskId)],
);
