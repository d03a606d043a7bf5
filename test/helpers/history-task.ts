import type { EntryDraft } from '../../src/core/entry.ts';
import type { AttemptId, ClientId, RequestId, TaskId } from '../../src/core/id.ts';
import type { Lane } from '../../src/core/lane.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { reviewOf } from '../../src/core/minutes.ts';
import { moment } from '../../src/core/moment.ts';
import { isFinal, LIFE, step } from '../../src/core/task.ts';
import type { Role, Standing, TaskEvent } from '../../src/core/task.ts';
import { PRICE, RULES } from './pen.ts';
import type { Pen } from './pen.ts';

export type Client = { readonly id: ClientId; readonly last: string; approvers: readonly string[] };

/** A task of a history as it stands. */
export type Task = {
  readonly id: TaskId;
  readonly request: RequestId;
  readonly requester: string;
  readonly client: Client;
  readonly lane: Lane;
  standing: Standing;
  last: string;
  /** Hashes of its drafts, oldest first. */
  readonly drafts: string[];
  attempt: { readonly id: AttemptId; readonly purpose: string; isOpen: boolean } | null;
  /** What the next delivery will name. */
  readonly backed: { approval: string; gate: string; disclosure: string };
  /** Entries of what attempts cost. */
  readonly costs: string[];
  readonly bodies: string[];
};

type Says = (pen: Pen, task: Task) => Partial<EntryDraft>;

/** What an entry says beyond its step, by the state it leaves and the event. */
const SAYS: Readonly<Record<string, Says>> = {
  'working.draft': (pen, task) => {
    const { id } = task.attempt ?? {};
    const data = { version: task.drafts.push(pen.hash()), files: 1, confidence: 80 };
    return { ...(id === undefined ? {} : { attempt: id }), draft: newest(task), minutes: 30, data };
  },
  'waiting.edit': (pen, task) => {
    const replaces = newest(task);
    const data = { version: task.drafts.push(pen.hash()), replaces, files: 1 };
    return { draft: newest(task), data };
  },
  'reviewing.pass': (pen, task) => reviewed(pen, task, 'pass'),
  'reviewing.ask': (pen, task) => reviewed(pen, task, 'ask'),
  'reviewing.send_back': (pen, task) => reviewed(pen, task, 'send_back'),
  'waiting.send_back': (pen, task) => ({ draft: newest(task), data: evidence(pen, task) }),
  'waiting.reject': (pen, task) => ({ draft: newest(task), data: evidence(pen, task) }),
  'waiting.approve': (pen, task) => {
    const id = pen.dice.pick(task.client.approvers);
    const data = { ...evidence(pen, task), responsible: id };
    return { actor: { kind: 'person', id }, draft: newest(task), data };
  },
  'waiting.cancel': lost,
  'waiting.expire': lost,
  'approved.take_back': (_pen, task) => ({ draft: newest(task) }),
  'approved.deliver': (pen, task) => ({
    draft: newest(task),
    minutes: 45,
    data: { ...task.backed, files: 1, bytes: pen.dice.below(90_000) },
  }),
};

function newest({ drafts }: Task): string {
  return drafts.at(-1) ?? '';
}

function evidence(pen: Pen, task: Task) {
  const readAt = pen.dice.hits(50) ? moment(pen.now() - pen.dice.below(1_500_000)) : null;
  const review = reviewOf(REVIEW_TABLE, { readAt, at: pen.now() });
  const version = task.drafts.length;
  return { version, shown_at: pen.now(), read_at: readAt, roles: ['approver'], review };
}

/** What the owner's table says of a review. */
const REVIEW_TABLE = 10;

/** A review that came to nothing, where somebody had begun one. */
function lost(pen: Pen): Partial<EntryDraft> {
  const review = reviewOf(REVIEW_TABLE, { readAt: null, at: pen.now() });
  return pen.dice.hits(50) ? { data: { review } } : {};
}

function reviewed(pen: Pen, task: Task, outcome: string): Partial<EntryDraft> {
  const rule = pen.dice.pick(RULES);
  const report = pen.body();
  task.bodies.push(report.id);
  const data = { gate: 'editorial', outcome, errors: pen.dice.below(5), report };
  return { actor: { kind: 'gate', id: 'editorial' }, rule, draft: newest(task), data };
}

type Row = { readonly event: TaskEvent; readonly who: readonly Role[] };

/** The way from a click to a delivery, and back to it. */
const AHEAD: readonly TaskEvent[] = [
  'start',
  'claim',
  'draft',
  'pass',
  'approve',
  'deliver',
  'answer',
  'resume',
  'reopen',
  'retry',
];

const ENDS: readonly TaskEvent[] = ['cancel', 'drop', 'lapse', 'reject', 'expire', 'fail'];

/** Any row there is, those ahead more often and those that end a task less. */
function chosen(pen: Pen, rows: readonly Row[]): Row {
  const ahead = rows.filter(({ event }) => AHEAD.includes(event));
  if (ahead.length > 0 && pen.dice.hits(50)) return pen.dice.pick(ahead);
  const goesOn = rows.filter(({ event }) => !ENDS.includes(event));
  return pen.dice.pick(goesOn.length > 0 && pen.dice.hits(70) ? goesOn : rows);
}

/** Takes one step of the life of a task. */
export function walk(pen: Pen, task: Task): void {
  const { state } = task.standing;
  const rows = Object.entries(LIFE[state] as Record<string, Pick<Row, 'who'>>)
    .map(([event, { who }]): Row => ({ event: event as TaskEvent, who }))
    .filter(({ event, who }) => step(task.standing, event, who).ok);
  const row = chosen(pen, rows);
  // A lane hears of a cancelled task after it is cancelled, or never.
  if (row.event !== 'cancel') endWork(pen, task, row.event === 'draft' ? 'ok' : 'timeout');
  if (row.event === 'deliver') disclose(pen, task);
  move(pen, task, row);
  if (row.event === 'claim') work(pen, task);
}

