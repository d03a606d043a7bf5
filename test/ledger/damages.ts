import type { EntryType } from '../../src/core/entry-type.ts';
import { moment } from '../../src/core/moment.ts';
import type { Entry } from '../../src/ledger/read.ts';
import type { Dice } from '../helpers/dice.ts';

/** A log with one thing wrong in it, the index at which that must be found, and the first that may be found. */
export type Damaged = {
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly first: number;
};
/** Undefined where a log holds nothing to damage in this way. */
export type Damage = (entries: readonly Entry[], dice: Dice) => Damaged | undefined;

type Fits = (entry: Entry, index: number) => boolean;
type Data = Entry['data'];

const of =
  (...types: readonly EntryType[]): Fits =>
  ({ type }) =>
    types.includes(type);
const isStep: Fits = ({ from }) => from !== null;
const byPerson: Fits = ({ from, actor }) => from !== null && actor.kind === 'person';
const bySystem: Fits = ({ from, actor }) => from !== null && actor.kind === 'rule';
const reviewIn = ({ data: { review } }: Entry) => review as { readonly basis: string } | undefined;
const reviewed =
  (basis: string): Fits =>
  (entry) =>
    entry.type !== 'estimate.recorded' && reviewIn(entry)?.basis === basis;
const anything: Fits = () => true;

function pick(entries: readonly Entry[], dice: Dice, fits: Fits): number | undefined {
  const found = entries.flatMap((entry, index) => (fits(entry, index) ? [index] : []));
  return found.length === 0 ? undefined : dice.pick(found);
}

/** Changes one entry that fits; the fault is in that entry. */
function change(fits: Fits, to: (entry: Entry, dice: Dice) => Partial<Entry>): Damage {
  return (entries, dice) => {
    const at = pick(entries, dice, fits);
    if (at === undefined) return undefined;
    const changed = entries.map((entry, i) =>
      i === at ? { ...entry, ...to(entry, dice) } : entry,
    );
    return { entries: changed, at, first: at };
  };
}

const data =
  (more: (entry: Entry, dice: Dice) => Data) =>
  (entry: Entry, dice: Dice): Partial<Entry> => ({ data: { ...entry.data, ...more(entry, dice) } });

/** Puts an entry made from one that fits right after it; the fault is in the new one. */
function follow(fits: Fits, by: (entry: Entry, dice: Dice) => Entry): Damage {
  return (entries, dice) => {
    const at = pick(entries, dice, fits);
    const found = entries[at ?? -1];
    if (at === undefined || found === undefined) return undefined;
    const more = entries.toSpliced(at + 1, 0, by(found, dice));
    return { entries: more, at: at + 1, first: at + 1 };
  };
}

/** Takes out an entry that fits and that another needs; the fault is in the first that does. */
function drop(fits: Fits, needs: (entry: Entry, dropped: Entry) => boolean): Damage {
  return (entries, dice) => {
    const needing = (i: number) => entries.findIndex((e, n) => n > i && needs(e, entries[i] ?? e));
    const at = pick(entries, dice, (entry, i) => fits(entry, i) && needing(i) !== -1);
    return at === undefined
      ? undefined
      : { entries: entries.toSpliced(at, 1), at: needing(at) - 1, first: at };
  };
}

const causedBy = (entry: Entry, dropped: Entry): boolean =>
  entry.cause === dropped.id && entry.from !== null;
const restsOn = (entry: Entry, { id }: Entry): boolean =>
  entry.type === 'draft.delivered' &&
  [entry.data['approval'], entry.data['gate'], entry.data['disclosure']].includes(id);

const fresh = (entry: Entry, dice: Dice): Entry => ({ ...entry, id: dice.uuid(entry.at) });
const rule = `life.yaml#RULE-0@${'00'.repeat(8)}`;

