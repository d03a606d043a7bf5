import {
  type EphemeralMessage,
  type RecordKind,
  type Records,
  type StoredMessage,
} from './records.ts';
import type { Change, WorkspaceState } from './state.ts';

/**
 * The workspace's records in memory, with every change queued for the state. Reads and writes are immediate;
 * `saved()` resolves when all changes so far are stored, and is awaited before anyone is told that something happened.
 */
export type Board = {
  get<K extends RecordKind>(kind: K, key: string): Records[K] | undefined;
  all<K extends RecordKind>(kind: K): readonly Records[K][];
  put<K extends RecordKind>(kind: K, key: string, body: Records[K]): void;
  drop(kind: RecordKind, key: string): void;
  /** Messages of a channel in order of ts. */
  messages(channel: string): readonly StoredMessage[];
  readonly ephemeral: Map<string, EphemeralMessage>;
  /** Rejects with Fault `database_gone`; the changes stay queued and go with the next call. */
  saved(): Promise<void>;
  putBytes(file: string, bytes: Uint8Array): Promise<void>;
  bytes(file: string): Promise<Uint8Array | undefined>;
  now(): number;
  /** A ts later than every one before it, also over a restart. */
  nextTs(): string;
};

/** Loads the state and makes the board over it. */
export async function makeBoard(state: WorkspaceState, clock: () => number): Promise<Board> {
  const tables = emptyTables();
  for (const change of await state.load()) apply(tables, change);
  const journal = makeJournal(state);
  const nextTs = makeTs(clock, [...tables.message.values()] as StoredMessage[]);
  const write = (change: Change): void => {
    apply(tables, change);
    journal.add(change);
  };
  return {
    get: <K extends RecordKind>(kind: K, key: string) =>
      tables[kind].get(key) as Records[K] | undefined,
    all: <K extends RecordKind>(kind: K) => [...tables[kind].values()] as Records[K][],
    put: (kind, key, body) => write({ kind, key, body } as Change),
    drop: (kind, key) => write({ kind, key, body: undefined }),
    messages: (channel) => messagesOf(tables.message as Table<'message'>, channel),
    ephemeral: new Map(),
    saved: () => journal.saved(),
    putBytes: (file, bytes) => state.putBytes(file, bytes),
    bytes: (file) => state.bytes(file),
    now: clock,
    nextTs,
  };
}

type Table<K extends RecordKind> = Map<string, Records[K]>;
type Tables = Readonly<Record<RecordKind, Map<string, Records[RecordKind]>>>;

function emptyTables(): Tables {
  return {
    person: new Map(),
    channel: new Map(),
    message: new Map(),
    file: new Map(),
    view: new Map(),
    home: new Map(),
    pending: new Map(),
  };
}

function apply(tables: Tables, change: Change): void {
  if (change.body === undefined) tables[change.kind].delete(change.key);
  else tables[change.kind].set(change.key, change.body);
}

function messagesOf(table: Table<'message'>, channel: string): readonly StoredMessage[] {
  const found = [...table.values()].filter((message) => message.channel === channel);
  return found.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** One save at a time; what arrives meanwhile goes together in the next. */
function makeJournal(state: WorkspaceState): { add(change: Change): void; saved(): Promise<void> } {
  let queue: Change[] = [];
  let running: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    const batch = queue;
    queue = [];
    try {
      await state.save(batch);
    } catch (thrown) {
      queue = [...batch, ...queue];
      throw thrown;
    }
  };
  const saved = async (): Promise<void> => {
    if (running !== undefined) await running.catch(() => undefined);
    if (running !== undefined) return saved();
    if (queue.length === 0) return;
    running = flush().finally(() => (running = undefined));
    await running;
  };
  return { add: (change) => void queue.push(change), saved };
}

/** Slack's ts is seconds and microseconds; ours never repeats and never goes back. */
function makeTs(clock: () => number, known: readonly StoredMessage[]): () => string {
  let last = known.reduce((max, { ts }) => Math.max(max, Number(ts.replace('.', ''))), 0);
  return () => {
    last = Math.max(clock() * 1000, last + 1);
    const digits = String(Math.floor(last)).padStart(16, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
}
