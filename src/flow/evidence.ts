import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import type { DecisionRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';
import type { Press, Shown } from './pressed.ts';
import { reviewedBy } from './review-time.ts';
import type { Reviewed } from './review-time.ts';

/** When the draft was shown, and when whoever decides pressed Read on these very bytes; null where there is no record of it. */
export type Evidence = Pick<DecisionRow, 'shownAt' | 'readAt'>;

/**
 * What is known of the review behind a decision. Only the reading of whoever decides counts: that somebody else opened
 * the draft says nothing about them.
 */
export async function evidenceOf(
  world: Pick<World, 'clock'> & { readonly store: Pick<World['store'], 'trail'> },
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

/**
 * Both, in this order: a Read that is written down in between is then evidence without minutes, and never minutes without
 * evidence, which would be a fault of the record.
 */
export async function behind(
  world: Pick<World, 'clock' | 'library'> & { readonly store: Pick<World['store'], 'trail'> },
  press: Pick<Press, 'card' | 'person' | 'pressed'>,
  about: Shown,
): Promise<Behind> {
  const whose = { task: about.task.task, person: press.person.id };
  const reviewed = await reviewedBy(world, whose);
  return { reviewed, evidence: await evidenceOf(world, press, about) };
}

/**
 * When the message that was pressed was posted, by its own time stamp: for a press that comes before its posting is
 * written down. Null for a time before the draft or after now, which no card of it can have.
 */
function postedAt({ pressed }: Pick<Press, 'pressed'>, madeAt: Moment, now: Moment): Moment | null {
  const ms = Math.floor(Number(pressed.at?.ts ?? NaN) * 1000);
  return ms >= madeAt && ms <= now ? moment(ms) : null;
}
