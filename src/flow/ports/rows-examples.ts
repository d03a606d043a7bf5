import type { BodyId, ClientId, ExampleId, PersonId, RequestId, TaskId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { ExampleOut } from '../../core/record-words.ts';
import type { CardId, QuestionOption } from './rows-cards.ts';
import type { LastEntry } from './rows-settings.ts';

/** Words a person gave a kind of work to; the words are the body. */
export type ExampleRow = LastEntry & {
  readonly id: ExampleId;
  /** Whose requests are read with it; null for everyone's. */
  readonly clientId: ClientId | null;
  readonly kind: string;
  readonly bodyId: BodyId;
  /** The work the words come from, with which they are erased. */
  readonly requestId: RequestId;
  readonly taskId: TaskId;
  /** Who gave the kind, or gave it to everyone. */
  readonly personId: PersonId;
  readonly madeAt: Moment;
  /** Why nothing is read with it any more; null while it counts. */
  readonly out: ExampleOut | null;
};

/** An example with where its words come from, whoever's requests are read with it. */
export type ExampleOf = ExampleRow & {
  readonly source: ClientId;
  readonly request: number;
  readonly ordinal: number;
};

/** So many examples of a client, and so many of everyone's, are read with: the newest. */
export const MOST_EXAMPLES = 500;

/** Reading examples that count, oldest first. Which words they are is read with their bodies. */
export type ExampleReads = {
  /** With which the requests of a client are read: everyone's, and after them its own. */
  examplesFor(client: ClientId): Promise<readonly ExampleRow[]>;
  /** Those whose words come from this client, its own and everyone's; from any for null. */
  examplesFrom(client: ClientId | null): Promise<readonly ExampleOf[]>;
  /** Those whose words come from this request. */
  examplesOf(request: RequestId): Promise<readonly ExampleOf[]>;
  /** Those of which words are kept although nothing is read with them any more, with why that is: at most `limit`. */
  examplesSpent(limit: number): Promise<readonly (ExampleOf & { readonly out: ExampleOut })[]>;
};

/** Shows an approver the words that were kept of a piece, and asks what they may teach. */
export type ExampleForm = {
  readonly is: 'example';
  readonly card: CardId;
  readonly number: string;
  readonly words: string;
  /** Of the kind a person gave them. */
  readonly title: string;
  readonly pieces: readonly QuestionOption[];
  readonly uses: readonly QuestionOption[];
};
