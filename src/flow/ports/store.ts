import type { Entry } from '../../ledger/read.ts';
import type { EntryDraft } from '../../core/entry.ts';
import type {
  BodyId,
  ClientId,
  DraftId,
  EntryId,
  PersonId,
  QuestionId,
  RequestId,
  TaskId,
} from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { NumberRef } from '../../core/id.ts';
import type { AttemptReads } from './attempts.ts';
import type { QueueName } from './queue.ts';
import type { RecordReads } from './record.ts';
import type { Rows } from './rows.ts';
import type { SeatReads } from './seat.ts';
import type { BudgetReads, Spending } from './rows-budgets.ts';
import type { CardId, CardRow, QuestionRow } from './rows-cards.ts';
import type { ExampleReads } from './rows-examples.ts';
import type {
  ApproverRow,
  ChannelRow,
  ClientRow,
  PersonRow,
  PracticeRow,
} from './rows-settings.ts';
import type {
  AttemptRow,
  AttributionRow,
  DecisionRow,
  DeliveryRow,
  DraftRow,
  RequestRow,
  ReviewRow,
  TaskRow,
} from './rows-work.ts';

type TableName = keyof Rows;

/** One row to write. An update names the row and what must still be true of it; if it is not, the whole act is lost. */
export type Change = {
  [T in TableName]:
    | { readonly insert: T; readonly row: Rows[T] }
    | { readonly update: T; readonly set: Partial<Rows[T]>; readonly where: Partial<Rows[T]> };
}[TableName];

export type OutboxJob = {
  readonly queue: QueueName;
  readonly name: string;
  readonly subject: string;
  readonly jobId: string;
  readonly dueAt: Moment;
};

/**
 * A card whose content should be shown (again): made when its key is new, else asked for once more. What `mayWait` is
 * shown within a second or two, together with what comes meanwhile.
 */
export type WantedCard = Pick<CardRow, 'id' | 'key' | 'kind' | 'place'> &
  Partial<Pick<CardRow, 'requestId' | 'taskId' | 'questionId' | 'draftId' | 'note'>> & {
    readonly mayWait?: boolean;
  };

/** One act: everything that is written together or not at all. Entries carry their ids already. */
export type Act = {
  readonly entries: readonly {
    readonly id: EntryId;
    readonly cause: EntryId | null;
    readonly draft: EntryDraft;
  }[];
  readonly changes: readonly Change[];
  readonly cards: readonly WantedCard[];
  readonly jobs: readonly OutboxJob[];
  /** What calls take of budgets, in this order, after the changes. */
  readonly spending?: readonly Spending[];
  readonly at: Moment;
};

/** `lost`: something the act relied on was no longer so (another was first); nothing was written. */
export type Outcome = 'done' | 'lost';

/** A request with everything that hangs on it. */
export type RequestFile = {
  readonly request: RequestRow;
  readonly requester: PersonRow;
  readonly client: ClientRow | null;
  readonly approvers: readonly PersonRow[];
  readonly origin: ChannelRow | null;
  readonly tasks: readonly TaskRow[];
  readonly questions: readonly QuestionRow[];
};

/** What people corrected of a task afterwards, from its entries. */
export type Corrections = {
  /** Money put to it or taken off, together. */
  readonly nano: NanoUsd;
};

/** A task with what is needed to work on it, check it, decide on it and show it. */
export type TaskFile = Omit<RequestFile, 'tasks'> & {
  readonly task: TaskRow;
  readonly drafts: readonly DraftRow[];
  readonly reviews: readonly ReviewRow[];
  readonly decisions: readonly DecisionRow[];
  readonly attempts: readonly AttemptRow[];
  readonly delivery: DeliveryRow | null;
  readonly corrections: Corrections;
};

export type WeekFigures = {
  readonly clients: readonly {
    readonly clientId: ClientId | null;
    readonly delivered: number;
    readonly rejected: number;
    readonly costNano: number;
    /** Of it, what people corrected. */
    readonly adjustedNano: number;
    /** Calls whose price is not known; they are in no sum. */
    readonly unpriced: number;
  }[];
  readonly lanes: readonly {
    readonly lane: string;
    readonly costNano: number;
    readonly adjustedNano: number;
    readonly attempts: number;
    readonly unpriced: number;
  }[];
  readonly sentBackByGate: number;
  readonly sentBackByPeople: number;
  readonly approvedUnchanged: number;
  readonly approved: number;
  readonly waiting: readonly {
    readonly task: TaskRow;
    readonly number: string;
    readonly since: Moment;
  }[];
  readonly held: number;
};

/** A task at rest that waits for a person, and since when: the time of its last step that was no reminder. */
export type Still = {
  readonly task: TaskRow;
  /** Of its request. */
  readonly number: number;
  readonly began: Moment;
  /** The open question it waits on, if it has one of its own. */
  readonly question: Pick<QuestionRow, 'id' | 'about'> | null;
};

/** A week of ISO 8601 in a time zone: its name and its edges. */
export type WeekSpan = { readonly week: string; readonly from: Moment; readonly to: Moment };

