import type { Role } from '../core/task.ts';
import type { Mover } from './move.ts';
import type { Pressed, PressedOutcome } from './ports/doors.ts';
import type { CardRow } from './ports/rows-cards.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { RequestFile, TaskFile } from './ports/store.ts';

/** A press, with everything it is about looked up: nothing of it was read from the message. */
export type Press = {
  readonly pressed: Pressed;
  readonly card: CardRow;
  readonly person: PersonRow;
  readonly roles: readonly Role[];
  readonly request: RequestFile;
  /** Null for a card about a whole request. */
  readonly task: TaskFile | null;
};

/** The person who pressed, as the one who causes a step. */
export function moverOf(press: Press): Mover {
  return { by: 'person', person: press.person, roles: press.roles };
}

/** Nothing was changed, and why. */
export function refused(says: string): PressedOutcome {
  return { is: 'refused', says };
}
