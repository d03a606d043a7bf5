import type { Day } from '../../core/day.ts';
import type { EntryType } from '../../core/entry-type.ts';
import type { ClientId, EntryId, NumberRef, PersonId, RequestId, TaskId } from '../../core/id.ts';
import type { Lane } from '../../core/lane.ts';
import type { Moment } from '../../core/moment.ts';
import type { ClientRow, PersonRow } from './rows-settings.ts';

/**
 * What of the record somebody may read: everything, or the entries of some clients together with those of the requests
 * they asked for themselves.
 */
export type Reach =
  'all' | { readonly clients: readonly ClientId[]; readonly asker: PersonId | null };

/** A rule as people name it: `LANE-010`, `lanes.yaml#LANE-010`, or with the hash of one text of it. */
export type RuleName = { readonly id: string; readonly file?: string; readonly hash?: string };

/**
 * Days as moments, the end excluded, and between which places of the table their entries lie: by time alone Postgres
 * would walk the whole record for a page.
 */
export type LogSpan = {
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly first: number | null;
  readonly last: number | null;
};

/** Which entries are wanted: what is absent may be anything. */
export type LogFilter = {
  readonly reach: Reach;
  readonly request?: RequestId;
  readonly task?: TaskId;
  readonly client?: ClientId;
  readonly person?: PersonId;
  readonly model?: string;
  readonly rule?: RuleName;
  readonly type?: EntryType;
  readonly lane?: Lane;
  readonly persona?: string;
  readonly span?: LogSpan;
};

export type LogPage = {
  /** `newer`: the oldest entries, or those behind the cursor. `older`: the newest, or those before it. */
  readonly towards: 'newer' | 'older';
  /** The entry from which to go on, itself left out. */
  readonly cursor: EntryId | null;
  readonly limit: number;
  /** Bytes alone: neither places nor numbers are looked up. */
  readonly bare?: true;
};

/** Where an entry stands in the log of its client; null for the practice's own log. Counted from 0, as proofs count. */
export type Place = {
  readonly client: ClientId | null;
  /** Grows when a log is begun anew after a restored database. */
  readonly epoch: number;
  readonly index: number;
  /** Whether a signed checkpoint covers it. */
  readonly signed: boolean;
};

export type LogRow = {
  readonly id: EntryId;
  /** The entry itself: what is shown is read from these bytes and from nothing else. */
  readonly bytes: Uint8Array;
  /** Null as long as the sequencer has not put it into its log. */
  readonly place: Place | null;
  /** The number of the request or task it is about. */
  readonly number: NumberRef | null;
};

export type LogRows = {
  /** Oldest first, whichever way they were asked for. */
  readonly rows: readonly LogRow[];
  /** The cursor of what follows in that direction; null when nothing does. */
  readonly next: EntryId | null;
};

/** One entry, by its id or by its place in the newest log of a client that reaches so far. */
export type OneEntry =
  { readonly id: EntryId } | { readonly log: ClientId | null; readonly index: number };

/**
 * Reading the record. What is out of reach does not exist here: it is in no page and under no cursor, and what only
 * it would tell (clients, people, numbers) is not told either.
 */
export type RecordReads = {
  /** Null when the cursor is no entry within reach. */
  log(filter: LogFilter, page: LogPage): Promise<LogRows | null>;
  logEntry(reach: Reach, which: OneEntry): Promise<LogRow | null>;
  /** From the beginning of one day to the end of another, where the zone (an IANA name) is; null leaves it open. */
  logSpan(
    days: { readonly from: Day | null; readonly to: Day | null },
    zone: string,
  ): Promise<LogSpan>;
  /** The request of a number, and the task if the number names one. */
  logAbout(
    reach: Reach,
    number: NumberRef,
  ): Promise<{ readonly request: RequestId; readonly task: TaskId | null } | null>;
  /** Clients of whom something is within reach, by short name. */
  logClients(reach: Reach): Promise<readonly ClientRow[]>;
  /** People who may have acted within reach: the owner, who asked, who decides or did. */
  logPeople(reach: Reach): Promise<readonly PersonRow[]>;
};
