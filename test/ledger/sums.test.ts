import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { costOf, NOTHING_SPENT, sumSpend } from '../../src/ledger/spend.ts';
import type { Span, Sums } from '../../src/ledger/sum-types.ts';
import { sumUp } from '../../src/ledger/sums.ts';
import { linesOf } from '../helpers/bundle.ts';
import { DRAFT, expiredTask, oneTask } from '../helpers/one-task.ts';
import { RULES } from '../helpers/pen.ts';

const entriesOf = (seed: number, steps = 120): readonly Entry[] =>
  linesOf(seed, { steps, requests: 4 }).map((line) => readEntry(Buffer.from(line)));

function sums(entries: readonly Entry[], span: Span): Sums {
  const summing = sumUp(span);
  for (const entry of entries) summing.take(entry);
  return summing.end();
}

const EVER = { from: moment(0), to: moment(9e15) };

/** Everything that is paid or corrected in these entries, added up by hand. */
function booked(entries: readonly Entry[]): bigint {
  return entries
    .filter(({ type }) => type === 'attempt.ended' || type === 'cost.adjusted')
    .reduce((sum, { costNano }) => sum + BigInt(costNano ?? 0), 0n);
}

/** Minutes by hand of a range, with what was corrected in it of tasks delivered before. */
function byHand({ totals: { minutes, laterByHand } }: Sums): number {
  return minutes.table + minutes.persona + minutes.person + laterByHand;
}

type Counted = { readonly minutes: number };
const reviewIn = ({ data }: Entry) => data['review'] as Counted | undefined;

/** What one task saved and what its reviews took, read off its entries by hand. */
function byItself(all: readonly Entry[]) {
  const state = all.findLast(({ to }) => to !== null)?.to ?? '';
  const isOver = ['delivered', 'rejected', 'cancelled', 'expired'].includes(state);
  const reopened = all.findLastIndex(({ type }) => type === 'task.reopened');
  return {
    review: reviewed(isOver ? all : all.slice(0, Math.max(0, reopened))),
    byHand: state === 'delivered' ? byHandIn(all) : 0,
  };
}

function reviewed(all: readonly Entry[]): number {
  const said = all.filter((e) => reviewIn(e) !== undefined);
  const corrected = said.findLast(({ type }) => type === 'estimate.recorded');
  const counted = corrected === undefined ? said : [corrected];
  return counted.reduce((n, e) => n + (reviewIn(e)?.minutes ?? 0), 0);
}

function byHandIn(all: readonly Entry[]): number {
  const person = all.findLast((e) => e.type === 'estimate.recorded' && e.minutes !== null);
  const table = all.findLast(({ type }) => type === 'draft.delivered');
  return person?.minutes ?? table?.minutes ?? 0;
}

