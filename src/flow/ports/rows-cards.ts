import type {
  BodyId,
  DraftId,
  Id,
  PersonId,
  QuestionId,
  RequestId,
  TaskId,
} from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { AskAbout } from '../../core/rule.ts';
import type { LastEntry } from './rows-settings.ts';

/** Rows of questions and of our messages in Slack. */

export type CardId = Id<'card'>;

/** What a question is about; the words are made from it. */
export type QuestionAbout = AskAbout | 'order' | 'budget' | 'secrets';
export type QuestionOption = {
  readonly value: string;
  readonly label: string;
  /** A model of our own proposes it. */
  readonly proposed?: true;
};
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
