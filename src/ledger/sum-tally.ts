import type { Purpose } from '../core/lane.ts';
import type { Moment } from '../core/moment.ts';
import type { Entry } from './read.ts';
import { beginMinutes } from './sum-minutes.ts';
import type { MinutesTally } from './sum-minutes.ts';
import type { CostItem, Decision, DisclosureSum, GateSum, Rerouted, Shares } from './sum-types.ts';

/** What is known of a task while its entries are read in the order of the log. */
export type Tally = {
  readonly id: string;
  readonly request: string | null;
  ordinal: number | null;
  kind: string;
  isConfidential: boolean;
  persona: string;
  lane: string;
  rule: string | null;
  rerouted: Rerouted | null;
  readonly models: Set<string>;
  readonly calls: Record<Purpose, number>;
  /** Lanes of its calls by their id, and which of them have no end yet. */
  readonly lanes: Map<string, string>;
  readonly running: Set<string>;
  readonly costs: CostItem[];
  /** When each of these costs began to count, in their order: when the task ended or expired, or when it was booked after that. */
  readonly counted: Moment[];
  state: string;
  readonly began: Moment;
  ended: Moment | null;
  /** When it ended or expired; null while it is open. */
  over: Moment | null;
  last: Moment;
  rehearsal: boolean;
  /** Minutes as of the beginning of the range, and as of its end. */
  readonly minutes: { readonly before: MinutesTally; readonly now: MinutesTally };
  readonly sentBack: { byGate: number; byPeople: number };
  gate: GateSum | null;
  decision: Decision | null;
  disclosure: DisclosureSum | null;
  readonly shares: Map<string, Shares>;
  draft: string | null;
  /** Bodies its entries name. */
  readonly bodies: Set<string>;
};

/** A task of which its first entry is about to be taken. */
export function beginTally(entry: Entry): Tally {
  return {
    id: entry.task ?? '',
    request: entry.request,
    ordinal: null,
    kind: 'unknown',
    isConfidential: false,
    persona: 'human',
    lane: 'tool',
    rule: null,
    rerouted: null,
    models: new Set(),
    calls: { work: 0, repair: 0, review: 0, estimate: 0, propose: 0 },
    lanes: new Map(),
    running: new Set(),
    costs: [],
    counted: [],
    state: 'proposed',
    began: entry.at,
    ended: null,
    over: null,
    last: entry.at,
    rehearsal: false,
    minutes: { before: beginMinutes(), now: beginMinutes() },
    sentBack: { byGate: 0, byPeople: 0 },
    gate: null,
    decision: null,
    disclosure: null,
    shares: new Map(),
    draft: null,
    bodies: new Set(),
  };
}