/** Every kind of damage that a log can show by itself, without a root to hold it against. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  'a step is dropped': drop(isStep, causedBy),
  'an approval is dropped': drop(of('draft.approved'), restsOn),
  'a result of the gate is dropped': drop(of('gate.reviewed'), restsOn),
  'a disclosure is dropped': drop(of('disclosure.issued'), restsOn),
  'the start of an attempt is dropped': drop(
    of('attempt.started'),
    (e, { attempt }) => e.type === 'attempt.ended' && e.attempt === attempt,
  ),
  'an entry stands twice': follow(anything, (entry) => entry),
  'a step is taken twice': follow((entry) => isStep(entry, 0) && entry.from !== entry.to, fresh),
  'an attempt ends twice': follow(of('attempt.ended'), fresh),
  'a body is erased twice': follow(of('content.erased'), fresh),
  'an entry stands before its cause': (entries, dice) => {
    const at = pick(entries, dice, (e, i) => isStep(e, i) && e.cause === entries[i - 1]?.id);
    const [cause, entry] = [entries[(at ?? 0) - 1], entries[at ?? -1]];
    if (at === undefined || cause === undefined || entry === undefined) return undefined;
    return { entries: entries.toSpliced(at - 1, 2, entry, cause), at: at - 1, first: at - 1 };
  },
  'a cause is taken out': change(isStep, () => ({ cause: null })),
  'a cause is another': change(isStep, (e, dice) => ({ cause: dice.uuid(e.at) })),
  'a step goes elsewhere': change(isStep, ({ to }) => ({
    to: to === 'delivered' ? 'rejected' : 'delivered',
  })),
  'a step comes from elsewhere': change(isStep, ({ from }) => ({
    from: from === 'waiting' ? 'queued' : 'waiting',
  })),
  'a task begins in the middle of its life': change(of('task.routed'), () => ({ to: 'approved' })),
  'a step goes to what is no state': change(isStep, (_, dice) => ({
    to: dice.pick(['dequeued', '__proto__', '']),
  })),
  'a step is of another task': change(isStep, (e, dice) => ({ task: dice.uuid(e.at) })),
  'an entry is of another client': change(
    ({ client }, index) => client !== null && index > 0,
    (e, dice) => ({ client: dice.uuid(e.at) }),
  ),
  'a step is of another request': change(isStep, (e, dice) => ({ request: dice.uuid(e.at) })),
  'the system decides for a person': change(
    (e, i) => byPerson(e, i) && e.type !== 'task.started' && e.type !== 'task.retried',
    () => ({ actor: { kind: 'rule', id: rule }, rule }),
  ),
  'a person takes a step of the system': change(
    (e, i) => bySystem(e, i) && e.type !== 'task.started' && e.type !== 'task.retried',
    (e, dice) => ({ actor: { kind: 'person', id: dice.uuid(e.at) } }),
  ),
  'a decision has no rule': change(bySystem, () => ({ rule: null })),
  'an attempt has no rule': change(of('attempt.started', 'attempt.ended'), () => ({ rule: null })),
  'a rule acts under another': change(bySystem, ({ rule: of }) => ({ rule: `${of ?? ''}0` })),
  'another draft is approved': change(of('draft.approved'), (_, dice) => ({ draft: dice.hex(64) })),
  'somebody else approves': change(of('draft.approved'), (e, dice) => {
    const id = dice.uuid(e.at);
    return { actor: { kind: 'person', id }, data: { ...e.data, responsible: id } };
  }),
  'somebody else answers for an approval': change(
    of('draft.approved'),
    data((e, dice) => ({ responsible: dice.uuid(e.at) })),
  ),
  'another draft is delivered': change(of('draft.delivered'), (_, dice) => ({
    draft: dice.hex(64),
  })),
  'a delivery names no approval that is there': change(
    of('draft.delivered'),
    data((e, dice) => ({ approval: dice.uuid(e.at) })),
  ),
  'a delivery names its disclosure as the approval': change(
    of('draft.delivered'),
    data((e) => ({ approval: e.data['disclosure'] ?? null })),
  ),
  'a delivery names no result of the gate': change(
    of('draft.delivered'),
    data((e, dice) => ({ gate: dice.uuid(e.at) })),
  ),
  'a delivery names no disclosure': change(
    of('draft.delivered'),
    data((e, dice) => ({ disclosure: dice.uuid(e.at) })),
  ),
  'another draft is disclosed': change(of('disclosure.issued'), (_, dice) => ({
    draft: dice.hex(64),
  })),
  'another draft is checked': change(of('gate.reviewed'), (_, dice) => ({ draft: dice.hex(64) })),
  'the gate said something else': change(
    of('gate.reviewed'),
    data(({ to }) => ({ outcome: to === 'queued' ? 'pass' : 'send_back' })),
  ),
  'a version is left out': change(
    of('draft.made', 'draft.edited'),
    data(({ data: { version } }) => ({ version: Number(version) + 1 })),
  ),
  'an edit is of another draft': change(
    of('draft.edited'),
    data((_, dice) => ({ replaces: dice.hex(64) })),
  ),
  'a draft is of an attempt that never began': change(
    (e) => e.type === 'draft.made' && e.attempt !== null,
    (e, dice) => ({ attempt: dice.uuid(e.at) }),
  ),
  'an attempt ends on another lane': change(of('attempt.ended'), ({ lane }) => ({
    lane: lane === 'tool' ? 'senior' : 'tool',
  })),
  'a cost is negative': change(
    ({ type, costNano }) => type === 'attempt.ended' && costNano !== null,
    () => ({ costNano: -1 }),
  ),
  'a cost is taken out': change(
    ({ type, costNano }) => type === 'attempt.ended' && costNano !== null,
    () => ({ costNano: null }),
  ),
  'a correction says no figure': change(of('cost.adjusted'), () => ({ costNano: null })),
  'a correction is of nothing': change(
    of('cost.adjusted'),
    data((e, dice) => ({ corrects: dice.uuid(e.at) })),
  ),
  'a correction is of what has no cost': (entries, dice) => {
    const routed = entries.find(({ type }) => type === 'task.routed');
    return change(
      of('cost.adjusted'),
      data(() => ({ corrects: routed?.id ?? '' })),
    )(entries, dice);
  },
  'a corrected estimate says no figure': change(
    ({ type, minutes }) => type === 'estimate.recorded' && minutes !== null,
    ({ data: { review: _review, ...rest } }) => ({ minutes: null, data: rest }),
  ),
  'a review takes longer than the table says': change(
    reviewed('table'),
    data((e) => ({ review: { ...reviewIn(e), minutes: 11 } })),
  ),
  'a measured review takes longer than twice the table': change(
    reviewed('measured'),
    data((e) => ({ read_at: 0, review: { ...reviewIn(e), minutes: 21 } })),
  ),
  'a review is measured from a Read that was not pressed': change(
    reviewed('measured'),
    data(() => ({ read_at: null })),
  ),
  'words are put in': change(
    anything,
    data(() => ({ remark: 'The client was told on the phone.' })),
  ),
  'a nonce is cut': change(anything, ({ nonce }) => ({ nonce: nonce.slice(2) })),
  'a type is made up': change(anything, () => ({ type: '__defineGetter__' as EntryType })),
};

/** Whoever turns a clock back shows it where a step is older than the one that led to it. */
export const clockBack: Damage = change(isStep, ({ at }) => ({ at: moment(at - 86_400_000) }));