function move(pen: Pen, task: Task, { event, who }: Row): void {
  const from = task.standing.state;
  const taken = step(task.standing, event, who);
  if (!taken.ok) throw new Error(`no step ${event} from ${from}`);
  const { entry: type, next } = taken;
  const says = SAYS[`${from}.${event}`]?.(pen, task);
  task.standing = next;
  task.last = pen.note(
    { type, ...about(task), ...mover(pen, task, who), from, to: next.state, ...says },
    task.last,
  );
  if (type === 'gate.reviewed') task.backed.gate = task.last;
  if (type === 'draft.approved') task.backed.approval = task.last;
}

function mover(pen: Pen, task: Task, who: readonly Role[]): Partial<EntryDraft> {
  const rule = pen.dice.pick(RULES);
  if (who.includes('system')) return { actor: { kind: 'rule', id: rule }, rule };
  const approver = pen.dice.pick(task.client.approvers);
  const asks = who.includes('requester') && pen.dice.hits(50);
  return { actor: { kind: 'person', id: asks ? task.requester : approver } };
}

function about(task: Task) {
  return { client: task.client.id, request: task.request, task: task.id };
}

/** One attempt, or two: a first answer that cannot be used is repaired once. */
function work(pen: Pen, task: Task): void {
  begin(pen, task, 'work');
  if (!pen.dice.hits(20)) return;
  endWork(pen, task, 'invalid_output');
  begin(pen, task, 'repair');
}

function begin(pen: Pen, task: Task, purpose: 'work' | 'repair'): void {
  const id = pen.id() as AttemptId;
  const prompt = pen.body();
  task.bodies.push(prompt.id);
  const data = { purpose, number: 1, prompt, model_requested: 'model-a' };
  pen.note({ type: 'attempt.started', ...by(pen, task), attempt: id, data }, task.last);
  task.attempt = { id, purpose, isOpen: true };
}

/** Ends the attempt that runs, if one does. */
export function endWork(pen: Pen, task: Task, outcome: string): void {
  const { attempt } = task;
  if (attempt === null || !attempt.isOpen) return;
  const answer = pen.body();
  task.bodies.push(answer.id);
  const isPriced = outcome !== 'timeout';
  const data = {
    outcome,
    purpose: attempt.purpose,
    basis: isPriced ? 'computed' : 'unpriced',
    answer,
    ...(isPriced ? { price: 'model-a@2026-11-01', price_sha256: PRICE } : {}),
  };
  const cost = isPriced ? { costNano: nanoUsd(pen.dice.below(90_000_000)) } : {};
  const model = { attempt: attempt.id, model: 'model-a' };
  const entry = { type: 'attempt.ended', ...by(pen, task), ...model, ...cost, data } as const;
  const id = pen.note(entry, task.last);
  if (isPriced) task.costs.push(id);
  attempt.isOpen = false;
}

/** The persona under the rule that routed the task. */
function by(pen: Pen, task: Task): Partial<EntryDraft> {
  const actor = { kind: 'persona', id: 'editor', version: '9a'.repeat(32) } as const;
  return { ...about(task), actor, rule: pen.dice.pick(RULES), lane: task.lane, persona: 'editor' };
}

function disclose(pen: Pen, task: Task): void {
  const rule = pen.dice.pick(RULES);
  const actor = { kind: 'rule', id: rule } as const;
  const entry = { type: 'disclosure.issued', ...about(task), actor, rule } as const;
  const data = { models: ['model-a'], statement_sha256: pen.hash() };
  task.backed.disclosure = pen.note({ ...entry, draft: newest(task), data }, task.last);
}

/** Minutes by hand, of review, or both, as a person says. */
function said(pen: Pen): Pick<EntryDraft, 'data' | 'minutes'> {
  const review = { minutes: pen.dice.below(40), basis: 'corrected' } as const;
  const minutes = 1 + pen.dice.below(200);
  if (pen.dice.hits(40)) return { minutes, data: { basis: 'person' } };
  const data = { basis: 'person', review } as const;
  return pen.dice.hits(50) ? { data } : { minutes, data };
}

/** What is said of a task without moving it: reading, late ends, corrections, who wrote which words. */
export function aside(pen: Pen, task: Task): void {
  const person = { kind: 'person', id: pen.dice.pick(task.client.approvers) } as const;
  const of = { ...about(task), actor: person };
  const cost = task.costs.at(-1);
  const draft = newest(task);
  const state = task.standing.state;
  if (isFinal(state) && pen.dice.hits(50)) endWork(pen, task, 'discarded');
  if (cost !== undefined && pen.dice.hits(8)) {
    const costNano = nanoUsd(pen.dice.below(9_000) - 4_000);
    const data = { corrects: cost, why: 'invoice' };
    pen.note({ ...of, type: 'cost.adjusted', costNano, data }, cost);
  }
  if (pen.dice.hits(8)) pen.note({ ...of, type: 'estimate.recorded', ...said(pen) }, task.last);
  if (draft !== '' && pen.dice.hits(10))
    pen.note(
      { ...of, type: 'draft.read', draft, data: { version: task.drafts.length } },
      task.last,
    );
  const rule = pen.dice.pick(RULES);
  const by = { actor: { kind: 'rule', id: rule }, rule } as const;
  if (state === 'delivered' && pen.dice.hits(20))
    pen.note({ ...about(task), ...by, type: 'draft.attributed', draft }, task.last);
}
