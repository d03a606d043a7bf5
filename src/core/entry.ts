import type { EntryType } from './entry-type.ts';
import type { AttemptId, ClientId, RequestId, TaskId } from './id.ts';
import type { NanoUsd } from './money.ts';
import type { State } from './task.ts';

export type ActorKind = 'person' | 'persona' | 'rule' | 'gate' | 'system';
/** Who or what acted. A person is known by a random id only; names live in an erasable table. */
export type Actor = { readonly kind: ActorKind; readonly id: string; readonly version?: string };

/** What an entry may hold beside its envelope: ids, hashes, closed words and whole numbers. No free text, no personal data. */
export type EntryValue = string | number | boolean | null | readonly EntryValue[] | EntryData;

/** The data of an entry, or a record inside it. */
export type EntryData = { readonly [key: string]: EntryValue };

/** Whether a value is a record, and no list. */
export function isEntryData(value: EntryValue | undefined): value is EntryData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  readonly data?: EntryData;
};
