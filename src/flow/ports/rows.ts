import type { BodyId, ClientId, RequestId, TaskId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { BudgetPeriodRow, BudgetRow } from './rows-budgets.ts';
import type { CardId, CardRow, QuestionRow } from './rows-cards.ts';
import type { ExampleRow } from './rows-examples.ts';
import type {
  ApproverRow,
  ChannelRow,
  ClientRow,
  LastEntry,
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

export type BodyKind =
  | 'request'
  | 'piece'
  | 'file'
  | 'prompt'
  | 'answer'
  | 'report'
  | 'note'
  | 'reason'
  | 'question'
  | 'example'
  | 'trace'
  /** What stands for what in the prompts of a task that went out redacted. */
  | 'mapping'
  /** The words a client listed, which never leave. */
  | 'terms';
export type BodyRow = {
  readonly id: BodyId;
  readonly clientId: ClientId | null;
  /** What it belongs to, and is erased with. */
  readonly requestId: RequestId | null;
  readonly taskId: TaskId | null;
  readonly kind: BodyKind;
  readonly keyName: string;
  /** Null once the body was erased, as is `sealed`. */
  readonly wrappedKey: Uint8Array | null;
  readonly sealed: Uint8Array | null;
  readonly digest: string;
  readonly size: number;
  readonly erasedAt: Moment | null;
};

/** Which generations of a key are retired; a ring without a row was never turned. */
export type KeyringRow = LastEntry & {
  /** `practice`, or `client-` and the client's id. */
  readonly owner: string;
  /** The oldest generation in force. */
  readonly oldest: number;
  /** Set when the client is erased: nothing is kept under its key any more. */
  readonly closedAt: Moment | null;
};

/** A text that is kept for ever, known by its SHA-256 as hex. */
export type LoreRow = {
  readonly sha256: string;
  /** `rules`: the manifest of a whole set; `file`: a file of one; `diff`: what was different when a set was accepted. */
  readonly kind: 'rule' | 'rules' | 'file' | 'diff' | 'persona' | 'price';
  readonly text: string;
};

/** Every table a flow writes to. */
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
  attribution: AttributionRow;
  question: QuestionRow;
  card: CardRow;
  body: BodyRow;
  keyring: KeyringRow;
  example: ExampleRow;
  lore: LoreRow;
  budget: Omit<BudgetRow, 'number'>;
  budget_period: BudgetPeriodRow;
  digest_post: LastEntry & {
    readonly week: string;
    readonly channel: string;
    readonly cardId: CardId;
  };
};
