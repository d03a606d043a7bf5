import type { CloudAnswer } from '../../core/facts.ts';
import type { BodyId, ClientId, EntryId, Id, PersonId, PracticeId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';

/** Rows of what the owner set; the store keeps them in tables of the same names. Times are epoch ms. */

/** What a row was last written with. */
export type LastEntry = { readonly lastEntry: EntryId };

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
  /** Words of the client that are replaced before its work leaves redacted; null while none is listed. */
  readonly termsBody: BodyId | null;
  readonly reviewChannel: string | null;
  /** Days for which bodies are kept after their request ended; null keeps them until somebody erases them. */
  readonly retentionDays: number | null;
  /** What a requester may start without an approver; null as the rules say. */
  readonly requesterCapNano: NanoUsd | null;
  /** When its name and texts were erased; null for a client that is served. */
  readonly erasedAt: Moment | null;
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
  readonly id: Id<'channel'>;
  readonly team: string;
  readonly channel: string;
  readonly clientId: ClientId | null;
  readonly audience: Audience;
};
