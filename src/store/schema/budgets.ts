import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { entry } from './record.ts';
import { lastEntry } from './last-entry.ts';
import { request } from './requests.ts';
import { client, person } from './settings.ts';
import { attempt } from './tasks.ts';

/** What may be spent: on the calls that fit everything named here, of one figure, in each period. */
export const budget = pgTable('budget', {
  id: uuid('id').primaryKey(),
  /** How people name it. */
  number: integer('number').notNull().generatedAlwaysAsIdentity().unique(),
  clientId: uuid('client_id').references(() => client.id),
  lane: text('lane'),
  requestId: uuid('request_id').references(() => request.id),
  /** Who asked for the work. */
  personId: uuid('person_id').references(() => person.id),
  period: text('period').notNull(),
  figure: text('figure').notNull(),
  /** In the unit of its figure (src/core/budget.ts). */
  cap: bigint('cap', { mode: 'number' }).notNull(),
  /** How much approvers may raise it by in a period, all together. */
  approverRaise: bigint('approver_raise', { mode: 'number' }).notNull(),
  removedAt: at('removed_at'),
  lastEntry: lastEntry(),
});

/** A budget in one period: by how much it was raised in it, and what its calls come to. The sums are kept by the database. */
export const budgetPeriod = pgTable(
  'budget_period',
  {
    budgetId: uuid('budget_id')
      .notNull()
      .references(() => budget.id),
    /** `2026-11`, or `ever`. */
    period: text('period').notNull(),
    raised: bigint('raised', { mode: 'number' }).notNull().default(0),
    /** Of it, by approvers. */
    raisedByApprovers: bigint('raised_by_approvers', { mode: 'number' }).notNull().default(0),
    spent: bigint('spent', { mode: 'number' }).notNull().default(0),
    reserved: bigint('reserved', { mode: 'number' }).notNull().default(0),
    /** When it was said that it is nearly used up. */
    warnedAt: at('warned_at'),
    /** The entry that raised it or warned of it; null while neither happened. */
    lastEntry: uuid('last_entry').references(() => entry.entryId),
  },
  (t) => [primaryKey({ columns: [t.budgetId, t.period] })],
);

/** What one attempt takes of one budget: its worst case until it ends, what it came to from then on. */
export const reservation = pgTable(
  'reservation',
  {
    attemptId: uuid('attempt_id')
      .notNull()
      .references(() => attempt.id),
    budgetId: uuid('budget_id').notNull(),
    period: text('period').notNull(),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    /** Null until the attempt ended. */
    settled: bigint('settled', { mode: 'number' }),
    /**
     * `booked`, `free` or `lost` (src/core/lost-answer.ts), or `unpriced`: it ended and nobody knows at what price;
     * from either to `reconciled`, once somebody says what it came to.
     */
    counted: text('counted'),
  },
  (t) => [
    primaryKey({ columns: [t.attemptId, t.budgetId] }),
    index('reservation_budget').on(t.budgetId, t.period),
    index('reservation_open')
      .on(t.attemptId)
      .where(sql`settled is null`),
  ],
);
