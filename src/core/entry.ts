import type { AttemptId, ClientId, RequestId, TaskId } from './id.ts';
import type { NanoUsd } from './money.ts';
import type { State } from './task.ts';

/** Every kind of line the ledger can hold. On the wire each is prefixed `aios.`. A type is never renamed or reused. */
export const ENTRY_TYPES = [
  'practice.founded',
  'person.seen',
  'role.set',
  'client.created',
  'client.set',
  'channel.bound',
  'rules.accepted',
  'request.received',
  'request.placed',
  'request.split',
  'request.nothing_to_do',
  'task.routed',
  'task.changed',
  'task.started',
  'task.claimed',
  'task.cancelled',
  'task.held',
  'task.resumed',
  'task.expired',
  'task.reopened',
  'task.declined',
  'task.retried',
  'task.failed',
  'task.rerouted',
  'task.sent_back',
  'attempt.started',
  'attempt.ended',
  'draft.made',
  'draft.edited',
  'draft.read',
  'draft.approved',
  'draft.rejected',
  'draft.delivered',
  'gate.reviewed',
  'finding.waived',
  'approval.voided',
  'approval.taken_back',
  'delivery.failed',
  'disclosure.issued',
  'estimate.recorded',
  'person.asked',
  'person.answered',
  'person.reminded',
  'budget.raised',
  'digest.posted',
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export type ActorKind = 'person' | 'persona' | 'rule' | 'gate' | 'system';
/** Who or what acted. A person is known by a random id only; names live in an erasable table. */
export type Actor = { readonly kind: ActorKind; readonly id: string; readonly version?: string };

/** What an entry may hold beside its envelope: ids, hashes, closed words and whole numbers. No free text, no personal data. */
export type EntryValue =
  string | number | boolean | null | readonly EntryValue[] | { readonly [key: string]: EntryValue };

/** One line of the ledger before it is sealed into bytes. */
export type EntryDraft = {
  readonly type: EntryType;
  readonly actor: Actor;
  /** `file#id@hash` of the written rule behind it; every decision of the system has one. */
  readonly rule?: string;
  readonly client?: ClientId;
  readonly request?: RequestId;
  readonly task?: TaskId;
  readonly attempt?: AttemptId;
  readonly from?: State;
  readonly to?: State;
  readonly lane?: string;
  readonly model?: string;
  readonly persona?: string;
  readonly costNano?: NanoUsd;
  readonly minutes?: number;
  readonly draft?: string;
  readonly data?: { readonly [key: string]: EntryValue };
};
