import { Fault } from '../core/fault.ts';
import type { EntryId } from '../core/id.ts';
import { MOST_MINUTES } from '../core/minutes.ts';
import type { Entry } from '../ledger/read.ts';
import type { OpenAct } from './act.ts';
import { aboutTask } from './move.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';

/** What a person says of a task: minutes by hand, minutes of all its reviews together, or both. */
export type SaidMinutes = { readonly byHand?: number; readonly review?: number };

/** The least that may be said of each: a piece of work takes a minute at least, a review may have taken none. */
const LEAST = { byHand: 1, review: 0 } as const;
const NAMES = { byHand: 'by hand', review: 'of review' } as const;

/** Reads whole minutes as somebody wrote them. Throws Fault `bad_input` for anything else. */
export function readMinutes(which: keyof SaidMinutes, word: string | undefined): number {
  const minutes = /^\d{1,7}$/.test(word ?? '') ? Number(word) : NaN;
  if (minutes >= LEAST[which] && minutes <= MOST_MINUTES) return minutes;
  const got = word === undefined || word === '' ? 'nothing' : `"${word.slice(0, 40)}"`;
  throw new Fault(
    'bad_input',
    `Expected whole minutes ${NAMES[which]}, ${LEAST[which]} to ${MOST_MINUTES}, got ${got}. For example: 90. Nothing was written.`,
  );
}

type Saying = {
  readonly task: TaskRow;
  readonly person: PersonRow;
  readonly trail: readonly Entry[];
  readonly said: SaidMinutes;
};

/** Writes what a person says beside the entry it corrects: nothing is edited, and what was said last counts. */
export function sayMinutes(act: OpenAct, { task, person, trail, said }: Saying): void {
  const corrects = corrected(trail, said);
  act.note(
    {
      type: 'estimate.recorded',
      actor: { kind: 'person', id: person.id },
      ...aboutTask(task),
      ...(said.byHand === undefined ? {} : { minutes: said.byHand }),
      data: {
        basis: 'person',
        corrects: corrects.id,
        ...(said.review === undefined
          ? {}
          : { review: { minutes: said.review, basis: 'corrected' } }),
      },
    },
    corrects.id as EntryId,
  );
}

/** The entry that said it last, before this person. */
function corrected(trail: readonly Entry[], { byHand }: SaidMinutes): Entry {
  const ofHand = trail.findLast((e) => e.minutes !== null && e.type !== 'draft.made');
  const ofReview = trail.findLast((e) => e.data['review'] !== undefined);
  const found = byHand === undefined ? (ofReview ?? ofHand) : ofHand;
  if (found === undefined) throw new Error('no entry of the task says minutes');
  return found;
}
