import { Fault } from '../../core/fault.ts';
import { numberText, readNumber } from '../../core/id.ts';
import type { NumberRef } from '../../core/id.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { rolesOf } from '../roles.ts';
import { unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** A request that was asked about, and which of its tasks. */
export type Found = { readonly file: RequestFile; readonly tasks: readonly TaskRow[] };

/**
 * Finds `#142` or `#142.2` for somebody who asked for it or decides about it. What exists and what may not be seen
 * answer alike. Throws Fault `bad_input` or `not_found`.
 */
export async function findAsked(
  world: Pick<World, 'store'>,
  asked: Asked,
  word: string | undefined,
): Promise<Found> {
  const ref = word === undefined ? undefined : readNumber(word);
  if (ref === undefined)
    throw unexpected('the number of a request or task', word, 'For example: #142 or #142.2');
  const id = await world.store.findRequest(ref.request);
  const file = id === null ? null : await world.store.requestFile(id);
  if (file === null || rolesOf(asked.person, file).length === 0) throw unknownNumber(ref);
  const { ordinal } = ref;
  const tasks =
    ordinal === undefined ? file.tasks : file.tasks.filter((t) => t.ordinal === ordinal);
  if (ordinal !== undefined && tasks.length === 0) throw unknownNumber(ref);
  return { file, tasks };
}

/** What is not there and what may not be seen. */
export function unknownNumber(number: NumberRef): Fault {
  return new Fault(
    'not_found',
    `There is no ${numberText(number)} that you asked for or decide about. Open work is listed by: status`,
  );
}
