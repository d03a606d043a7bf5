import type { EntryDraft } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { PersonId } from '../core/id.ts';
import { reviewOf, tableMinutes } from '../core/minutes.ts';
import type { Moment } from '../core/moment.ts';
import type { Entry } from '../ledger/read.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';

/** What a review is counted by: the owner's table, and when whoever decides opened the draft. */
export type Reviewed = { readonly table: number; readonly readAt: Moment | null };

type Needs = Pick<World, 'library'> & { readonly store: Pick<World['store'], 'trail'> };

/** What a new review begins after: a draft, and whatever ended the review before it. */
const BEGINS: readonly EntryType[] = [
  'draft.made',
  'draft.edited',
  'draft.approved',
  'task.sent_back',
  'approval.voided',
  'approval.taken_back',
  'task.reopened',
];

/** Every press of Read in the review that is not ended yet. */
function readings(trail: readonly Entry[]): readonly Entry[] {
  const since = trail.findLastIndex(({ type }) => BEGINS.includes(type));
  return trail.slice(since + 1).filter(({ type }) => type === 'draft.read');
}

/** Only the reading of whoever decides is time of theirs, and a second decision on the same draft begins anew. */
export async function reviewedBy(
  world: Needs,
  { task, person }: { readonly task: TaskRow; readonly person: PersonId },
): Promise<Reviewed> {
  const trail = await world.store.trail({ task: task.id });
  const read = readings(trail).find((e) => e.actor.id === person);
  return { table: reviewTable(world, task), readAt: read?.at ?? null };
}

/** The owner's figure for a review of this task. */
function reviewTable({ library }: Needs, { kind, facts }: TaskRow): number {
  return tableMinutes(library.rules, 'review', { kind, words: facts.words, files: facts.files });
}

type Ending = { readonly task: TaskRow; readonly at: Moment; readonly person: PersonId | null };

/**
 * The review of a draft that comes to nothing because its task is cancelled or expires, as its entry says it: measured
 * where whoever ends it pressed Read, the table's figure where somebody else did, and nothing where nobody did.
 */
export async function lostReview(
  world: Needs,
  { task, at, person }: Ending,
): Promise<NonNullable<EntryDraft['data']>> {
  if (task.state !== 'waiting') return {};
  const all = readings(await world.store.trail({ task: task.id }));
  if (all.length === 0) return {};
  const own = all.find((e) => e.actor.id === person);
  return { review: reviewOf(reviewTable(world, task), { readAt: own?.at ?? null, at }) };
}