describe('one task, told step by step', () => {
  const { entries, delivered, person } = oneTask();

  test('number, places, models, evidence, shares and money as the entries say', () => {
    const [task] = sums(entries, { from: moment(0), to: moment(delivered + 1) }).ended;
    expect(task).toMatchObject({
      number: '#7.2',
      kind: 'draft.blog',
      isConfidential: true,
      lane: 'senior',
      lanes: ['senior', 'local'],
      persona: 'the-worker',
      models: ['model-work', 'model-review'],
      rule: RULES[0],
      state: 'delivered',
      ended: delivered,
      rerouted: { from: 'seat', by: person },
      calls: { work: 2, review: 1 },
      openCalls: 0,
      sentBack: { byGate: 1, byPeople: 0 },
      spend: { cash: 1_500_000_001n, allocated: 7n, adjusted: 400n, unpriced: 0 },
      checking: { cash: 0n, allocated: 7n },
      minutes: { byHand: 130, basis: 'table', said: { table: 130, persona: 45, person: null } },
      review: { minutes: 7, basis: 'measured' },
      reviewMinutes: 7,
      saved: 123,
      shares: { ai: 6, people: 3, program: 0, broughtIn: 1 },
      decision: { verb: 'approved', readAt: null, shownAt: 5, edited: { words: 3, of: 10 } },
      draft: DRAFT,
    });
  });

  test('a correction after the end is a later cost of its own day', () => {
    const after = sums(entries, { from: moment(delivered + 1), to: EVER.to });
    const item = { adjusted: -1_000n, lane: 'senior' };
    expect(after.ended).toEqual([]);
    expect(after.later).toMatchObject([{ number: '#7.2', item }]);
    expect(costOf(after.totals.spend)).toBe(-1_000n);
    expect(after.lanes).toMatchObject([{ lane: 'senior', calls: 0, adjusted: -1_000n }]);
  });

  test('minutes that are corrected after the end count in the days in which that is done', () => {
    const { laterMinutes, totals } = sums(entries, { from: moment(delivered + 1), to: EVER.to });
    expect(laterMinutes).toMatchObject([{ number: '#7.2', byHand: -40, review: 13 }]);
    expect(totals).toMatchObject({ laterByHand: -40, reviewMinutes: 13, saved: -53 });
    const { ended, totals: whole } = sums(entries, EVER);
    expect(ended[0]).toMatchObject({
      minutes: { byHand: 90, basis: 'person', said: { table: 130, persona: 45, person: 90 } },
      review: { minutes: 20, basis: 'corrected' },
      saved: 70,
    });
    expect(whole).toMatchObject({ saved: 70, corrected: 1, range: { low: 90, high: 90 } });
  });

  test('before its end it is open, and in no total', () => {
    const { open, ended, totals } = sums(entries, { from: moment(0), to: delivered });
    expect([ended.length, open.length, costOf(totals.spend)]).toEqual([0, 1, 0n]);
    expect(costOf(totals.openSpend)).toBe(1_500_000_408n);
  });
});

describe('a task that expired undecided', () => {
  const { entries, expired } = expiredTask();
  const [first] = entries;
  const from = first?.at ?? EVER.from;
  const then = { from, to: moment(expired + 1) };
  const after = { from: moment(expired + 1), to: EVER.to };

  test('saves nothing, and what it cost and its review took is counted when it expires', () => {
    const { ended, open, later, laterMinutes, totals } = sums(entries, then);
    expect(ended).toEqual([]);
    expect(open).toMatchObject([{ state: 'expired', reviewMinutes: 0 }]);
    expect(costOf(open[0]?.spend ?? NOTHING_SPENT)).toBe(0n);
    expect(later).toMatchObject([{ number: '#8.1', why: 'expired', item: { cash: 500n } }]);
    expect(laterMinutes).toMatchObject([{ number: '#8.1', byHand: 0, review: 11 }]);
    expect(totals).toMatchObject({ expired: 1, saved: -11, reviewMinutes: 11, delivered: 0 });
    expect(costOf(totals.spend)).toBe(500n);
  });

  test('brings only what came since when it is reopened and delivered in other days', () => {
    const { ended, later, totals } = sums(entries, after);
    expect(ended).toMatchObject([
      { state: 'delivered', spend: { cash: 30n }, review: { minutes: 15 }, reviewMinutes: 4 },
    ]);
    expect(later).toEqual([]);
    expect(totals).toMatchObject({ expired: 0, saved: 56, delivered: 1 });
    expect(sums(entries, EVER).totals).toMatchObject({ expired: 1, saved: 45, reviewMinutes: 15 });
    expect(costOf(sums(entries, EVER).totals.spend)).toBe(530n);
  });
});

