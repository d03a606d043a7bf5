import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  eventsFor,
  isFinal,
  LIFE,
  mayCause,
  RETURN_STATES,
  ROLES,
  STATES,
  step,
} from '../../src/core/task.ts';
import type { Role, Standing, State, TaskEvent } from '../../src/core/task.ts';
import { specified } from './life.ts';

const PEOPLE: readonly Role[] = ROLES.filter((role) => role !== 'system');
const FINAL: readonly State[] = ['rejected', 'cancelled', 'delivered'];
const GIVEN_UP: readonly State[] = ['rejected', 'cancelled'];
const KEEPING: readonly State[] = ['asking', 'held', 'expired'];
const EVENTS = [...new Set(STATES.flatMap((state) => Object.keys(LIFE[state])))] as TaskEvent[];
const BEGIN: Standing = { state: 'proposed', returnTo: null };

/** Any roles a person may hold at once. */
const person = fc.subarray([...PEOPLE]);
const system: fc.Arbitrary<Role[]> = fc.constant(['system']);
const attempt = fc.record({
  event: fc.constantFrom(...EVENTS),
  roles: fc.oneof(person, system),
});
const standing: fc.Arbitrary<Standing> = fc.record({
  state: fc.constantFrom(...STATES),
  returnTo: fc.option(fc.constantFrom(...RETURN_STATES)),
});

type Attempt = { readonly event: TaskEvent; readonly roles: readonly Role[] };
type Taken = Attempt & { readonly from: Standing; readonly next: Standing };

/**
 * A life: each number picks one of the steps somebody may take then, so that walks go deep instead of being refused.
 * Giving up is left out: it would end most of them before anything is approved.
 */
const life = fc.array(fc.nat(), { minLength: 1, maxLength: 60, size: 'max' }).map((picks) => {
  const taken: Taken[] = [];
  let from = BEGIN;
  for (const pick of picks) {
    const open = stepsFrom(from).filter(({ next }) => !GIVEN_UP.includes(next.state));
    const way = open[pick % Math.max(open.length, 1)];
    if (way === undefined) break;
    taken.push(way);
    from = way.next;
  }
  return taken;
});

const ways = new Map<string, readonly Taken[]>();

/** Every step each single role may take from here; looked up once, since walks come by often. */
function stepsFrom(from: Standing): readonly Taken[] {
  const key = JSON.stringify(from);
  const known = ways.get(key) ?? ROLES.flatMap((role) => stepsOf(from, role));
  ways.set(key, known);
  return known;
}

function stepsOf(from: Standing, role: Role): readonly Taken[] {
  return eventsFor(from.state, [role]).flatMap((event) => {
    const way = step(from, event, [role]);
    return way.ok ? [{ event, roles: [role], from, next: way.next }] : [];
  });
}

/** Every standing that can be reached from here, with itself. */
function reachable(from: Standing): readonly Standing[] {
  const found = new Map([[JSON.stringify(from), from]]);
  for (const here of found.values())
    for (const { next } of stepsFrom(here)) found.set(JSON.stringify(next), next);
  return [...found.values()];
}

const all = reachable(BEGIN);

describe('the table', () => {
  test('is what was specified, row by row', () => {
    const ours = STATES.flatMap((from) =>
      Object.entries(LIFE[from]).map(([event, row]) => ({
        from,
        event,
        who: row.who,
        to: row.to,
        returnTo: 'returnTo' in row ? row.returnTo : undefined,
      })),
    );
    expect(ours).toEqual(specified);
  });

  test('has three final states and no others without a way out', () => {
    expect(STATES.filter(isFinal)).toEqual(FINAL);
  });

  test('keeps only states that can be gone back to, never approved', () => {
    const kept = STATES.flatMap((from) =>
      Object.values(LIFE[from]).flatMap((row) => ('returnTo' in row ? [row.returnTo] : [])),
    );
    expect(kept.filter((s) => s !== 'keep' && !RETURN_STATES.includes(s))).toEqual([]);
    expect(RETURN_STATES).not.toContain('approved');
  });
});

