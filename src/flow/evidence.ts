import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import type { DecisionRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';
import type { Press, Shown } from './pressed.ts';
import { reviewedBy } from './review-time.ts';
import type { Reviewed } from './review-time.ts';

type TrailStore = { readonly store: Pick<World['store'], 'trail'> };

/** When the draft was shown, and when whoever decides pressed Read on these very bytes; null where there is no record of it. */
export type Evidence = Pick<DecisionRow, 'shownAt' | 'readAt'>;

/**
 * What is known of the review behind a decision. Only the reading of whoever decides counts: that somebody else opened
 * the draft says nothing about them.
 */
export async function evidenceOf(
  world: Pick<World, 'clock'> & TrailStore,
  press: Pick<Press, 'card' | 'person' | 'pressed'>,
  { task, draft }: Shown,
): Promise<Evidence> {
  const trail = await world.store.trail({ task: task.task.id });
  const read = trail.find(
    (e) => e.type === 'draft.read' && e.draft === draft.sha256 && e.actor.id === press.person.id,
  );
  const shownAt = press.card.postedAt ?? postedAt(press, draft.madeAt, world.clock.now());
  return { shownAt, readAt: read?.at ?? null };
}

/** What stands behind a decision: what is known of its review, and what that review is counted by. */
export type Behind = { readonly evidence: Evidence; readonly reviewed: Reviewed };

/** Both, from one look at the trail: with two a Read in between could count minutes and be no evidence. */
export async function behind(
  { clock, library, store }: Pick<World, 'clock' | 'library'> & TrailStore,
  press: Pick<Press, 'card' | 'person' | 'pressed'>,
  about: Shown,
): Promise<Behind> {
  const { task } = about.task;
  const trail = await store.trail({ task: task.id });
  const seen = { clock, library, store: { trail: async () => trail } };
  return {
    evidence: await evidenceOf(seen, press, about),
    reviewed: await reviewedBy(seen, { task, person: press.person.id }),
  };
}

/**
 * When the message that was pressed was posted, by its own time stamp: for a press that comes before its posting is
 * written down. Null for a time before the draft or after now, which no card of it can have.
 */
function postedAt({ pressed }: Pick<Press, 'pressed'>, madeAt: Moment, now: Moment): Moment | null {
  const ms = Math.floor(Number(pressed.at?.ts ?? NaN) * 1000);
  return ms >= madeAt && ms <= now ? moment(ms) : null;
}
