import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const lastEntry = () =>
  uuid('last_entry')
    .notNull()
    .references(() => entry.entryId);

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

/** Filled by a trigger for every entry; drained by the sequencer into the client's log. */
export const ledgerPending = pgTable('ledger_pending', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
});

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
  reviewChannel: text('review_channel'),
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
    team: text('team').notNull(),
    channel: text('channel').notNull(),
    clientId: uuid('client_id').references(() => client.id),
    audience: text('audience').notNull(),
    lastEntry: lastEntry(),
  },
  (t) => [primaryKey({ columns: [t.team, t.channel] })],
);

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
    unique('task_last_entry').on(t.lastEntry),
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
    model: text('model'),
    usage: jsonb('usage'),
    costNano: bigint('cost_nano', { mode: 'number' }),
    costBasis: text('cost_basis'),
    promptBody: uuid('prompt_body'),
    answerBody: uuid('answer_body'),
    rehearsal: boolean('rehearsal').notNull(),
    startedEntry: uuid('started_entry')
      .notNull()
      .references(() => entry.entryId),
    endedEntry: uuid('ended_entry').references(() => entry.entryId),
  },
  (t) => [index('attempt_task').on(t.taskId, t.startedAt)],
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

/** Prompts, outputs, drafts, reasons: encrypted, each under its own key, wrapped by the client's key outside the database. */
export const body = pgTable('body', {
  id: uuid('id').primaryKey(),
  clientId: uuid('client_id'),
  kind: text('kind').notNull(),
  keyName: text('key_name').notNull(),
  wrappedKey: bytea('wrapped_key').notNull(),
  sealed: bytea('sealed').notNull(),
  /** HMAC-SHA256 of the plain bytes under the body's own key, hex: what entries commit to. */
  digest: text('digest').notNull(),
  size: integer('size').notNull(),
});

/** Texts of rules, personas and price rows by the SHA-256 of their bytes, kept for ever. */
export const lore = pgTable('lore', {
  sha256: text('sha256').primaryKey(),
  kind: text('kind').notNull(),
  text: text('text').notNull(),
});

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