describe('on generated histories', () => {
  test('every cost is counted once: in tasks that ended, in open ones, or later', () => {
    fc.assert(
      fc.property(fc.nat(1_000), (seed) => {
        const entries = entriesOf(seed);
        const { totals } = sums(entries, EVER);
        expect(costOf(totals.spend) + costOf(totals.openSpend)).toBe(booked(entries));
      }),
      { numRuns: 40 },
    );
  });

  test('however time is cut into ranges, what ended and what it cost adds up to the whole', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(1_000), cuts, (seed, shares) => {
        const entries = entriesOf(seed);
        const times = entries.map(({ at }) => at as number);
        const [first, last] = [Math.min(...times), Math.max(...times)];
        const edges = [
          first,
          ...shares.map((s) => Math.floor(first + s * (last - first))),
          last + 1,
        ];
        const sorted = [...new Set(edges)].toSorted((a, b) => a - b);
        const parts = sorted.slice(1).map((to, i) => {
          const from = sorted[i] ?? 0;
          return sums(entries, { from: moment(from), to: moment(to) });
        });
        const whole = sums(entries, { from: moment(first), to: moment(last + 1) });
        const add = (of: (part: Sums) => number): number =>
          parts.reduce((n, part) => n + of(part), 0);
        const cost = sumSpend(parts.map(({ totals }) => totals.spend));
        expect(costOf(cost)).toBe(costOf(whole.totals.spend));
        expect(add(({ totals }) => totals.delivered)).toBe(whole.totals.delivered);
        expect(add(({ totals }) => totals.rejected)).toBe(whole.totals.rejected);
        expect(add(({ ended }) => ended.length)).toBe(whole.ended.length);
        expect(add(({ stops }) => stops.length)).toBe(whole.stops.length);
        expect(add((part) => part.entries)).toBe(whole.entries);
        expect(add(({ totals }) => totals.expired)).toBe(whole.totals.expired);
        expect(add(({ totals }) => totals.saved)).toBe(whole.totals.saved);
        expect(add(({ totals }) => totals.reviewMinutes)).toBe(whole.totals.reviewMinutes);
        expect(add(byHand)).toBe(byHand(whole));
      }),
      { numRuns: 40 },
    );
  });

  test('tasks and later costs, and lanes, both add up to the total', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, cut) => {
        const entries = entriesOf(seed);
        const times = entries.map(({ at }) => at as number);
        const from = Math.floor(
          Math.min(...times) + cut * (Math.max(...times) - Math.min(...times)),
        );
        const { ended, later, laterMinutes, lanes, totals } = sums(entries, {
          from: moment(from),
          to: EVER.to,
        });
        const rows = [...ended.map(({ spend }) => spend), ...later.map(({ item }) => item)];
        expect(sumSpend(rows)).toEqual(totals.spend);
        expect(sumSpend(lanes)).toEqual(totals.spend);
        const saved = [
          ...ended.map((t) => t.saved),
          ...laterMinutes.map((l) => l.byHand - l.review),
        ];
        expect(saved.reduce((n, one) => n + one, 0)).toBe(totals.saved);
      }),
      { numRuns: 40 },
    );
  });

  test('what was saved is by hand of what was delivered, less every review of what is over', () => {
    fc.assert(
      fc.property(fc.nat(1_000), (seed) => {
        const entries = entriesOf(seed, 250);
        const { totals, ended } = sums(entries, EVER);
        const tasks = new Set(entries.flatMap(({ task }) => task ?? []));
        const each = [...tasks].map((id) => byItself(entries.filter(({ task }) => task === id)));
        const add = (of: (one: (typeof each)[number]) => number): number =>
          each.reduce((n, one) => n + of(one), 0);
        expect(totals.reviewMinutes).toBe(add(({ review }) => review));
        expect(totals.saved).toBe(add(({ byHand, review }) => byHand - review));
        for (const { state, saved } of ended)
          if (state !== 'delivered') expect(saved).toBeLessThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  test('what is recorded after a range changes nothing in it', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, cut) => {
        const entries = entriesOf(seed);
        const to = entries[Math.floor(cut * (entries.length - 1))]?.at ?? moment(0);
        const then = entries.filter(({ at }) => at < to);
        expect(sums(entries, { from: EVER.from, to })).toEqual(sums(then, { from: EVER.from, to }));
      }),
      { numRuns: 30 },
    );
  });
});
