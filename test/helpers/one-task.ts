import type { EntryDraft } from '../../src/core/entry.ts';
import type { AttemptId, ClientId, RequestId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import type { Moment } from '../../src/core/moment.ts';
import type { NanoUsd } from '../../src/core/money.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { throwDice } from './dice.ts';
import { sampleData } from './entries.ts';
import { openPen, RULES } from './pen.ts';
import type { Pen } from './pen.ts';

type Note = Parameters<Pen['note']>[0];

export const DRAFT = 'ab'.repeat(32);

/** A task told step by step: who, where, what it cost; corrected before its delivery and after it, its minutes after it. */
export type OneTask = {
  readonly entries: readonly Entry[];
  readonly delivered: Moment;
  readonly person: string;
};

/** Placed as #7.2, moved by hand, worked on twice, checked by a model, sent back by the gate, edited, approved, delivered. */
export function oneTask(): OneTask {
  const pen = openPen(throwDice(1), Date.UTC(2026, 10, 20));
  const client = pen.id() as ClientId;
  const request = pen.id() as RequestId;
  const about = { client, request, task: pen.id() as TaskId };
  const actor = { kind: 'person', id: pen.id() } as const;
  const note = (draft: Note): string => pen.note({ ...about, ...draft }, null);
  const call = callsOf(note, pen);
  pen.note({ type: 'request.placed', client, request, data: { number: 7 } }, null);
  const facts = { ...(sampleData('task.routed')['facts'] as object), sensitivity: 'confidential' };
  const route = { ordinal: 2, kind: 'draft.blog', facts };
  note({ type: 'task.routed', to: 'proposed', lane: 'seat', minutes: 120, data: route });
  note({ type: 'task.rerouted', lane: 'senior', actor, data: { from_lane: 'seat' } });
  const unpriced = call('work', { data: { basis: 'unpriced' } });
  const priced = call('work', { costNano: 1_500_000_001 as NanoUsd, data: { basis: 'computed' } });
  call('review', { costNano: 7 as NanoUsd, data: { basis: 'allocated' } });
  const invoice = { corrects: unpriced.entry, why: 'invoice' };
  note({ type: 'cost.adjusted', costNano: 400 as NanoUsd, data: invoice });
  note({ type: 'gate.reviewed', data: { outcome: 'send_back', gate: 'editorial', errors: 2 } });
  note({ type: 'draft.made', draft: DRAFT, minutes: 45, data: { version: 1 } });
  const shares = [
    { by: 'attempt', id: priced.attempt, words: 6 },
    { by: 'person', id: actor.id, words: 3 },
    { by: 'brought_in', id: null, words: 1 },
  ];
  note({ type: 'draft.attributed', draft: DRAFT, data: { words: 10, shares } });
  const edited = { words: 3, of: 10 };
  const review = { minutes: 7, basis: 'measured', table: 20 };
  const evidence = { read_at: null, shown_at: 5, edited, responsible: actor.id, review };
  note({ type: 'draft.approved', to: 'approved', actor, draft: DRAFT, data: evidence });
  note({ type: 'draft.delivered', to: 'delivered', draft: DRAFT, minutes: 130 });
  const delivered = moment(pen.now());
  const credit = { corrects: priced.entry, why: 'credit' };
  note({ type: 'cost.adjusted', costNano: -1_000 as NanoUsd, data: credit });
  const said = { basis: 'person', review: { minutes: 20, basis: 'corrected' } };
  note({ type: 'estimate.recorded', actor, minutes: 90, data: said });
  const log = pen.logs.get(client);
  const entries = (log?.entries ?? []).map(({ bytes }) => readEntry(bytes));
  return { entries, delivered, person: actor.id };
}

/** A task, #8.1, that expired after somebody had read its draft; then reopened, worked on once more and delivered. */
export function expiredTask(): { readonly entries: readonly Entry[]; readonly expired: Moment } {
  const pen = openPen(throwDice(2), Date.UTC(2026, 10, 21));
  const client = pen.id() as ClientId;
  const request = pen.id() as RequestId;
  const about = { client, request, task: pen.id() as TaskId };
  const note = (draft: Note): string => pen.note({ ...about, ...draft }, null);
  const call = callsOf(note, pen);
  const review = (minutes: number) => ({ review: { minutes, basis: 'table', table: minutes } });
  pen.note({ type: 'request.placed', client, request, data: { number: 8 } }, null);
  note({ type: 'task.routed', to: 'proposed', minutes: 60, data: { ordinal: 1 } });
  call('work', { costNano: 500 as NanoUsd, data: { basis: 'computed' } });
  note({ type: 'draft.made', to: 'waiting', draft: DRAFT, minutes: 45, data: { version: 1 } });
  note({ type: 'task.expired', to: 'expired', data: review(11) });
  const expired = moment(pen.now());
  note({ type: 'task.reopened', to: 'waiting' });
  call('work', { costNano: 30 as NanoUsd, data: { basis: 'computed' } });
  note({ type: 'draft.approved', to: 'approved', draft: DRAFT, data: review(4) });
  note({ type: 'draft.delivered', to: 'delivered', draft: DRAFT, minutes: 60 });
  const log = pen.logs.get(client);
  return { entries: (log?.entries ?? []).map(({ bytes }) => readEntry(bytes)), expired };
}

/** One call from its start to its end; work goes to the lane senior, checking to the local one. */
function callsOf(note: (draft: Note) => string, pen: Pen) {
  return (purpose: 'work' | 'review', end: Partial<EntryDraft>) => {
    const attempt = pen.id() as AttemptId;
    const lane = purpose === 'work' ? 'senior' : 'local';
    const common = { attempt, lane, persona: `the-${purpose}er` };
    note({ type: 'attempt.started', ...common, rule: RULES[0] ?? '', data: { purpose } });
    const data = { purpose, ...end.data };
    const entry = note({
      type: 'attempt.ended',
      ...common,
      model: `model-${purpose}`,
      ...end,
      data,
    });
    return { attempt, entry };
  };
}
