import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { lastEntry } from './last-entry.ts';
import { entry } from './record.ts';
import { client, person } from './settings.ts';
import { request } from './requests.ts';

export const task = pgTable(
  'task',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => request.id),
    ordinal: integer('ordinal').notNull(),
    clientId: uuid('client_id').references(() => client.id),
    state: text('state').notNull(),
    returnTo: text('return_to'),
    version: integer('version').notNull(),
    kind: text('kind').notNull(),
    persona: text('persona').notNull(),
    lane: text('lane').notNull(),
    gate: text('gate').notNull(),
    rule: text('rule').notNull(),
    facts: jsonb('facts').notNull(),
    trace: jsonb('trace').notNull(),
    /** The words and files of this piece. */
    bodyId: uuid('body_id').notNull(),
    /** The task whose delivered files it begins with; null where it waits for none. */
    after: uuid('after').references((): AnyPgColumn => task.id),
    round: integer('round').notNull(),
    declines: integer('declines').notNull(),
    attempts: integer('attempts').notNull(),
    draftId: uuid('draft_id'),
    minutes: integer('minutes').notNull(),
    costNano: bigint('cost_nano', { mode: 'number' }).notNull(),
    /** Code of the reason it waits for, e.g. `lane_off`; words are made from it. */
    waitsFor: text('waits_for'),
    changedAt: at('changed_at').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [
    unique('task_ordinal').on(t.requestId, t.ordinal),
    // An entry moves a task once. Partial, so that Postgres does not take it for a key: updating a key column would wait
    // for everybody whose row refers to this task, and two people pressing at once would wait for each other.
    uniqueIndex('task_last_entry')
      .on(t.lastEntry)
      .where(sql`last_entry is not null`),
    index('task_state').on(t.state, t.changedAt),
  ],
);

export const attempt = pgTable(
  'attempt',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => task.id),
    purpose: text('purpose').notNull(),
    lane: text('lane').notNull(),
    persona: text('persona').notNull(),
    personaHash: text('persona_hash').notNull(),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
    /** `ok` or a fault code; null while it is open. */
    outcome: text('outcome'),
    /** Before which the server said not to come again. */
    notBefore: at('not_before'),
    model: text('model'),
    usage: jsonb('usage'),
    costNano: bigint('cost_nano', { mode: 'number' }),
    costBasis: text('cost_basis'),
    allocatedNano: bigint('allocated_nano', { mode: 'number' }),
    listNano: bigint('list_nano', { mode: 'number' }),
    playedNano: bigint('played_nano', { mode: 'number' }),
    credits: bigint('credits', { mode: 'number' }),
    promptBody: uuid('prompt_body'),
    answerBody: uuid('answer_body'),
    rehearsal: boolean('rehearsal').notNull(),
    startedEntry: uuid('started_entry')
      .notNull()
      .references(() => entry.entryId),
    endedEntry: uuid('ended_entry').references(() => entry.entryId),
  },
  (t) => [
    index('attempt_task').on(t.taskId, t.startedAt),
    // How a lane stands by its own record is asked before every call.
    index('attempt_lane').on(t.lane, t.endedAt),
  ],
);

/** One version of a deliverable. */
export const draft = pgTable(
  'draft',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => task.id),
    version: integer('version').notNull(),
    sha256: text('sha256').notNull(),
    /** Attempt that made it, or null when a person did. */
    attemptId: uuid('attempt_id').references(() => attempt.id),
    personId: uuid('person_id').references(() => person.id),
    /** [{name, size, sha256, body}] */
    files: jsonb('files').notNull(),
    /** Body of the persona's summary: questions, assumptions, note. */
    noteBody: uuid('note_body'),
    madeAt: at('made_at').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [unique('draft_version').on(t.taskId, t.version)],
);

export const review = pgTable('review', {
  id: uuid('id').primaryKey(),
  draftId: uuid('draft_id')
    .notNull()
    .references(() => draft.id),
  gate: text('gate').notNull(),
  outcome: text('outcome').notNull(),
  round: integer('round').notNull(),
  /** Body holding the findings: they quote the draft. */
  reportBody: uuid('report_body').notNull(),
  fingerprints: jsonb('fingerprints').notNull(),
  at: at('at').notNull(),
  lastEntry: lastEntry(),
});

/** What a person pressed. `voidedAt` takes an approval out of force; the row stays. */
export const decision = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => task.id),
    draftSha256: text('draft_sha256').notNull(),
    verb: text('verb').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    at: at('at').notNull(),
    shownAt: at('shown_at'),
    readAt: at('read_at'),
    reasonBody: uuid('reason_body'),
    voidedAt: at('voided_at'),
    lastEntry: lastEntry(),
  },
  (t) => [unique('decision_bound').on(t.id, t.taskId, t.draftSha256, t.verb, t.personId)],
);

/** The release of approved bytes. The foreign key is the promise: no delivery without that approval of those bytes. */
export const delivery = pgTable(
  'delivery',
  {
    taskId: uuid('task_id')
      .primaryKey()
      .references(() => task.id),
    decisionId: uuid('decision_id').notNull(),
    draftSha256: text('draft_sha256').notNull(),
    verb: text('verb').notNull(),
    personId: uuid('person_id').notNull(),
    disclosureEntry: uuid('disclosure_entry')
      .notNull()
      .references(() => entry.entryId),
    channel: text('channel').notNull(),
    ts: text('ts').notNull(),
    at: at('at').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [
    foreignKey({
      name: 'delivery_of_an_approval',
      columns: [t.decisionId, t.taskId, t.draftSha256, t.verb, t.personId],
      foreignColumns: [
        decision.id,
        decision.taskId,
        decision.draftSha256,
        decision.verb,
        decision.personId,
      ],
    }),
  ],
);
