import type { Purpose } from '../core/lane.ts';
import type { Moment } from '../core/moment.ts';
import type { ByHand, Range } from '../core/minutes.ts';
import type { MinuteBasis, ReviewBasis, SourceType } from '../core/record-words.ts';

/** A stretch of time: `from` is in it, `to` no longer. */
export type Span = { readonly from: Moment; readonly to: Moment };

/** Money in nano-USD, apart by how it is known. What nobody knows the price of is counted in `unpriced` and in no sum. */
export type Spend = {
  /** Metered charges. */
  readonly cash: bigint;
  /** The share of what is paid anyway. */
  readonly allocated: bigint;
  /** What later entries corrected, up or down. */
  readonly adjusted: bigint;
  /** Calls without a known price. */
  readonly unpriced: number;
};

/** One thing that cost something: a call that ended, or a correction. */
export type CostItem = Spend & {
  /** The entry that says so. */
  readonly entry: string;
  /** The entry a correction corrects. */
  readonly corrects: string | null;
  readonly at: Moment;
  /** Null where no lane can be told. */
  readonly lane: string | null;
  readonly purpose: Purpose | 'correction' | 'seat';
};

/** What a person decided about exactly one draft, and what shows that it was looked at. */
export type Decision = {
  readonly verb: 'approved' | 'rejected';
  /** The person's random id. */
  readonly by: string;
  readonly at: Moment;
  readonly draft: string | null;
  readonly version: number | null;
  /** Null is not recorded, which is not the same as not done. */
  readonly shownAt: Moment | null;
  readonly readAt: Moment | null;
  readonly roles: readonly string[];
  readonly edited: { readonly words: number; readonly of: number } | null;
  readonly checklist: {
    readonly rule: string;
    readonly answers: readonly { readonly id: string; readonly yes: boolean }[];
  } | null;
  /** Who answers for the bytes: a person's id; null for a rejection. */
  readonly responsible: string | null;
};

/** The last word of the gate about a task. */
export type GateSum = {
  readonly gate: string;
  readonly outcome: string;
  readonly errors: number;
  readonly warnings: number;
  readonly draft: string | null;
  /** What looked, as `name version`. */
  readonly engines: readonly string[];
};

export type DisclosureSum = {
  readonly type: SourceType;
  readonly models: readonly string[];
  readonly staysOnMachine: boolean;
  readonly humanEdited: boolean;
  readonly gate: string;
  readonly rehearsal: boolean;
  /** SHA-256 hex of the words that went out. */
  readonly sha256: string;
};

/** Who wrote the words of the delivered draft. */
export type Shares = {
  /** By a model. */
  readonly ai: number;
  /** By an exact program. */
  readonly program: number;
  readonly people: number;
  /** Was in what the client sent. */
  readonly broughtIn: number;
};

/** Minutes by hand of a task: the figure that counts and where it comes from, and all three as they were said. */
export type MinutesSum = {
  readonly byHand: number;
  readonly basis: MinuteBasis;
  readonly said: ByHand;
};

/** What the reviews of a task took together; `mixed` where decisions were counted on different bases. */
export type ReviewSum = {
  readonly minutes: number;
  readonly basis: ReviewBasis | 'mixed';
};

/** A person moved the task to another lane than its rule says. */
export type Rerouted = { readonly by: string; readonly at: Moment; readonly from: string };

/** Everything the record says of one task up to the end of a stretch of time. */
export type TaskSum = {
  readonly id: string;
  /** `#142.2`. */
  readonly number: string;
  readonly kind: string;
  readonly isConfidential: boolean;
  /** Who did the work last; `human` where nobody was cast. */
  readonly persona: string;
  /** Where the work was done last. */
  readonly lane: string;
  /** Every lane that was called for it, each once, in order: where its material went. */
  readonly lanes: readonly string[];
  /** The rule that sent it there: `file#id@hash`. */
  readonly rule: string | null;
  readonly rerouted: Rerouted | null;
  /** Models that answered, each once, in order. */
  readonly models: readonly string[];
  readonly calls: Readonly<Record<Purpose, number>>;
  /** Calls that began and have no end. */
  readonly openCalls: number;
  readonly state: string;
  readonly began: Moment;
  /** When it was delivered, rejected or cancelled; null while it is open. */
  readonly ended: Moment | null;
  readonly spend: Spend;
  /** The part of it that went into checking. */
  readonly checking: Spend;
  readonly rehearsal: boolean;
  readonly minutes: MinutesSum | null;
  /** All its reviews up to the end of the range; null where no entry says. */
  readonly review: ReviewSum | null;
  /** Of them what counts in this range, or would if the task ended now; what counted when it expired before is not in it. */
  readonly reviewMinutes: number;
  /** What it saved in this range: minutes by hand where it was delivered, less its review. */
  readonly saved: number;
  readonly sentBack: { readonly byGate: number; readonly byPeople: number };
  readonly gate: GateSum | null;
  readonly decision: Decision | null;
  readonly disclosure: DisclosureSum | null;
  readonly shares: Shares | null;
  /** Hash of the delivered, else of the newest draft. */
  readonly draft: string | null;
  /** Texts about it that were erased. */
  readonly erased: number;
};

