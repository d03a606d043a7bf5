import type { EntryDraft } from '../core/entry.ts';
import type { EntryId } from '../core/id.ts';
import type { Act, Change, OutboxJob, WantedCard } from './ports/store.ts';
import type { QueueName } from './ports/queue.ts';
import type { Spending } from './ports/rows-budgets.ts';
import type { CardId } from './ports/rows-cards.ts';
import type { BodyRef, Clock } from './ports/world.ts';
import type { Moment } from '../core/moment.ts';

/** An act while it is put together: entries get their ids at once, so that rows can name them. */
export type OpenAct = {
  readonly at: Moment;
  /** Adds an entry and gives the id that rows refer to. `cause` is the entry that led to it. */
  note(draft: EntryDraft, cause: EntryId | null): EntryId;
  change(...changes: readonly Change[]): void;
  /** Adds a change ahead of all others: for rows the database wants to see before the task moves. */
  changeFirst(change: Change): void;
  /** Wants a card shown; a card with a known key is shown once more with today's content. Gives the id of a new one. */
  show(card: Omit<WantedCard, 'id'>): CardId;
  job(job: {
    queue: QueueName;
    name: string;
    subject: string;
    jobId: string;
    dueAt?: Moment;
  }): void;
  /** Takes from budgets, or settles what was taken. */
  spend(spending: Spending): void;
  newId<T extends string>(): T;
  close(): Act;
};

/** Starts an act at this moment. Nothing is written until it is committed. */
export function openAct(clock: Clock): OpenAct {
  const at = clock.now();
  const entries: Act['entries'][number][] = [];
  const changes: Change[] = [];
  const cards: WantedCard[] = [];
  const jobs: OutboxJob[] = [];
  const spending: Spending[] = [];
  return {
    at,
    note: (draft, cause) => {
      const id = clock.newId<EntryId>();
      entries.push({ id, cause, draft });
      return id;
    },
    change: (...more) => void changes.push(...more),
    changeFirst: (change) => void changes.unshift(change),
    show: (card) => {
      const id = clock.newId<CardId>();
      cards.push({ ...card, id });
      return id;
    },
    job: ({ dueAt, ...job }) => void jobs.push({ ...job, dueAt: dueAt ?? at }),
    spend: (one) => void spending.push(one),
    newId: () => clock.newId(),
    close: () => ({ entries, changes, cards, jobs, spending, at }),
  };
}

/** A body as an entry may name it: its id and keyed hash, never its text. */
export function refData(ref: BodyRef): { id: string; hmac_sha256: string; bytes: number } {
  return { id: ref.id, hmac_sha256: ref.digest, bytes: ref.bytes };
}
