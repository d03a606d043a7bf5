import type { EntryType } from '../core/entry-type.ts';
import { monthOf } from '../core/seat-month.ts';
import { numberIn, textIn } from './data.ts';
import type { Entry } from './read.ts';
import { addRefs } from './refs.ts';
import { isRehearsed } from './sum-evidence.ts';
import { correctionOf } from './sum-correction.ts';
import { beginTally } from './sum-tally.ts';
import type { Tally } from './sum-tally.ts';
import { takeInto } from './sum-task.ts';
import { finish } from './sum-end.ts';
import type { Reading } from './sum-end.ts';
import type { Span, Sums } from './sum-types.ts';

/** Reads the log of one client, entry by entry in its order, and sums it up. */
export type Summing = {
  take(entry: Entry): void;
  /** How many statements were made before, in the whole log. */
  exports(): number;
  end(): Sums;
};

/** What belongs to a range, for whoever reads the figures. Printed wherever they are. */
export const RANGE_WORDS =
  'A task is counted in the range in which it ended: delivered, rejected or cancelled. What was booked or corrected on it later is counted in the range in which that was done. What a task has cost, and its reviews, count when it expires undecided, too; if it is reopened, what comes after that counts when it ends. A task that is still open at the end of the range is listed with what it has cost so far and is in no total. So every task, every cost and every minute is counted once, whatever ranges you choose. Entries written after the range are not looked at.';

/** Begins to sum a range up; see RANGE_WORDS for what belongs to it. */
export function sumUp(span: Span): Summing {
  const reading: Reading = {
    span,
    tasks: new Map(),
    numbers: new Map(),
    loose: [],
    seat: { used: new Set(), closed: new Set() },
    stops: [],
    nothing: [],
    erasures: [],
    uses: new Map(),
    count: { entries: 0, exports: 0, rehearsed: 0 },
  };
  return {
    take: (entry) => take(reading, entry),
    exports: () => reading.count.exports,
    end: () => finish(reading),
  };
}

/** What did not go straight, as a client should hear of it. */
const STOPS: ReadonlySet<EntryType> = new Set<EntryType>([
  'task.held',
  'task.declined',
  'task.failed',
  'task.expired',
  'task.cancelled',
  'task.sent_back',
  'draft.rejected',
  'delivery.failed',
  'approval.voided',
  'approval.taken_back',
]);

function take(reading: Reading, entry: Entry): void {
  const { span, count } = reading;
  if (entry.type === 'export.made') count.exports += 1;
  // A month is closed after it ended: that it was is said of any range, its shares count in that of the day.
  if (entry.type === 'seat.allocated') reading.seat.closed.add(textIn(entry.data, 'month') ?? '');
  if (entry.at >= span.to) return;
  note(reading, entry);
  if (CORRECTS.has(entry.type)) correct(reading, entry);
  if (entry.task !== null) takeInto(tallyOf(reading, entry), entry, span.from);
  if (entry.at >= span.from) takeWithin(reading, entry);
}

/** What changes a cost that was booked before. */
const CORRECTS: ReadonlySet<EntryType> = new Set<EntryType>(['cost.adjusted', 'seat.allocated']);

function takeWithin(reading: Reading, entry: Entry): void {
  const { count, seat } = reading;
  count.entries += 1;
  if (entry.type === 'attempt.ended' && numberIn(entry.data, 'credits') !== null)
    seat.used.add(monthOf(entry.at));
  use(reading, entry);
  if (isRehearsed(entry.origin)) count.rehearsed += 1;
  if (isStop(entry)) reading.stops.push({ entry });
  if (entry.type === 'request.nothing_to_do') reading.nothing.push(entry);
  if (entry.type === 'content.erased') reading.erasures.push(entry);
}

function note({ numbers }: Reading, { type, request, data }: Entry): void {
  const number = numberIn(data, 'number');
  if (type === 'request.placed' && request !== null && number !== null)
    numbers.set(request, number);
}

/** Beside the closed list: a gate that sends back, a model that refuses, a person asked because work was declined or stuck. */
function isStop({ type, data }: Entry): boolean {
  if (type === 'gate.reviewed') return textIn(data, 'outcome') === 'send_back';
  if (type === 'attempt.ended') return textIn(data, 'outcome') === 'refused';
  if (type === 'person.asked') return data['declined'] === true || 'fault' in data;
  return STOPS.has(type);
}

function tallyOf({ tasks }: Reading, entry: Entry): Tally {
  const known = tasks.get(entry.task ?? '');
  if (known !== undefined) return known;
  const fresh = beginTally(entry);
  tasks.set(fresh.id, fresh);
  return fresh;
}

/** Notes for what the rules an entry names are named. */
function use({ uses }: Reading, entry: Entry): void {
  const about = entry.task ?? entry.request;
  const rules = new Set<string>();
  addRefs(entry, { rules, texts: new Set() });
  for (const rule of rules) {
    const ids = uses.get(rule) ?? new Set();
    if (about !== null) ids.add(about);
    uses.set(rule, ids);
  }
}

function correct({ tasks, loose }: Reading, entry: Entry): void {
  const task = entry.task === null ? undefined : tasks.get(entry.task);
  const costs = task?.costs ?? loose;
  costs.push(correctionOf(entry, costs));
}
