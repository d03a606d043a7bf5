import type { EntryDraft } from '../core/entry.ts';

/** The typed columns beside the bytes of an entry: what queries look at, derived from the bytes and nothing else. */
export type Projection = {
  readonly type: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly client_id: string | null;
  readonly request_id: string | null;
  readonly task_id: string | null;
  readonly attempt_id: string | null;
  readonly lane: string | null;
  readonly model: string | null;
  readonly persona: string | null;
  readonly rule: string | null;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly draft_sha256: string | null;
  readonly cost_nano: number | null;
  readonly minutes: number | null;
};

/** Columns that are one field of the entry, by the name of that field. */
const COLUMNS = {
  client_id: 'client',
  request_id: 'request',
  task_id: 'task',
  attempt_id: 'attempt',
  lane: 'lane',
  model: 'model',
  persona: 'persona',
  rule: 'rule',
  from_state: 'from',
  to_state: 'to',
  draft_sha256: 'draft',
  cost_nano: 'costNano',
  minutes: 'minutes',
} as const satisfies Partial<Record<keyof Projection, keyof EntryDraft>>;

/** The names of all these columns, in the order in which they are written and compared. */
export const PROJECTED: readonly (keyof Projection)[] = [
  'type',
  'actor_kind',
  'actor_id',
  ...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]),
];

/** Derives the columns; absent where the entry says nothing. Verification derives them again and compares. */
export function project(entry: EntryDraft): Projection {
  const columns = Object.entries(COLUMNS).map(([column, field]) => [column, entry[field] ?? null]);
  const { type, actor } = entry;
  const plain = { type, actor_kind: actor.kind, actor_id: actor.id };
  return { ...plain, ...Object.fromEntries(columns) } as Projection;
}
