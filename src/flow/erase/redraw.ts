import type { RequestId } from '../../core/id.ts';
import { openAct } from '../act.ts';
import type { CardKind } from '../ports/rows-cards.ts';
import type { World } from '../ports/world.ts';

/** Messages of ours that quote texts and can be edited. Files that were posted stay where they are. */
const QUOTING: readonly CardKind[] = ['plan', 'gate', 'question', 'notice'];

/** Shows the cards of these requests once more: what they quoted and is erased by now is gone from them too. */
export async function redraw(
  world: Pick<World, 'clock' | 'store'>,
  requests: Iterable<RequestId>,
): Promise<void> {
  for (const request of requests) {
    const cards = await world.store.cardsOf(request);
    // One that is being posted for the first time may have been put together before the words were erased.
    const quoting = cards.filter((card) => QUOTING.includes(card.kind));
    if (quoting.length === 0) continue;
    const act = openAct(world.clock);
    for (const { key, kind, place } of quoting) act.show({ key, kind, place, mayWait: true });
    await world.store.commit(act.close());
  }
}
