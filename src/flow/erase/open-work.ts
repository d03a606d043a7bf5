import { Fault } from '../../core/fault.ts';
import { requestNumber, taskNumber } from '../../core/id.ts';
import type { OpenWork, Scope } from '../ports/eraser.ts';
import type { World } from '../ports/world.ts';

const SHOWN = 20;

/**
 * Nothing is erased that open work still needs. A request that has no task yet needs its words for nothing but the
 * question for whom it is: erasing it ends it. Throws Fault `conflict` that names what is open and how to end it.
 */
export async function refuseOpen(world: Pick<World, 'eraser'>, scope: Scope): Promise<void> {
  const open = await world.eraser.open(scope);
  const needing = scope.is === 'request' ? open.filter((w) => w.ordinal !== null) : open;
  if (needing.length === 0) return;
  throw new Fault('conflict', openInWords(needing));
}

/** What is open and the next step, as one sentence. */
export function openInWords(open: readonly OpenWork[]): string {
  const listed = open.slice(0, SHOWN).map(({ request, ordinal, state }) => {
    const number = ordinal === null ? requestNumber(request) : taskNumber(request, ordinal);
    return `${number} (${state})`;
  });
  const more = open.length > SHOWN ? ` and more` : '';
  return `Open work still needs these texts: ${listed.join(', ')}${more}. Nothing was erased. Let it be delivered or rejected, or press Cancel on its card, then erase again.`;
}
