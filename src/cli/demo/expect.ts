import { BEGINNINGS } from '../../core/entry-type.ts';
import type { DayRecord } from './record.ts';
import { REASON } from './scenes-morning.ts';
import {
  callsOnRecord,
  cloudQuestion,
  disclosedFirst,
  each,
  evidence,
  sameBytes,
  taskOf,
  unique,
} from './readings.ts';
import { idOf, typesOf, who } from './words.ts';

/** What should be true of the day: a name for people, and what the record should say. */
export type Expectation = {
  readonly name: string;
  readonly want: string;
  readonly got: (day: DayRecord) => string;
};

export type Difference = { readonly name: string; readonly want: string; readonly got: string };

/** What of the day's expectations did not hold; nothing on a good day. */
export function differences(day: DayRecord): readonly Difference[] {
  return EXPECTATIONS.map(({ name, want, got }) => ({ name, want, got: got(day) })).filter(
    ({ want, got }) => want !== got,
  );
}

const DELIVERED = '#1.1, #1.2, #1.3, #2.1, #3.1';

export const EXPECTATIONS: readonly Expectation[] = [
  {
    name: 'Nothing asked for is dropped, nothing added',
    want: '#1.1 audit.content, #1.2 harden.plugin, #1.3 draft.blog, #2.1 proofread.report, #3.1 review.code, #4.1 format.files',
    got: (day) => each(day, ({ task }) => task.kind),
  },
  {
    name: 'Each task ends as people decided',
    want: '#1.1 delivered, #1.2 delivered, #1.3 delivered, #2.1 delivered, #3.1 delivered, #4.1 rejected',
    got: (day) => each(day, ({ task }) => task.state),
  },
  {
    name: 'Each task is worked where a written rule, or a person, sent it',
    want: '#1.1 local by LANE-020, #1.2 senior by LANE-070, #1.3 senior by LANE-080, #2.1 tool by LANE-010, #3.1 senior by LANE-005, #4.1 tool by LANE-010',
    got: (day) => each(day, ({ task }) => `${task.lane} by ${idOf(task.rule)}`),
  },
  {
    name: 'The cloud question is asked once and answered once',
    want: '1 asked, answered by Olive Marsh',
    got: cloudQuestion,
  },
  {
    name: 'The checks send the plugin back, and pass what was repaired',
    want: 'send_back, pass',
    got: (day) =>
      taskOf(day, '#1.2')
        .reviews.map((one) => one.outcome)
        .join(', '),
  },
  {
    name: 'The post is sent back, edited and approved by a person',
    want: 'send_back, edit, approve',
    got: (day) =>
      taskOf(day, '#1.3')
        .decisions.map((one) => one.verb)
        .join(', '),
  },
  {
    name: 'A person’s reason reaches the redo',
    want: '1 call was told the reason',
    got: ({ prompts }) =>
      `${prompts.filter((p) => p.includes(REASON)).length} call was told the reason`,
  },
  {
    name: 'An unclear request is asked about and answered by who asked',
    want: 'person.asked by LIMIT-010, person.answered by Caleb Ruiz',
    got: (day) => typesOf(day, '#2.1', ['person.asked', 'person.answered']),
  },
  {
    name: 'A lane that is off holds the task until a person sends it elsewhere',
    want: 'task.held by HOLD-LANE-OFF, task.rerouted by Ada Whitlock',
    got: (day) => typesOf(day, '#3.1', ['task.held', 'task.rerouted']),
  },
  {
    name: 'Declined work comes to a person',
    want: 'person.asked by DECLINE-FIT, person.answered by Caleb Ruiz, draft.rejected by Ada Whitlock',
    got: (day) => typesOf(day, '#4.1', ['person.asked', 'person.answered', 'draft.rejected']),
  },
  {
    name: 'What only a person does makes no task',
    want: '#5 request.nothing_to_do',
    got: ({ entries, numbers }) =>
      entries
        .filter((one) => one.type === 'request.nothing_to_do')
        .map((one) => `${numbers.get(one.request ?? '') ?? ''} ${one.type}`)
        .join(', '),
  },
  {
    name: 'Only an approver approves',
    want: 'Ada Whitlock',
    got: (day) =>
      unique(
        day.entries.filter((one) => one.type === 'draft.approved').map((one) => who(day, one)),
      ),
  },
  {
    name: 'What was approved is what was delivered, byte for byte',
    want: DELIVERED,
    got: sameBytes,
  },
  {
    name: 'How AI was used is on record before each delivery',
    want: DELIVERED,
    got: disclosedFirst,
  },
  {
    name: 'The client’s channel holds receipts, questions and deliveries, and nothing else',
    want: 'delivered, question, received',
    got: ({ posts }) => unique(posts.filter((p) => p.place === '#acme').map((p) => p.kind)),
  },
  {
    name: 'Every call to a lane is on record from start to end, with its cost',
    want: 'all',
    got: callsOnRecord,
  },
  {
    name: 'No step of a task is without a person or a written rule',
    want: 'none',
    got: ({ entries }) =>
      unique(
        entries
          .filter((one) => one.task !== null && one.actor.kind !== 'person' && one.rule === null)
          .map((one) => one.type),
      ) || 'none',
  },
  {
    name: 'What was looked at is on record where the stakes are high; all else takes one click',
    want: '#1.1 button, #1.2 form read changes tested- undo, #1.3 button, #2.1 button, #3.1 button',
    got: evidence,
  },
  {
    name: 'Everything but what a person or a clock begins has a cause',
    want: 'none',
    got: ({ entries }) =>
      unique(
        entries
          .filter((one) => one.cause === null && !BEGINNINGS.includes(one.type))
          .map((one) => one.type),
      ) || 'none',
  },
  {
    name: 'Every rule that is named is kept, word for word',
    want: 'none lost',
    got: ({ lost }) => `${lost.join(', ') || 'none'} lost`,
  },
  {
    name: 'The record says that it is a rehearsal',
    want: 'rehearsal/practice',
    got: ({ entries }) => unique(entries.map((one) => one.origin)),
  },
];
