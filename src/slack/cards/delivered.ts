import type { DeliveredMessage } from '../../flow/ports/message.ts';
import { sections, smallPrint } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { bold, line, person, safe, say } from '../text.ts';

/** Comes with the approved files: how AI was used in them, and the receipt. Never a price. */
export function delivered(message: DeliveredMessage): Blocks {
  const title = bold(say`${line(message.number)} ${line(message.title)}`);
  return [
    ...sections([say`${title}: delivered ${person(message.mention)}`, safe(message.disclosure)]),
    ...smallPrint([safe(message.receipt)]),
  ];
}
