import type { EntryType } from './entry-type.ts';

/** Who may cause an event. A person may hold several roles at once; the owner counts as an approver of every client. */
export const ROLES = ['requester', 'approver', 'owner', 'system'] as const;
export type Role = (typeof ROLES)[number];

const EITHER = ['requester', 'approver', 'owner'] as const;
const APPROVER = ['approver', 'owner'] as const;
const SYSTEM = ['system'] as const;

/** States a task waits to go back to from `held`, `asking` and `expired`. Never `approved`. */
export const RETURN_STATES = ['proposed', 'queued', 'reviewing', 'waiting'] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

type Row = {
  readonly who: readonly Role[];
  /** The next state; `back` means the state kept in `returnTo`. */
  readonly to: string;
  /** What a later answer, resume or reopen goes back to; `keep` leaves what is stored. */
  readonly returnTo?: ReturnState | 'keep';
  readonly entry: EntryType;
};

const cancel = { who: EITHER, to: 'cancelled', entry: 'task.cancelled' } as const;
const reroute = { who: EITHER, to: 'queued', entry: 'task.rerouted' } as const;
const fail = { who: SYSTEM, to: 'failed', entry: 'task.failed' } as const;

const asks = <const S extends ReturnState>(returnTo: S) =>
  ({ who: SYSTEM, to: 'asking', returnTo, entry: 'person.asked' }) as const;
const holds = <const S extends ReturnState>(returnTo: S) =>
  ({ who: SYSTEM, to: 'held', returnTo, entry: 'task.held' }) as const;
const expires = <const S extends ReturnState | 'keep'>(returnTo: S) =>
  ({ who: SYSTEM, to: 'expired', returnTo, entry: 'task.expired' }) as const;

/**
 * The whole life of a task. Every state, every event that moves it, who may cause it, and the type of the entry it
 * leaves in the ledger. Predicates, buttons, the diagram in the docs and the tests are derived from this table.
 */
export const LIFE = {
  proposed: {
    change: { who: EITHER, to: 'proposed', entry: 'task.changed' },
    start: { who: EITHER, to: 'queued', entry: 'task.started' },
    start_by_rule: { who: SYSTEM, to: 'queued', entry: 'task.started' },
    drop: { who: EITHER, to: 'cancelled', entry: 'task.cancelled' },
    ask: asks('proposed'),
    hold: holds('proposed'),
    expire: expires('proposed'),
  },
  queued: {
    claim: { who: SYSTEM, to: 'working', entry: 'task.claimed' },
    ask: asks('queued'),
    hold: holds('queued'),
    escalate: { who: SYSTEM, to: 'queued', entry: 'task.escalated' },
    reroute,
    cancel,
  },
  working: {
    draft: { who: SYSTEM, to: 'reviewing', entry: 'draft.made' },
    ask: asks('queued'),
    decline: { who: SYSTEM, to: 'queued', entry: 'task.declined' },
    hold: holds('queued'),
    retry: { who: SYSTEM, to: 'queued', entry: 'task.retried' },
    fail,
    cancel,
  },
  reviewing: {
    pass: { who: SYSTEM, to: 'waiting', entry: 'gate.reviewed' },
    send_back: { who: SYSTEM, to: 'queued', entry: 'gate.reviewed' },
    ask: { who: SYSTEM, to: 'waiting', entry: 'gate.reviewed' },
    hold: holds('reviewing'),
    fail,
    cancel,
  },
  waiting: {
    approve: { who: APPROVER, to: 'approved', entry: 'draft.approved' },
    send_back: { who: APPROVER, to: 'queued', entry: 'task.sent_back' },
    edit: { who: APPROVER, to: 'reviewing', entry: 'draft.edited' },
    ask_persona: { who: APPROVER, to: 'asking', returnTo: 'waiting', entry: 'person.asked' },
    reroute: { who: APPROVER, to: 'queued', entry: 'task.rerouted' },
    waive: { who: APPROVER, to: 'waiting', entry: 'finding.waived' },
    reject: { who: APPROVER, to: 'rejected', entry: 'draft.rejected' },
    cancel,
    remind: { who: SYSTEM, to: 'waiting', entry: 'person.reminded' },
    expire: expires('waiting'),
  },
  approved: {
    deliver: { who: SYSTEM, to: 'delivered', entry: 'draft.delivered' },
    delivery_failed: { who: SYSTEM, to: 'approved', entry: 'delivery.failed' },
    void: { who: SYSTEM, to: 'waiting', entry: 'approval.voided' },
    take_back: { who: APPROVER, to: 'waiting', entry: 'approval.taken_back' },
  },
  asking: {
    answer: { who: EITHER, to: 'back', entry: 'person.answered' },
    reroute,
    cancel,
    remind: { who: SYSTEM, to: 'asking', returnTo: 'keep', entry: 'person.reminded' },
    expire: expires('keep'),
  },
  held: {
    resume: { who: SYSTEM, to: 'back', entry: 'task.resumed' },
    raise_budget: { who: APPROVER, to: 'back', entry: 'budget.raised' },
    reroute,
    cancel,
    expire: expires('keep'),
  },
  failed: {
    retry: { who: EITHER, to: 'queued', entry: 'task.retried' },
    reroute,
    cancel,
    expire: expires('queued'),
  },
  expired: {
    reopen: { who: EITHER, to: 'back', entry: 'task.reopened' },
    lapse: { who: SYSTEM, to: 'cancelled', entry: 'task.cancelled' },
    cancel,
  },
  rejected: {},
  cancelled: {},
  delivered: {},
} as const satisfies Record<string, Record<string, Row>>;

export type State = keyof typeof LIFE;
export type TaskEvent = { [S in State]: keyof (typeof LIFE)[S] & string }[State];

export const STATES = Object.keys(LIFE) as readonly State[];

/** The part of a task that its life is about. */
export type Standing = { readonly state: State; readonly returnTo: ReturnState | null };

export type Step =
  | { readonly ok: true; readonly next: Standing; readonly entry: EntryType }
  | { readonly ok: false; readonly why: 'no_such_step' | 'not_yours' | 'nowhere_to_return' };

function rowOf(state: State, event: TaskEvent): Row | undefined {
  return (LIFE[state] as Record<string, Row>)[event];
}

/** The only door to every event: whether someone in one of these roles may cause it from this state. */
export function mayCause(state: State, event: TaskEvent, roles: readonly Role[]): boolean {
  return rowOf(state, event)?.who.some((role) => roles.includes(role)) ?? false;
}

/** Takes one step of the life; pure. Says why not instead of throwing. */
export function step(from: Standing, event: TaskEvent, roles: readonly Role[]): Step {
  const row = rowOf(from.state, event);
  if (row === undefined) return { ok: false, why: 'no_such_step' };
  if (!mayCause(from.state, event, roles)) return { ok: false, why: 'not_yours' };
  if (row.to === 'back')
    return from.returnTo === null
      ? { ok: false, why: 'nowhere_to_return' }
      : { ok: true, next: { state: from.returnTo, returnTo: null }, entry: row.entry };
  const returnTo = row.returnTo === 'keep' ? from.returnTo : (row.returnTo ?? null);
  return { ok: true, next: { state: row.to as State, returnTo }, entry: row.entry };
}

/** The events a person in these roles may cause now, in the order of the table: what the buttons are made from. */
export function eventsFor(state: State, roles: readonly Role[]): readonly TaskEvent[] {
  return (Object.keys(LIFE[state]) as TaskEvent[]).filter((e) => mayCause(state, e, roles));
}

export function isFinal(state: State): boolean {
  return Object.keys(LIFE[state]).length === 0;
}
