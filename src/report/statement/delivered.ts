import type { TaskSum } from '../../ledger/sum-types.ts';
import { h, join, lines, words } from './html.ts';
import type { Child, Html } from './html.ts';
import { kindOf, nameOf, personaOf } from './labels.ts';
import type { Labels } from './labels.ts';
import type { Shown } from './shown.ts';
import { terms } from './table.ts';

export type Around = {
  readonly shown: Shown;
  readonly labels: Labels;
  /** SHA-256 of the texts of rules that are at hand. */
  readonly rules: readonly string[];
};

/** Everything that is told of one delivered task. */
export function deliveredTask(task: TaskSum, around: Around): Html {
  const { shown, labels } = around;
  const id = `task-${task.number.replace(/[^0-9]/g, '-')}`;
  const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
  return h(
    'article',
    { 'aria-labelledby': id },
    lines(
      h('h3', { id }, at('number'), ` ${kindOf(labels, task.kind)}`),
      terms([
        ['What', words`${kindOf(labels, task.kind)} (${at('kind')}), ${at('state')}`],
        ['Done by', doneBy(task, around)],
        ['Where the material went', join(at('where'), ...maybe(task, around, 'confidential'))],
        ['Why there', why(task, around)],
        ['Checked', checked(task, around)],
        ['Decided', decided(task, around)],
        ...evidence(task, around),
        ['Told with the delivery', words`“${at('disclosure')}”${sourceOf(task, around)}`],
        ['Whose words', at('words')],
        [
          'Cost',
          words`${at('cost')}: ${at('work_cost')} for the work, ${at('checking_cost')} for checking it`,
        ],
        [
          'By hand',
          words`${at('minutes')}, ${at('minutes_basis')}. Review: ${at('review_minutes')}. Saved: ${at('saved')}`,
        ],
        [
          'Exact files',
          join(h('code', {}, 'SHA-256 ', at('draft')), ...maybe(task, around, 'erased')),
        ],
      ]),
    ),
  );
}

/** A figure that is there for some tasks alone. */
function maybe({ id }: TaskSum, { shown }: Around, name: string): readonly Child[] {
  const key = `task/${id}/${name}`;
  return shown.has('cells', key) ? [' ', shown.cell(key)] : [];
}

function doneBy(task: TaskSum, { shown, labels }: Around): Html {
  const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
  return words`${personaOf(labels, task.persona)} (${at('persona')}): ${at('lane_words')}. Models: ${at('models')}. ${at('calls')}.`;
}

/** The rule in its own words; who moved the task by hand, if somebody did. */
function why(task: TaskSum, around: Around): Html {
  const { shown, rules } = around;
  const hash = (task.rule ?? '').split('@')[1] ?? '';
  const sha256 = rules.find((one) => hash !== '' && one.startsWith(hash));
  const name = shown.cell(`task/${task.id}/rule`);
  const said =
    sha256 === undefined
      ? words`Rule: ${name}.`
      : words`${shown.rule(`${sha256}/title`)}. ${shown.rule(`${sha256}/because`)} Rule ${name}.`;
  return join(said, ...maybe(task, around, 'moved'));
}

function checked(task: TaskSum, { shown }: Around): Html {
  const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
  return words`${at('checked')} Sent back by the check: ${at('sent_back_by_gate')}; by people: ${at('sent_back_by_people')}.`;
}

function decided(task: TaskSum, { shown, labels }: Around): Html {
  const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
  const { decision } = task;
  if (decision === null) return at('decided');
  const answers = decision.responsible ?? decision.by;
  return words`${at('decided')} by ${nameOf(labels, decision.by)} (${at('decided_by')}), who may decide for this client. For these files answers ${nameOf(labels, answers)} (${at('responsible')}).`;
}

/** What shows that a person looked before they decided. */
function evidence(task: TaskSum, { shown }: Around): readonly (readonly [string, Html])[] {
  const at = (name: string): Html => shown.cell(`task/${task.id}/${name}`);
  if (task.decision === null) return [];
  return [
    [
      'What shows the review',
      words`Draft put before them: ${at('shown_at')}. Read pressed: ${at('read_at')}. Words changed by people: ${at('edited')}. Checklist: ${at('checklist')}.`,
    ],
  ];
}

function sourceOf({ id }: TaskSum, { shown }: Around): Html {
  const key = `task/${id}/source`;
  return shown.has('cells', key) ? words` (${shown.cell(key)})` : join();
}
