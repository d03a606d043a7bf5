import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns.ts';

/** One line of the record. `body` is the record; the columns beside it are a projection of it. Append only. */
export const entry = pgTable(
  'entry',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    entryId: uuid('entry_id').notNull().unique(),
    type: text('type').notNull(),
    at: at('at').notNull(),
    clientId: uuid('client_id'),
    requestId: uuid('request_id'),
    taskId: uuid('task_id'),
    attemptId: uuid('attempt_id'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    lane: text('lane'),
    model: text('model'),
    persona: text('persona'),
    rule: text('rule'),
    fromState: text('from_state'),
    toState: text('to_state'),
    draftSha256: text('draft_sha256'),
    costNano: bigint('cost_nano', { mode: 'number' }),
    minutes: integer('minutes'),
    body: bytea('body').notNull(),
    leaf: bytea('leaf').generatedAlwaysAs(sql`sha256('\\x00'::bytea || body)`),
  },
  (t) => [
    index('entry_task').on(t.taskId, t.id),
    index('entry_request').on(t.requestId, t.id),
    index('entry_client').on(t.clientId, t.id),
    index('entry_at').on(t.at),
  ],
);

/** Filled by a trigger for every entry; drained by the sequencer into the client's log (schema/log.ts). */
export const ledgerPending = pgTable('ledger_pending', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
});

/**
 * Prompts, outputs, drafts, reasons: encrypted, each under its own key, wrapped by the client's key outside the database.
 * An erased body keeps its row, with neither key nor text in it.
 */
export const body = pgTable(
  'body',
  {
    id: uuid('id').primaryKey(),
    clientId: uuid('client_id'),
    /** What it belongs to, and is erased with. */
    requestId: uuid('request_id'),
    taskId: uuid('task_id'),
    kind: text('kind').notNull(),
    keyName: text('key_name').notNull(),
    wrappedKey: bytea('wrapped_key'),
    sealed: bytea('sealed'),
    /** HMAC-SHA256 of the plain bytes under the body's own key, hex: what entries commit to. */
    digest: text('digest').notNull(),
    size: integer('size').notNull(),
    madeAt: at('made_at').notNull().defaultNow(),
    erasedAt: at('erased_at'),
  },
  (t) => [
    index('body_client').on(t.clientId),
    index('body_key').on(t.keyName),
    index('body_request')
      .on(t.requestId)
      .where(sql`erased_at is null`),
  ],
);

/** Texts of rules, personas and price rows by the SHA-256 of their bytes, kept for ever. */
export const lore = pgTable('lore', {
  sha256: text('sha256').primaryKey(),
  kind: text('kind').notNull(),
  text: text('text').notNull(),
});
