import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';

/**
 * Which generations of a key are retired: of the practice, or of one client. A ring without a row never was turned. The
 * database takes no body under a retired generation, so that a key can be destroyed while programs write.
 */
export const keyring = pgTable('keyring', {
  /** `practice`, or `client-` and the client's id: the name of the key without its generation. */
  owner: text('owner').primaryKey(),
  /** The oldest generation in force; those before it are retired for good. */
  oldest: integer('oldest').notNull(),
  /** Set when the client is erased: nothing is kept under this key any more. */
  closedAt: at('closed_at'),
  lastEntry: lastEntry(),
});
