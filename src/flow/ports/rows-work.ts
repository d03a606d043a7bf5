import type { Facts } from '../../core/facts.ts';
import type {
  AttemptId,
  BodyId,
  ClientId,
  DecisionId,
  DraftId,
  EntryId,
  Id,
  PersonId,
  RequestId,
  TaskId,
} from '../../core/id.ts';
import type { Basis } from '../../core/cost.ts';
import type { Lane, Purpose } from '../../core/lane.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { ReturnState, State } from '../../core/task.ts';
import type { Trace } from '../../core/trace.ts';
import type { EngineRun, Finding, Gate, Verdict } from '../../core/verdict.ts';
import type { Usage } from './lanes.ts';
import type { LastEntry } from './rows-settings.ts';

/** Rows of the work: requests, tasks and what hangs on them. */

export type Door = 'mention' | 'reply' | 'dm' | 'command' | 'shortcut';
/** How far the reading of a request came: `asked` waits for "For whom?", `planned` has its tasks, `empty` had no work in it. */
export type RequestStep = 'received' | 'asked' | 'planned' | 'empty';
export type RequestRow = LastEntry & {
  readonly id: RequestId;
  readonly number: number;
  readonly clientId: ClientId | null;
  readonly personId: PersonId;
  readonly team: string;
  readonly channel: string;
  readonly thread: string;
  readonly ts: string;
  readonly door: Door;
  readonly bodyId: BodyId;
  readonly step: RequestStep;
  readonly receivedAt: Moment;
};

export type TaskRow = LastEntry & {
  readonly id: TaskId;
  readonly requestId: RequestId;
  readonly ordinal: number;
  readonly clientId: ClientId | null;
  readonly state: State;
  readonly returnTo: ReturnState | null;
  readonly version: number;
  readonly kind: string;
  readonly persona: string;
  readonly lane: Lane;
  readonly gate: Gate;
  /** `file#id@hash` of the rule that chose the lane. */
  readonly rule: string;
  readonly facts: Facts;
  readonly trace: Trace;
  readonly bodyId: BodyId;
  /** The task whose delivered files this one begins with; null where it waits for none. */
  readonly after: TaskId | null;
  /** Times the gate sent it back. */
  readonly round: number;
  readonly declines: number;
  readonly attempts: number;
  readonly draftId: DraftId | null;
  readonly minutes: number;
  readonly costNano: NanoUsd;
  readonly waitsFor: string | null;
  readonly changedAt: Moment;
};

export type AttemptRow = {
  readonly id: AttemptId;
  readonly taskId: TaskId;
  readonly purpose: Purpose;
  readonly lane: Lane;
  readonly persona: string;
  readonly personaHash: string;
  readonly startedAt: Moment;
  readonly endedAt: Moment | null;
  readonly outcome: string | null;
  /** Before which the server said not to come again; null where it named no time. */
  readonly notBefore: Moment | null;
  readonly model: string | null;
  readonly usage: Usage | null;
  /** Cash and allocated together; null is not known. */
  readonly costNano: NanoUsd | null;
  readonly costBasis: Basis | null;
  /** The part of it that is a share of what is paid anyway. */
  readonly allocatedNano: NanoUsd | null;
  /** At list price, for comparison; in no sum. */
  readonly listNano: NanoUsd | null;
  /** What a stand-in's call would have cost; no money. */
  readonly playedNano: NanoUsd | null;
  /** 10^-9 credits of the seat; null where it reported none. */
  readonly credits: number | null;
  readonly promptBody: BodyId | null;
  readonly answerBody: BodyId | null;
  readonly rehearsal: boolean;
  readonly startedEntry: EntryId;
  readonly endedEntry: EntryId | null;
};

export type DraftFile = {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly body: BodyId;
};
export type DraftRow = LastEntry & {
  readonly id: DraftId;
  readonly taskId: TaskId;
  readonly version: number;
  readonly sha256: string;
  readonly attemptId: AttemptId | null;
  readonly personId: PersonId | null;
  readonly files: readonly DraftFile[];
  readonly noteBody: BodyId | null;
  readonly madeAt: Moment;
};

/** Who wrote which words of a delivered draft, as `src/ledger/attribution.ts` packs it. */
export type AttributionRow = LastEntry & {
  readonly draftId: DraftId;
  readonly taskId: TaskId;
  readonly clientId: ClientId | null;
  readonly sha256: string;
  readonly content: Uint8Array;
};

export type ReviewRow = LastEntry & {
  readonly id: Id<'review'>;
  readonly draftId: DraftId;
  readonly gate: Gate;
  readonly outcome: Verdict['outcome'];
  readonly round: number;
  readonly reportBody: BodyId;
  readonly fingerprints: readonly string[];
  readonly at: Moment;
};

/** What the body of a review holds. */
export type ReviewReport = {
  readonly findings: readonly Finding[];
  readonly engines: readonly EngineRun[];
  readonly notChecked: readonly string[];
};

export type DecisionVerb = 'approve' | 'send_back' | 'reject' | 'edit';
export type DecisionRow = LastEntry & {
  readonly id: DecisionId;
  readonly taskId: TaskId;
  readonly draftSha256: string;
  readonly verb: DecisionVerb;
  readonly personId: PersonId;
  readonly at: Moment;
  readonly shownAt: Moment | null;
  readonly readAt: Moment | null;
  readonly reasonBody: BodyId | null;
  readonly voidedAt: Moment | null;
};

export type DeliveryRow = LastEntry & {
  readonly taskId: TaskId;
  readonly decisionId: DecisionId;
  readonly draftSha256: string;
  readonly verb: 'approve';
  readonly personId: PersonId;
  readonly disclosureEntry: EntryId;
  readonly channel: string;
  readonly ts: string;
  readonly at: Moment;
};
