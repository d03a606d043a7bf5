import type { PracticeMinutes, WeekMinutes } from '../core/digest.ts';
import type { ClientId } from '../core/id.ts';
import type { Sums } from '../ledger/sum-types.ts';
import { sumUp } from '../ledger/sums.ts';
import type { WeekSpan } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** A stretch of time of which a digest or a reply tells. */
type Spanned = Pick<WeekSpan, 'from' | 'to'>;

/** The same sums as of a statement, over the same entries: what two documents say of one week must agree. */
async function sumsOf(
  { store }: Pick<World, 'store'>,
  span: Spanned,
  client: ClientId | null,
): Promise<Sums> {
  const summing = sumUp(span);
  for (const entry of await store.movedIn(span, client)) summing.take(entry);
  return summing.end();
}

function handOf({ minutes, range, corrected }: Sums['totals']): Omit<WeekMinutes, 'review'> {
  return { byHand: minutes.table + minutes.persona + minutes.person, range, corrected };
}

/** What work that ended in this time saved, and what its reviews took; of one client if given. */
export async function weekMinutes(
  world: Pick<World, 'store'>,
  span: Spanned,
  client: ClientId | null,
): Promise<PracticeMinutes> {
  const { totals } = await sumsOf(world, span, client);
  const { reviewMinutes: review, laterByHand: later, saved } = totals;
  return { ...handOf(totals), review, later, saved };
}

/** The same of delivered work alone, for a client: nothing shows before its approval. */
export async function deliveredMinutes(
  world: Pick<World, 'store'>,
  span: Spanned,
  client: ClientId,
): Promise<WeekMinutes> {
  const { ended, totals } = await sumsOf(world, span, client);
  const delivered = ended.filter(({ state }) => state === 'delivered');
  return { ...handOf(totals), review: delivered.reduce((sum, t) => sum + t.reviewMinutes, 0) };
}
