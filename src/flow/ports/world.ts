import type { Moment } from '../../core/moment.ts';
import type { Diff } from '../../core/blame/align-blocks.ts';
import type { Classifier } from '../../core/classifier.ts';
import type { Answer } from '../../core/answer.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Persona, Personas } from '../../core/persona.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import type { BodyId, ClientId, RequestId, TaskId } from '../../core/id.ts';
import type { PracticeWeek } from '../../core/digest.ts';
import type { PriceTable } from '../../core/price.ts';
import type { BodyKind, BodyRow } from './rows.ts';
import type { ExampleOf, ExampleRow } from './rows-examples.ts';
import type { PersonRole } from './rows-settings.ts';
import type { Eraser } from './eraser.ts';
import type { Exact, NamedFile } from './exact.ts';
import type { Lanes } from './lanes.ts';
import type { Change, Store } from './store.ts';
import type { Message } from './message.ts';

/** Time and randomness, so that flow has neither of its own. */
export type Clock = {
  now(): Moment;
  /** UUID v7 of now: random, and sorted by time. */
  newId<T extends string>(): T;
};

/** A body in an entry: committed to by a keyed hash, never by its text. */
export type BodyRef = { readonly id: BodyId; readonly digest: string; readonly bytes: number };

/** Whose a body is and what it belongs to: it is erased with any of the three. */
export type BodyAbout = {
  readonly client: ClientId | null;
  readonly request: RequestId | null;
  readonly task: TaskId | null;
};

/** The one way to prompts, outputs, drafts and reasons. */
export type Bodies = {
  /** Encrypts; the row goes into the act that needs it. */
  put(
    kind: BodyKind,
    about: BodyAbout,
    content: Uint8Array | string,
  ): Promise<{ readonly ref: BodyRef; readonly row: BodyRow }>;
  /** Throws Fault `erased`, or `not_found` when it is not what was kept, or `bad_config` when its key is missing. */
  get(id: BodyId): Promise<Uint8Array>;
  /** The change that makes a body of nobody the client's; null when it is somebody's already, or erased. */
  give(id: BodyId, client: ClientId): Promise<Change | null>;
};

/** The shape of an answer as JSON Schema, and the reading of one. */
export type Contract = {
  readonly schema: Record<string, unknown>;
  parse(
    text: string,
  ):
    | { readonly is: 'ok'; readonly answer: Answer }
    | { readonly is: 'bad'; readonly issues: readonly string[] };
};

/** What a model is asked where the reading of a request was not sure. */
export type Proposal = {
  readonly system: string;
  /** SHA-256 hex of the text that asks: what the attempt names as who was asked. */
  readonly hash: string;
  /** JSON Schema, draft 2020-12: one kind of a closed list, or `unclear`. */
  readonly schema: Record<string, unknown>;
  /** The kind it names; null for anything that is none of the list. */
  parse(text: string): string | null;
};

/** `inParts` when the texts of files are asked for afterwards, `redacted` when placeholders stand for values. */
export type AskedHow = { readonly inParts: boolean; readonly redacted: boolean };

/** Rules, kinds, personas and prices as they are in force. */
export type Library = {
  readonly rules: RuleSet;
  readonly personas: Personas;
  readonly prices: PriceTable;
  /** The shared preamble and the persona's brief, with what is particular to this work. */
  systemPrompt(persona: Persona, kind: WorkKind, how: AskedHow): string;
  /** What that persona must answer; `inParts` without the texts of files. */
  contract(persona: Persona, inParts: boolean): Contract;
  /** What the local lane is asked about an unclear request. */
  readonly proposal: Proposal;
  /** The text of one file as a model wrote it alone; null when there is none. */
  readFileText(text: string): string | null;
};

/** A file of a Slack message before its bytes were fetched. */
export type FileRef = {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
};

export type SlackPerson = {
  readonly name: string;
  readonly role: Exclude<PersonRole, 'owner'>;
  readonly bot: boolean;
};

export type Placed = { readonly channel: string; readonly ts: string };

/** What flow asks of Slack. Rendering is the room's own. Faults: `slack_gone` (retry), `not_found`, `too_large`. */
export type Slack = {
  /** Posts a new message. With `sureFirst` it looks for one with this id before posting again. */
  post(message: Message, to: Target): Promise<Placed>;
  edit(message: Message, at: Placed): Promise<void>;
  /** Posts a message with files, as one visible act. */
  deliver(message: Message, files: readonly NamedFile[], to: Target): Promise<Placed>;
  /** Fetches the bytes of files that came in; over the cap throws Fault `too_large`. */
  fetch(files: readonly FileRef[]): Promise<readonly NamedFile[]>;
  whoIs(user: string): Promise<SlackPerson>;
  /** Opens the direct message with someone and gives its channel. */
  dm(user: string): Promise<string>;
  /** Whether someone who is no member of the practice can read the channel; unsure counts as yes. */
  outsidersIn(channel: string): Promise<boolean>;
};

export type Target = {
  readonly id: string;
  readonly channel: string;
  readonly thread?: string;
  readonly sureFirst: boolean;
};

/** What is fixed for the life of the process. */
export type Facility = {
  readonly team: string;
  readonly botUser: string;
  readonly rehearsal: boolean;
  readonly ownerUser: string;
  readonly zone: string;
  /** Largest file taken in or given out, bytes. */
  readonly fileCap: number;
  /** Longest request text, characters. */
  readonly textCap: number;
};

/** The calls this process is making now, by task, so that a cancelled task stops its call. */
export type Running = {
  begin(task: TaskId, outer: AbortSignal): { readonly signal: AbortSignal; end(): void };
  stop(task: TaskId): void;
};

/** Tables and documents: data in, bytes out. */
export type Report = {
  /** The figures of a week as a table for a spreadsheet (RFC 4180, UTF-8 with a byte order mark). */
  weekTable(week: PracticeWeek): Uint8Array;
  /** The shortest way from one list to another. */
  readonly diff: Diff;
};

/** Where a log stands: how many entries it holds and the root over them, 64 hex digits. */
export type Mark = { readonly size: number; readonly root: string };

/** The signed marks of the record, which go out in receipts and digests. */
export type Marks = {
  /**
   * Brings the log of a client (of the practice itself for null) up to date and says where it stands. Null when nothing
   * can be signed now, or nothing was recorded yet. Never throws: no delivery waits for it.
   */
  of(client: ClientId | null): Promise<Mark | null>;
};

/** How a client's requests are read: with its own examples, and everyone's, beside those of the practice. */
export type OwnReading = {
  readonly classify: Classifier;
  /** Which examples these are: the first 16 hex of a hash over them. */
  readonly set: string;
  /** The latest example with these very words, of the client's own or of everyone's. */
  same(text: string, whose: 'own' | 'everyone'): ExampleRow | undefined;
};

/** The examples people gave, with their words. */
export type Examples = {
  /** Null for a client that has none, while there are none for everyone either. */
  of(client: ClientId): Promise<OwnReading | null>;
  /** These examples with their words; those erased meanwhile are left out. */
  words(rows: readonly ExampleOf[]): Promise<readonly SaidExample[]>;
};
export type SaidExample = ExampleOf & { readonly text: string };

/** Everything a flow may need; each flow's function names the part it uses. */
export type World = {
  readonly clock: Clock;
  readonly store: Store;
  readonly bodies: Bodies;
  readonly eraser: Eraser;
  readonly library: Library;
  readonly lanes: Lanes;
  readonly exact: Exact;
  readonly slack: Slack;
  readonly facility: Facility;
  readonly running: Running;
  readonly report: Report;
  readonly marks: Marks;
  readonly examples: Examples;
};
