import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';
import { request } from './requests.ts';
import { client, person } from './settings.ts';
import { task } from './tasks.ts';

/** Words a person gave a kind of work to. The words are a body of their request, and go with it. */
export const example = pgTable(
  'example',
  {
    id: uuid('id').primaryKey(),
    /** Whose requests are read with it; null for everyone's. */
    clientId: uuid('client_id').references(() => client.id),
    kind: text('kind').notNull(),
    bodyId: uuid('body_id').notNull(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => request.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => task.id),
    /** Who gave the kind, or gave it to everyone. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    madeAt: at('made_at').notNull(),
    /** Why nothing is read with it any more; null while it counts. */
    out: text('out'),
    lastEntry: lastEntry(),
  },
  (t) => [
    index('example_client').on(t.clientId, t.madeAt),
    index('example_request').on(t.requestId),
  ],
);
