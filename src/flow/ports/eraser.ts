import type { BodyId, ClientId, EntryId, PersonId, RequestId, TaskId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { State } from '../../core/task.ts';
import type { BodyKind, BodyRow } from './rows.ts';
import type { QuestionRow } from './rows-cards.ts';
import type { ChannelRow } from './rows-settings.ts';
import type { DraftRow, RequestStep, ReviewRow } from './rows-work.ts';
import type { Act, Change, Outcome } from './store.ts';

/** Whose texts: one body, those of a task, of a request, of a client. */
export type Scope =
  | { readonly is: 'body'; readonly id: BodyId }
  | { readonly is: 'task'; readonly id: TaskId }
  | { readonly is: 'request'; readonly id: RequestId }
  | { readonly is: 'client'; readonly id: ClientId };

/** A body whose text is still there. */
export type LivingBody = Pick<
  BodyRow,
  'id' | 'clientId' | 'requestId' | 'taskId' | 'kind' | 'keyName'
>;

/** Texts of one kind that are still there. */
export type Held = { readonly kind: BodyKind; readonly bodies: number; readonly bytes: number };

/** Work that is not at its end: a task, or a request that has none yet. */
export type OpenWork = {
  readonly request: number;
  readonly ordinal: number | null;
  readonly state: State | RequestStep;
};

/** What flow asks of the one role that may make texts unreadable. */
export type Eraser = {
  /** Writes one act as that role, which has the right to little else. `lost` as for the store. */
  commit(act: Act): Promise<Outcome>;
  /** What a scope still holds, by kind. */
  held(scope: Scope): Promise<readonly Held[]>;
  /** Bodies of a scope whose text is still there, at most `limit`. */
  living(scope: Scope, limit: number): Promise<readonly LivingBody[]>;
  /** Work of a scope, or of all requests of a person, that is still open: at most 200. */
  open(
    scope: Scope | { readonly is: 'person'; readonly id: PersonId },
  ): Promise<readonly OpenWork[]>;
  /** Drafts with a file, and reviews with a report, among these bodies: they say something of them outside of them. */
  quoting(bodies: readonly BodyId[]): Promise<{
    readonly drafts: readonly DraftRow[];
    readonly reviews: readonly ReviewRow[];
  }>;
  /** What names a client outside of its own row. */
  naming(client: ClientId): Promise<{
    readonly channels: readonly ChannelRow[];
    readonly questions: readonly QuestionRow[];
  }>;
  /** Requests of a person of which texts are still there, by number. */
  wordsOf(person: PersonId): Promise<readonly number[]>;
  /**
   * How to close the keys of a client, so that nothing new comes under them; null when they are closed. The act is lost
   * while work of that client is open.
   */
  closing(client: ClientId): Promise<((entry: EntryId, at: Moment) => Change) | null>;
  /** Destroys the keys of a client of whom no text is left. Gives how many there were. Throws Fault `conflict` else. */
  destroyKeys(client: ClientId): Promise<number>;
  /** Requests of which every task has ended or expired, and whose texts are kept no longer, oldest first. */
  due(now: Moment, limit: number): Promise<readonly RequestId[]>;
};
