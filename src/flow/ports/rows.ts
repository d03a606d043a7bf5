import type { EngineRun, Finding } from '../../core/verdict.ts';
import type {
  AttemptId,
  BodyId,
  ClientId,
  DecisionId,
  DraftId,
  EntryId,
  Id,
  PersonId,
  PracticeId,
  QuestionId,
  RequestId,
  TaskId,
} from '../../core/id.ts';
import type { Lane, Purpose } from '../../core/lane.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { ReturnState, State } from '../../core/task.ts';
import type { Gate, Verdict } from '../../core/verdict.ts';
import type { CloudAnswer, Facts } from '../../core/facts.ts';
import type { AskAbout } from '../../core/rule.ts';
import type { Trace } from '../../core/trace.ts';
import type { Usage } from './lanes.ts';

/** Rows as flow sees them; the store keeps them in tables of the same names. Times are epoch ms. */

export type CardId = Id<'card'>;
type LastEntry = { readonly lastEntry: EntryId };

export type PracticeRow = LastEntry & {
  readonly id: PracticeId;
  readonly origin: string;
  readonly rehearsal: boolean;
  readonly policySha256: string;
};

/** `owner` answers for the work, `colleague` is a member of the practice, `guest` is everybody else. */
export type PersonRole = 'owner' | 'colleague' | 'guest';
export type PersonRow = LastEntry & {
  readonly id: PersonId;
  readonly team: string;
  readonly slackUser: string;
  readonly name: string;
  readonly role: PersonRole;
};

export type ClientRow = LastEntry & {
  readonly id: ClientId;
  readonly slug: string;
  readonly name: string;
  readonly cloud: CloudAnswer;
  readonly reviewChannel: string | null;
};
export type ApproverRow = LastEntry & {
  readonly id: Id<'approver'>;
  readonly clientId: ClientId;
  readonly personId: PersonId;
  readonly since: Moment;
  readonly until: Moment | null;
};

/** Who reads a channel. Anything not surely the practice alone counts as `client`. */
export type Audience = 'practice' | 'client';
export type ChannelRow = LastEntry & {
  readonly team: string;
  readonly channel: string;
  readonly clientId: ClientId | null;
  readonly audience: Audience;
};

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

export type CostBasis = 'computed' | 'allocated' | 'rehearsal' | 'unpriced';
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
  readonly model: string | null;
  readonly usage: Usage | null;
  readonly costNano: NanoUsd | null;
  readonly costBasis: CostBasis | null;
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

/** What a question is about; the words are made from it. */
export type QuestionAbout = AskAbout | 'persona' | 'stuck';
export type QuestionOption = { readonly value: string; readonly label: string };
export type QuestionRow = LastEntry & {
  readonly id: QuestionId;
  readonly requestId: RequestId;
  readonly taskId: TaskId | null;
  readonly about: QuestionAbout;
  readonly options: readonly QuestionOption[];
  readonly textBody: BodyId | null;
  readonly askedAt: Moment;
  readonly answeredAt: Moment | null;
  readonly answer: string | null;
  readonly answerBody: BodyId | null;
  readonly answeredBy: PersonId | null;
};

export const CARD_KINDS = [
  'received',
  'question',
  'plan',
  'gate',
  'draft',
  'delivered',
  'notice',
  'digest',
] as const;
export type CardKind = (typeof CARD_KINDS)[number];
/**
 * Where a message goes: the thread of the request, the client's review place, where the requester can answer
 * (the thread, or the review place when a guest asked), or a named channel.
 */
export type CardPlace =
  | { readonly at: 'origin' }
  | { readonly at: 'asker' }
  | { readonly at: 'review' }
  | { readonly at: 'channel'; readonly channel: string; readonly thread?: string };
export type CardRow = {
  readonly id: CardId;
  readonly key: string;
  readonly kind: CardKind;
  readonly requestId: RequestId | null;
  readonly taskId: TaskId | null;
  readonly questionId: QuestionId | null;
  readonly draftId: DraftId | null;
  readonly place: CardPlace;
  readonly note: {
    readonly code: string;
    readonly with: Readonly<Record<string, string | number>>;
  } | null;
  readonly wanted: number;
  readonly shown: number;
  readonly trying: boolean;
  readonly channel: string | null;
  readonly ts: string | null;
  readonly postedAt: Moment | null;
  readonly readAt: Moment | null;
};

export type BodyKind =
  'request' | 'piece' | 'file' | 'prompt' | 'answer' | 'report' | 'note' | 'reason' | 'question';
export type BodyRow = {
  readonly id: BodyId;
  readonly clientId: ClientId | null;
  readonly kind: BodyKind;
  readonly keyName: string;
  readonly wrappedKey: Uint8Array;
  readonly sealed: Uint8Array;
  readonly digest: string;
  readonly size: number;
};

export type Rows = {
  practice: PracticeRow;
  person: PersonRow;
  client: ClientRow;
  approver: ApproverRow;
  channel: ChannelRow;
  inbox: { readonly eventId: string; readonly at: Moment };
  request: Omit<RequestRow, 'number'>;
  task: TaskRow;
  attempt: AttemptRow;
  draft: DraftRow;
  review: ReviewRow;
  decision: DecisionRow;
  delivery: DeliveryRow;
  question: QuestionRow;
  card: CardRow;
  body: BodyRow;
  lore: { readonly sha256: string; readonly kind: string; readonly text: string };
  digest_post: LastEntry & {
    readonly week: string;
    readonly channel: string;
    readonly cardId: CardId;
  };
};