describe('what can be reached', () => {
  test('every state, from proposed', () => {
    expect(new Set(all.map((s) => s.state))).toEqual(new Set(STATES));
  });

  test('a final state, from wherever a task can stand', () => {
    const stuck = all.filter((s) => !reachable(s).some(({ state }) => isFinal(state)));
    expect(stuck).toEqual([]);
  });

  test('something a person can do, wherever a task stands that is not final', () => {
    const byPerson = (s: Standing) => eventsFor(s.state, PEOPLE).length > 0;
    expect(all.filter((s) => !isFinal(s.state) && !byPerson(s))).toEqual([]);
  });
});

describe('who may do what', () => {
  test('an event is a person’s or the system’s, never both', () => {
    const rows = STATES.flatMap((from) => Object.values(LIFE[from]));
    const mixed = rows.filter(({ who }) => {
      const roles: readonly Role[] = who;
      return roles.length === 0 || (roles.includes('system') && roles.length > 1);
    });
    expect(mixed).toEqual([]);
  });

  test('the system takes no step of a person, and a person in any roles none of the system', () => {
    fc.assert(
      fc.property(standing, attempt, (from, { event, roles }) => {
        const bySystem = step(from, event, ['system']).ok;
        const byPerson = step(from, event, PEOPLE).ok;
        expect(bySystem && byPerson).toBe(false);
        if (step(from, event, roles).ok) expect(roles.includes('system')).toBe(bySystem);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the owner may do whatever an approver may', () => {
    for (const state of STATES)
      expect(eventsFor(state, ['owner'])).toEqual(eventsFor(state, ['approver']));
  });

  test('nobody in no role does anything', () => {
    for (const state of STATES) expect(eventsFor(state, [])).toEqual([]);
  });

  test('mayCause, eventsFor and step agree', () => {
    fc.assert(
      fc.property(standing, attempt, (from, { event, roles }) => {
        const may = mayCause(from.state, event, roles);
        const taken = step(from, event, roles);
        expect(eventsFor(from.state, roles).includes(event)).toBe(may);
        if (taken.ok) expect(may).toBe(true);
        else expect(taken.why === 'nowhere_to_return').toBe(may);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a step that is not there and a step that is not yours are told apart', () => {
    expect(step({ state: 'delivered', returnTo: null }, 'cancel', ['owner'])).toEqual({
      ok: false,
      why: 'no_such_step',
    });
    expect(step({ state: 'waiting', returnTo: null }, 'approve', ['requester'])).toEqual({
      ok: false,
      why: 'not_yours',
    });
    expect(step({ state: 'held', returnTo: null }, 'resume', ['system'])).toEqual({
      ok: false,
      why: 'nowhere_to_return',
    });
  });
});

describe('any life', () => {
  test('reaches delivered only by the delivery of what an approver or the owner approved while it was waiting', () => {
    fc.assert(
      fc.property(life, (taken) => {
        const end = taken.findIndex(({ next }) => next.state === 'delivered');
        if (end < 0) return;
        expect(taken[end]).toMatchObject({ event: 'deliver', from: { state: 'approved' } });
        const approved = taken.findLast(
          ({ from, next }) => next.state === 'approved' && from.state !== 'approved',
        );
        expect(approved).toMatchObject({ event: 'approve', from: { state: 'waiting' } });
        expect(['approver', 'owner']).toContain(approved?.roles[0]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is approved by nobody who is not one of them', () => {
    fc.assert(
      fc.property(standing, attempt, (from, { event, roles }) => {
        const taken = step(from, event, roles);
        if (!taken.ok || taken.next.state !== 'approved' || from.state === 'approved') return;
        expect({ event, state: from.state }).toEqual({ event: 'approve', state: 'waiting' });
        expect(roles.some((role) => role === 'approver' || role === 'owner')).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('keeps where to go back to exactly while it asks, is held or has expired', () => {
    fc.assert(
      fc.property(life, (taken) => {
        for (const { next } of taken) {
          expect(next.returnTo !== null).toBe(KEEPING.includes(next.state));
          if (next.returnTo !== null) expect(RETURN_STATES).toContain(next.returnTo);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('never leaves a final state', () => {
    for (const state of FINAL)
      for (const event of EVENTS)
        expect(step({ state, returnTo: null }, event, ROLES)).toEqual({
          ok: false,
          why: 'no_such_step',
        });
  });

  test('is never stuck for want of a place to go back to', () => {
    const stuck = all.flatMap((from) =>
      eventsFor(from.state, ROLES)
        .map((event) => step(from, event, ROLES))
        .filter((taken) => !taken.ok),
    );
    expect(stuck).toEqual([]);
  });
});
