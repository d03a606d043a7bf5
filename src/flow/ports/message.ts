import type { Lane } from '../../core/lane.ts';
import type { ByHand } from '../../core/minutes.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { State, TaskEvent } from '../../core/task.ts';
import type { Finding, Gate, Verdict } from '../../core/verdict.ts';
import type { ReviewSum } from '../../ledger/sum-types.ts';
import type { CardId, QuestionAbout, QuestionOption } from './rows-cards.ts';

/**
 * What a message says, before it is drawn. The slack room turns it into blocks and a text fallback; nothing here
 * is markup. Every text is plain and untrusted: it is escaped when drawn.
 */
export type Message =
  | ReceivedMessage
  | QuestionMessage
  | PlanMessage
  | GateMessage
  | DraftMessage
  | DeliveredMessage
  | NoticeMessage
  | DigestMessage;

type Common = {
  /** Whether stand-ins may have answered here: drawn as REHEARSAL on every message. */
  readonly rehearsal: boolean;
};

/** To the requester's thread, and the only sign of life a client channel gets before something is delivered. */
export type ReceivedMessage = Common & {
  readonly is: 'received';
  readonly number: string;
  readonly says: string;
};

export type QuestionMessage = Common & {
  readonly is: 'question';
  readonly card: CardId;
  readonly number: string;
  /** Slack id of the one person it waits for. */
  readonly mention: string;
  readonly about: QuestionAbout;
  readonly text: string;
  readonly options: readonly QuestionOption[];
  /** True when free words in the thread answer it as well. */
  readonly freeText: boolean;
  readonly answered: { readonly by: string; readonly label: string; readonly at: Moment } | null;
};

/** `free` for exact programs, `rehearsal` where no money exists; `unknown` is never shown as nothing. */
export type PriceView =
  | { readonly is: 'free' }
  | { readonly is: 'rehearsal' }
  | { readonly is: 'range'; readonly low: NanoUsd; readonly high: NanoUsd }
  | { readonly is: 'unknown' };

export type PlanPiece = {
  readonly ordinal: number;
  readonly number: string;
  readonly title: string;
  readonly persona: string;
  /** Null while a question must be answered before the rules can choose one. */
  readonly lane: Lane | null;
  readonly price: PriceView;
  readonly minutes: number;
  readonly state: State;
  /** Why it stands where it stands, in words: what it waits for, what holds it and the next step. */
  readonly says: string;
  /** Number of the piece it comes after; null where it waits for none. */
  readonly after: number | null;
  /** The lane rule: its title and file. */
  readonly rule: { readonly title: string; readonly file: string };
  readonly may: readonly TaskEvent[];
  /** Whether its words were kept as an example, which an approver may look at. */
  readonly taught: boolean;
};

export type PlanMessage = Common & {
  readonly is: 'plan';
  readonly card: CardId;
  readonly number: string;
  readonly client: string;
  /** Slack id of the requester. */
  readonly requester: string;
  /** Slack id of the one person whose click it waits for; null once nothing waits. */
  readonly mention: string | null;
  readonly words: string;
  readonly pieces: readonly PlanPiece[];
  /** Sentences not used as work. */
  readonly context: readonly string[];
  /** What was asked for but makes no task here, with the sentence that answers it. */
  readonly answers: readonly string[];
  readonly atMost: PriceView;
  /** Why an approver alone may start it; empty where the requester may. */
  readonly approverOnly: readonly string[];
  /** What is left of the budgets that count its open pieces, in words; absent where there are none. */
  readonly budgets?: readonly string[];
};

export type GateMessage = Common & {
  readonly is: 'gate';
  readonly card: CardId;
  readonly number: string;
  readonly title: string;
  readonly draftVersion: number;
  readonly draftSha256: string;
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** Slack id of the one approver it waits for; null once decided. */
  readonly mention: string | null;
  readonly gate: Gate;
  readonly verdict: Verdict['outcome'];
  readonly rounds: number;
  readonly findings: readonly Finding[];
  readonly notChecked: readonly string[];
  /** Thin or bad record, disagreement, questions and assumptions of the persona: said first. */
  readonly warnings: readonly string[];
  /** What a reviewer's checklist came to, as a sentence; null where there is none. */
  readonly checks: string | null;
  /** Whether the texts of this draft were erased: then there are no findings to show. */
  readonly erased: boolean;
  readonly persona: string;
  readonly model: string;
  readonly work: PriceView;
  readonly checking: PriceView;
  /** What a person corrected of both afterwards; 0 where nobody did. */
  readonly corrected: NanoUsd;
  /** All three figures of minutes by hand. */
  readonly byHand: ByHand;
  /** What reviews took so far; null where none was recorded. */
  readonly review: ReviewSum | null;
  /** What was taken out before the work left the machine; null where it stayed, or nothing was to be taken out. */
  readonly left: string | null;
  /** Whether this is the receipt of a delivery, on which minutes are corrected. */
  readonly isReceipt: boolean;
  /** "approved unchanged 17 of 23 times" or "first time for this kind". */
  readonly record: string;
  readonly may: readonly TaskEvent[];
  /** Whether Approve brings a short form first. */
  readonly asks: boolean;
  readonly made: 'ai' | 'program' | 'person';
  /** After a decision: who, when, what; the card is locked. */
  readonly outcome: GateOutcome | null;
};

export type GateOutcome = {
  readonly verb:
    | 'approved'
    | 'sent back'
    | 'rejected'
    | 'replaced'
    | 'cancelled'
    | 'expired'
    | 're-routed'
    | 'taken back';
  readonly by: string | null;
  readonly at: Moment;
  /** The reason a person gave; shown only in the review place. */
  readonly reason: string | null;
  readonly delivered: { readonly channel: string; readonly at: Moment } | null;
  /** Where the record of the client stands; null before the delivery. */
  readonly record: string | null;
  /** What is known of the review behind an approval; null for everything else. */
  readonly evidence: ApprovalEvidence | null;
};

/** Null times are not recorded; that is all that can be said then. */
export type ApprovalEvidence = {
  readonly shownAt: Moment | null;
  readonly readAt: Moment | null;
  /** Null where no checklist was asked for; `open` are the points that were not ticked, in words. */
  readonly confirmed: { readonly of: number; readonly open: readonly string[] } | null;
};

/** The files of a draft, into the thread of its card: for the practice only. */
export type DraftMessage = Common & {
  readonly is: 'draft';
  readonly number: string;
  readonly draftVersion: number;
  readonly draftSha256: string;
};

export type DeliveredMessage = Common & {
  readonly is: 'delivered';
  readonly number: string;
  readonly title: string;
  readonly mention: string;
  readonly disclosure: string;
  /** The receipt in words: who approved, when, draft hash, where the record stands. Never a price. */
  readonly receipt: string;
};

export type NoticeMessage = Common & {
  readonly is: 'notice';
  readonly number: string | null;
  readonly mention: string | null;
  readonly text: string;
};

export type DigestMessage = Common & {
  readonly is: 'digest';
  readonly week: string;
  readonly lines: readonly string[];
};