/**
 * What counts in this stretch of time of a task that did not end in it: what was booked on it after its end, and what it
 * had cost when it expired undecided. `#?` for no task.
 */
export type LaterCost = {
  readonly number: string;
  readonly item: CostItem;
  readonly why: 'later' | 'expired';
};

/** The same for minutes, task by task: what changed in this stretch of time, up or down. */
export type LaterMinutes = {
  readonly task: string;
  readonly number: string;
  readonly byHand: number;
  readonly review: number;
};

/** Something that did not go straight: refused, declined, held, sent back, and what became of it. */
export type Stop = {
  readonly entry: string;
  readonly type: string;
  readonly number: string;
  readonly at: Moment;
  readonly by: { readonly kind: string; readonly id: string };
  readonly rule: string | null;
  /** A closed word that says more: what it waits for, a fault, to whom it was handed. */
  readonly about: string | null;
};

export type Erasure = {
  readonly entry: string;
  /** `#142.2`, `#142`: whose texts they were; null where that is the client as a whole, or a person. */
  readonly number: string | null;
  readonly at: Moment;
  readonly scope: string;
  readonly ground: string;
  /** A person's id; null where a clock did it. */
  readonly orderedBy: string | null;
  readonly bodies: number;
};

export type LaneSum = Spend & { readonly lane: string; readonly calls: number };

export type Totals = {
  readonly spend: Spend;
  readonly checking: Spend;
  readonly delivered: number;
  readonly rejected: number;
  readonly cancelled: number;
  /** How often a task expired undecided; it may be reopened, and then it ends once more. */
  readonly expired: number;
  readonly open: number;
  readonly openCalls: number;
  /** What open tasks have cost so far; in no other figure. */
  readonly openSpend: Spend;
  /** Of delivered tasks alone: rejected work saves nothing. */
  readonly minutes: Readonly<Record<MinuteBasis, number>>;
  /** The same as a range, from the lower of table and estimate to the higher, or as a person corrected it. */
  readonly range: Range;
  /** Delivered tasks whose minutes a person corrected. */
  readonly corrected: number;
  /** What was corrected in these days of the minutes by hand of tasks delivered before. */
  readonly laterByHand: number;
  /** Of every task that ended or expired, with what was corrected later. */
  readonly reviewMinutes: number;
  /** Minutes by hand of delivered tasks, less the minutes of review of all of them. May be negative. */
  readonly saved: number;
  readonly sentBack: { readonly byGate: number; readonly byPeople: number };
  /** Of delivered tasks whose words are attributed. */
  readonly shares: Shares;
  readonly attributed: number;
  readonly erased: number;
};

/** The figures of one client's log over a stretch of time. */
export type Sums = {
  readonly span: Span;
  /** Tasks that ended in it, by number. */
  readonly ended: readonly TaskSum[];
  /** Tasks that were open at its end and that something happened to in it. */
  readonly open: readonly TaskSum[];
  readonly later: readonly LaterCost[];
  readonly laterMinutes: readonly LaterMinutes[];
  /** Costs of it by lane; they add up to the total. */
  readonly lanes: readonly LaneSum[];
  readonly totals: Totals;
  readonly stops: readonly Stop[];
  /** Requests that the rules made no task of. */
  readonly nothing: readonly Stop[];
  readonly erasures: readonly Erasure[];
  /** Rules that the entries of it name, as `file#id@hash`, each with the numbers of tasks and requests it is named for. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
  /** Months of the seat, as `2026-11`, whose shares may still change: it was used in them and they are not closed. */
  readonly openMonths: readonly string[];
  /** Entries of the log that fall into it. */
  readonly entries: number;
  /** Whether stand-ins may have answered for anything told here. */
  readonly rehearsal: boolean;
};
