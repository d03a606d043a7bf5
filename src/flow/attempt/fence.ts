import { Fault } from '../../core/fault.ts';
import { fenced, mayTag } from '../../core/fence.ts';
import type { Block } from '../../core/fence.ts';
import type { World } from '../ports/world.ts';

/** Twelve random digits that stand in the material by chance are drawn again; so many times it is no chance. */
const TRIES = 20;

/**
 * Puts material between marks with a random tag, drawn anew for every call, that stands nowhere in it: nothing inside can
 * end it.
 */
export function fence({ clock }: Pick<World, 'clock'>, blocks: readonly Block[]): string {
  for (let left = TRIES; left > 0; left -= 1) {
    const tag = clock.newId<string>().slice(-12);
    if (mayTag(blocks, tag)) return fenced(blocks, tag);
  }
  throw new Fault('bad_input', 'Expected material that leaves a mark to fence it with, got none.');
}
