import type { Figures } from '../../ledger/figures.ts';
import type { Sums } from '../../ledger/sum-types.ts';
import { deliveredTask } from './delivered.ts';
import { para } from './html.ts';
import type { Html } from './html.ts';
import type { Labels } from './labels.ts';
import type { Shown } from './shown.ts';
import { section } from './table.ts';
import {
  erasuresTable,
  lanesTable,
  laterMinutesTable,
  laterTable,
  stopsTable,
  tasksTable,
} from './tables.ts';

export type StatementNeeds = {
  readonly sums: Sums;
  readonly figures: Figures;
  readonly labels: Labels;
  /** SHA-256 of the texts of rules in the bundle, in the order in which they are told. */
  readonly rules: readonly string[];
  /** How many keys may have signed. */
  readonly keys: number;
};

/** Every delivered task, one after another. */
export function deliveredPart({ sums, labels, rules }: StatementNeeds, shown: Shown): Html {
  const delivered = sums.ended.filter(({ state }) => state === 'delivered');
  const tasks = delivered.map((task) => deliveredTask(task, { shown, labels, rules }));
  const none = para`Nothing was delivered in these days.`;
  return section('delivered', 'Work delivered', ...(tasks.length === 0 ? [none] : tasks));
}

export function tasksPart({ sums, labels }: StatementNeeds, shown: Shown): Html {
  const tasks = [...sums.ended, ...sums.open];
  const none = para`There was no task in these days.`;
  return section(
    'tasks',
    'All tasks',
    tasks.length === 0 ? none : tasksTable(tasks, labels, shown),
  );
}

export function costsPart({ lanes, later, laterMinutes }: Sums, shown: Shown): Html {
  return section(
    'costs',
    'What it cost',
    lanesTable(lanes, shown),
    ...(later.length === 0 ? [] : [laterTable(later, shown)]),
    ...(laterMinutes.length === 0 ? [] : [laterMinutesTable(laterMinutes, shown)]),
    para`Metered charges are what the supplier of a model bills for each call. A share of what is paid anyway is this client’s part of a seat fee or of the electricity of the practice’s own machine. Corrections are entries of their own: nothing is edited.`,
  );
}

/** What did not go straight: told, not hidden. */
export function stopsPart({ sums, labels }: StatementNeeds, shown: Shown): Html {
  const { stops, nothing, erasures } = sums;
  const { total } = shown;
  const caption = 'Refused, declined, held, sent back, rejected';
  return section(
    'stops',
    'What did not go straight',
    para`Work stopped or went back: ${total('stops')}. Requests the rules made no task of: ${total('nothing')}. Texts erased: ${total('erased')}; erasing a text leaves the record of it as it was.`,
    ...(stops.length === 0 ? [] : [stopsTable({ prefix: 'stop', caption, stops }, labels, shown)]),
    ...(nothing.length === 0
      ? []
      : [
          stopsTable(
            { prefix: 'nothing', caption: 'Requests no task was made of', stops: nothing },
            labels,
            shown,
          ),
        ]),
    ...(erasures.length === 0 ? [] : [erasuresTable(erasures, labels, shown)]),
  );
}
