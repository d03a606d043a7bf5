import type {
  Erasure,
  LaneSum,
  LaterCost,
  LaterMinutes,
  Stop,
  Sums,
  TaskSum,
} from '../../ledger/sum-types.ts';
import { h, join, words } from './html.ts';
import type { Child, Html } from './html.ts';
import { kindOf, nameOf } from './labels.ts';
import type { Labels } from './labels.ts';
import type { Shown } from './shown.ts';
import { table } from './table.ts';

/** A row for every task: what it is, where it was done, how it ended and what it cost. */
export function tasksTable(tasks: readonly TaskSum[], labels: Labels, shown: Shown): Html {
  return table({
    id: 'tasks-caption',
    caption: 'Every task of these days, those still open last',
    head: [
      'Task',
      'Kind of work',
      'Where',
      'How it stands',
      'Sent back',
      'Decided by',
      'Cost',
      'By hand',
      'Review',
    ],
    numbers: [6, 7, 8],
    rows: tasks.map((task) => {
      const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
      return [
        at('number'),
        join(kindOf(labels, task.kind), h('span', { class: 'mark' }, ' ', at('kind'))),
        at('lane'),
        at('state'),
        at('sent_back'),
        decider(task, labels, at('decided_by')),
        at('cost'),
        at('minutes'),
        at('review'),
      ];
    }),
  });
}

function decider({ decision }: TaskSum, labels: Labels, mark: Html): Child {
  if (decision === null) return mark;
  return join(nameOf(labels, decision.by), h('span', { class: 'mark' }, ' ', mark));
}

/** What it cost by where the work was done; the last row is the total. */
export function lanesTable(lanes: readonly LaneSum[], shown: Shown): Html {
  const { total, cell } = shown;
  return table({
    id: 'lanes-caption',
    caption: 'Costs of these days by where the work was done, in US dollars',
    head: ['Where', 'Calls', 'Metered', 'Share of what is paid anyway', 'Corrections', 'Cost'],
    numbers: [1, 2, 3, 4, 5],
    rows: lanes.map(({ lane }) =>
      ['name', 'calls', 'cash', 'allocated', 'corrected', 'cost'].map((name) =>
        cell(`lane/${lane}/${name}`),
      ),
    ),
    foot: ['All', '', total('cash'), total('allocated'), total('corrected'), total('cost')],
  });
}

export function laterTable(later: readonly LaterCost[], shown: Shown): Html {
  return table({
    id: 'later-caption',
    caption: 'Counted in these days of tasks that ended before or expired undecided',
    head: ['Task', 'When', 'What', 'Cost'],
    numbers: [3],
    rows: later.map(({ item }) =>
      ['number', 'at', 'what', 'cost'].map((name) => shown.cell(`later/${item.entry}/${name}`)),
    ),
  });
}

/** Minutes that changed of tasks that did not end in these days. */
export function laterMinutesTable(later: readonly LaterMinutes[], shown: Shown): Html {
  return table({
    id: 'minutes-caption',
    caption: 'Minutes counted in these days of tasks that ended before or expired undecided',
    head: ['Task', 'By hand', 'Review', 'Saved'],
    numbers: [1, 2, 3],
    rows: later.map(({ task }) =>
      ['number', 'by_hand', 'review', 'saved'].map((name) => shown.cell(`minutes/${task}/${name}`)),
    ),
  });
}

type Stops = {
  readonly prefix: 'stop' | 'nothing';
  readonly caption: string;
  readonly stops: readonly Stop[];
};

/** What did not go straight, in the order in which it happened. */
export function stopsTable({ prefix, caption, stops }: Stops, labels: Labels, shown: Shown): Html {
  return table({
    id: `${prefix}-caption`,
    caption,
    head: ['Task', 'When', 'What happened', 'By', 'Rule'],
    rows: stops.map(({ entry, by }) => {
      const at = (name: string): Html => shown.cell(`${prefix}/${entry}/${name}`);
      const rule = shown.has('cells', `${prefix}/${entry}/rule`)
        ? at('rule')
        : 'a person’s decision';
      const who = by.kind === 'person' ? words`${nameOf(labels, by.id)} (${at('by')})` : at('by');
      return [at('number'), at('at'), at('what'), who, rule];
    }),
  });
}

export function erasuresTable(erasures: readonly Erasure[], labels: Labels, shown: Shown): Html {
  return table({
    id: 'erasures-caption',
    caption: 'What was erased in these days',
    head: ['When', 'What', 'Why', 'Ordered by'],
    rows: erasures.map(({ entry, orderedBy }) => {
      const at = (name: string): Html => shown.cell(`erasure/${entry}/${name}`);
      const who = orderedBy === null ? at('by') : words`${nameOf(labels, orderedBy)} (${at('by')})`;
      return [at('at'), at('texts'), at('ground'), who];
    }),
  });
}

/** Everybody whose name stands on the page, with the mark by which the record knows them. */
export function peopleTable(sums: Sums, labels: Labels, markOf: (id: string) => string): Html {
  const tasks = [...sums.ended, ...sums.open];
  const ids = [
    ...tasks.flatMap(({ decision, rerouted }) => [
      decision?.by,
      decision?.responsible,
      rerouted?.by,
    ]),
    ...[...sums.stops, ...sums.nothing].flatMap(({ by }) => (by.kind === 'person' ? [by.id] : [])),
    ...sums.erasures.map(({ orderedBy }) => orderedBy),
  ].filter((id) => id !== undefined && id !== null);
  const known = [...new Set(ids)].toSorted((a, b) =>
    nameOf(labels, a) < nameOf(labels, b) ? -1 : 1,
  );
  return table({
    id: 'people-caption',
    caption: 'People on this page',
    head: ['Name', 'In the record'],
    rows: known.map((id) => [nameOf(labels, id), markOf(id)]),
  });
}
