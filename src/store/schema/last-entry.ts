import { uuid } from 'drizzle-orm/pg-core';
import { entry } from './record.ts';

/** The entry a row was last written with; the database refuses a change without a new one. */
export const lastEntry = () =>
  uuid('last_entry')
    .notNull()
    .references(() => entry.entryId);