/** What a client may be told of a week: only of tasks delivered in it. */
export type DeliveredFigures = {
  readonly delivered: number;
  readonly costNano: number;
  readonly adjustedNano: number;
  readonly unpriced: number;
  readonly sentBackByGate: number;
  readonly sentBackByPeople: number;
  readonly approvedUnchanged: number;
};

/** Everything flow asks of Postgres. */
export type Store = RecordReads &
  AttemptReads &
  ExampleReads &
  SeatReads &
  BudgetReads & {
    /** Writes one act in one transaction. Throws Fault `database_gone` (retry) when Postgres is away. */
    commit(act: Act): Promise<Outcome>;
    /** Whether this event, or the same words under another event id, was stored before. */
    heardBefore(heard: {
      readonly eventId: string;
      readonly team: string;
      readonly channel: string;
      readonly ts: string;
    }): Promise<boolean>;
    practice(): Promise<PracticeRow | null>;
    personBySlack(team: string, slackUser: string): Promise<PersonRow | null>;
    person(id: PersonId): Promise<PersonRow | null>;
    people(): Promise<readonly PersonRow[]>;
    clients(): Promise<readonly ClientRow[]>;
    client(id: ClientId): Promise<ClientRow | null>;
    approversOf(
      client: ClientId,
    ): Promise<readonly (ApproverRow & { readonly person: PersonRow })[]>;
    channel(team: string, channel: string): Promise<ChannelRow | null>;
    channels(client: ClientId): Promise<readonly ChannelRow[]>;
    requestFile(id: RequestId): Promise<RequestFile | null>;
    /** The requests whose thread, or one of whose cards, stands at this message, newest first. */
    requestsAt(team: string, channel: string, thread: string): Promise<readonly RequestRow[]>;
    /** The request that was made from this very message or command. */
    requestFrom(team: string, channel: string, ts: string): Promise<RequestRow | null>;
    taskFile(id: TaskId): Promise<TaskFile | null>;
    /** Who wrote which words of a draft; null when that was never recorded. */
    attribution(draft: DraftId): Promise<AttributionRow | null>;
    findRequest(number: number): Promise<RequestId | null>;
    findTask(ref: NumberRef): Promise<TaskId | null>;
    question(id: QuestionId): Promise<QuestionRow | null>;
    card(id: CardId): Promise<CardRow | null>;
    cardAt(channel: string, ts: string): Promise<CardRow | null>;
    cardByKey(key: string): Promise<CardRow | null>;
    cardsOf(request: RequestId): Promise<readonly CardRow[]>;
    body(id: BodyId): Promise<Rows['body'] | null>;
    /** A kept text by the first 16 or more hex of its SHA-256. */
    loreStarting(hex: string): Promise<{ readonly sha256: string; readonly text: string } | null>;
    /** Which of these texts, named by their whole SHA-256, are kept already. */
    loreAmong(hashes: readonly string[]): Promise<ReadonlySet<string>>;
    /** Those of these kept texts that are there, by their whole SHA-256. */
    loreTexts(hashes: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** Entries about a task or request, oldest first. */
    trail(about: {
      readonly task?: TaskId;
      readonly request?: RequestId;
    }): Promise<readonly Entry[]>;
    /** Tasks that are not final, newest first; of one client if given. */
    openTasks(
      client: ClientId | null,
    ): Promise<readonly { readonly task: TaskRow; readonly number: number }[]>;
    /**
     * Tasks that wait for a person and took no step since `expires`, or, where a draft or a question of their own waits,
     * since `reminds`; longest at rest first, at most 1,000.
     */
    stillSince(times: {
      readonly reminds: Moment;
      readonly expires: Moment;
    }): Promise<readonly Still[]>;
    week(from: Moment, to: Moment, client: ClientId | null): Promise<WeekFigures>;
    /** Everything about the tasks that a specialist declined in these days, oldest first. */
    aroundDeclines(from: Moment, to: Moment): Promise<readonly Entry[]>;
    /** What people changed of plans and lanes in these days, oldest first. */
    stepsOfPeople(from: Moment, to: Moment): Promise<readonly Entry[]>;
    /** The week that holds this moment where the zone (an IANA name) is. */
    weekHolding(at: Moment, zone: string): Promise<WeekSpan>;
    /** Every entry up to the end of the span about tasks that something happened to in it, oldest first; of one client if given. */
    movedIn(
      span: Pick<WeekSpan, 'from' | 'to'>,
      client: ClientId | null,
    ): Promise<readonly Entry[]>;
    deliveredIn(span: WeekSpan, client: ClientId): Promise<DeliveredFigures>;
    digestPosted(week: string, channel: string): Promise<boolean>;
    /** Notes that a card is about to be posted, so that a crash after the posting is known to be one. */
    trying(card: CardId): Promise<void>;
    /** How drafts of a kind fared with people in the last 180 days: approved, and of them unchanged. */
    approvals(kind: string): Promise<{ readonly approved: number; readonly unchanged: number }>;
    heldTasks(waitsFor: string): Promise<readonly TaskRow[]>;
    /** When the first entry was written; null before that. */
    foundedAt(): Promise<Moment | null>;
  };
