import { Fault } from '../core/fault.ts';
import type { Role } from '../core/task.ts';
import type { Mover } from './move.ts';
import type { Pressed, PressedOutcome } from './ports/doors.ts';
import type { CardRow } from './ports/rows-cards.ts';
import type { ClientRow, PersonRow } from './ports/rows-settings.ts';
import type { DraftRow, TaskRow } from './ports/rows-work.ts';
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

/** A draft that a card shows, with its task. */
export type Shown = { readonly task: TaskFile; readonly draft: DraftRow };

/** The person who pressed, as the one who causes a step. */
export function moverOf(press: Pick<Press, 'person' | 'roles'>): Mover {
  return { by: 'person', person: press.person, roles: press.roles };
}

/** Whether who pressed may decide for this client. */
export function isApprover({ roles }: Pick<Press, 'roles'>): boolean {
  return roles.some((role) => role === 'approver' || role === 'owner');
}

/** Nothing was changed, and why. */
export function refused(says: string): PressedOutcome {
  return { is: 'refused', says };
}

/** The piece a menu or form chose by its ordinal; the only piece needs no choice. Throws Fault `bad_input` for none. */
export function chosen(press: Press): TaskRow {
  const { tasks } = press.request;
  const ordinal = Number(
    press.pressed.choice ??
      press.pressed.fields?.['piece'] ??
      (tasks.length === 1 ? tasks[0]?.ordinal : NaN),
  );
  const task = tasks.find((t) => t.ordinal === ordinal);
  if (task === undefined)
    throw new Fault(
      'bad_input',
      'Expected a piece of this plan, got none of them. Choose one in the menu.',
    );
  return task;
}

/** The client of the request. Throws Fault `conflict` while that is not known. */
export function clientOf(press: Pick<Press, 'request'>): ClientRow {
  if (press.request.client === null)
    throw new Fault(
      'conflict',
      'It is not known yet for whom this is. Answer that question first.',
    );
  return press.request.client;
}

/** Somebody was first. */
export const MOVED_ON: PressedOutcome = {
  is: 'refused',
  says: 'The plan changed while you pressed. Look at the card again.',
};
