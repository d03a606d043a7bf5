import type { Standing } from '../core/task.ts';
import { ENTRY_TYPES } from '../core/entry-type.ts';
import type { EntryType } from '../core/entry-type.ts';
import { makeIdTable } from './id-table.ts';
import type { Entry } from './read.ts';

/** An attempt of a task that is known to have begun. */
export type AttemptPast = {
  readonly id: string;
  readonly lane: string | null;
  readonly purpose: string;
  /** The entry that began it. */
  readonly entry: string;
  readonly index: number;
  isOpen: boolean;
};

/** An entry about the bytes of a draft that a delivery may name: an approval, a gate's result, a disclosure. */
export type Backing = {
  readonly id: string;
  readonly type: EntryType;
  readonly draft: string | null;
  readonly outcome: string | null;
  /** Whether it still counts: an approval that was voided or taken back does not. */
  isInForce: boolean;
};

/** What the entries so far say about one task. */
export type TaskPast = {
  /** From 1 on, in the order tasks began; 0 stands for no task. */
  readonly number: number;
  readonly request: string | null;
  standing: Standing;
  /** How many steps it took, its beginning among them, and the entry of the last. */
  steps: number;
  last: string;
  /** The version that is decided about; null before the first. */
  draft: { readonly sha256: string; readonly version: number } | null;
  drafts: readonly string[];
  attempts: readonly AttemptPast[];
  backing: readonly Backing[];
};

/** From when until when somebody decides for the client of the log; `until` is null while they do. */
export type Spell = { readonly since: number; until: number | null };

/** Which rule sets were accepted, as far as the log says so: the practice's own does, that of a client never. */
export type RuleSetsPast = {
  /** SHA-256 hex of the set in force; null where the log says of none. */
  inForce: string | null;
  /** Every set that was ever in force. */
  readonly accepted: Set<string>;
  /** Those of them that are kept whole, with every file. */
  readonly kept: Set<string>;
  /** How often one was accepted, the founding not counted. */
  acceptances: number;
};

/** Everything the entries of a log so far say, as far as later entries are judged by it. */
export type Past = {
  /** How many entries were taken. */
  readonly size: () => number;
  /** Where an entry stands among those taken; -1 for one that is not there. */
  readonly find: (id: string) => number;
  readonly typeAt: (place: number) => EntryType | undefined;
  readonly timeAt: (place: number) => number;
  /** The number of the task an entry is about; 0 for none. */
  readonly taskAt: (place: number) => number;
  /** Adds an entry; an id that is there already is not added again. */
  readonly add: (entry: Entry, task: number) => void;
  /** Whose log it is: the client of its first entry; undefined before the first. */
  client: string | null | undefined;
  readonly requests: Set<string>;
  readonly tasks: Map<string, TaskPast>;
  readonly approvers: Map<string, Spell>;
  readonly erased: Set<string>;
  readonly ruleSets: RuleSetsPast;
};

const CODES = new Map(ENTRY_TYPES.map((type, code) => [type, code]));
const FIRST_ROOM = 1_024;

/** The past of an empty log; `client` where it is known whose it is. What is kept of an entry fits into some 40 bytes. */
export function emptyPast(client?: string | null): Past {
  const ids = makeIdTable();
  let times = new Float64Array(FIRST_ROOM);
  let types = new Uint8Array(FIRST_ROOM);
  let about = new Int32Array(FIRST_ROOM);
  let size = 0;

  function makeRoom(): void {
    if (size < types.length) return;
    times = grown(times, new Float64Array(size * 2));
    types = grown(types, new Uint8Array(size * 2));
    about = grown(about, new Int32Array(size * 2));
  }

  return {
    size: () => size,
    find: (id) => ids.find(id),
    typeAt: (place) => ENTRY_TYPES[types[place] ?? -1],
    timeAt: (place) => times[place] ?? 0,
    taskAt: (place) => about[place] ?? 0,
    add: ({ id, type, at }, task) => {
      if (ids.add(id) === -1) return;
      makeRoom();
      times[size] = at;
      types[size] = CODES.get(type) ?? ENTRY_TYPES.length;
      about[size] = task;
      size += 1;
    },
    client,
    requests: new Set(),
    tasks: new Map(),
    approvers: new Map(),
    erased: new Set(),
    ruleSets: { inForce: null, accepted: new Set(), kept: new Set(), acceptances: 0 },
  };
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
