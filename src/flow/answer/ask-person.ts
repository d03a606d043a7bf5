import type { EntryDraft } from '../../core/entry.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NamedRule, RuleSet } from '../../core/rule-set.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import { makeQuestion, optionsFor } from './question.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

export type Ask = {
  readonly task: TaskRow;
  readonly request: RequestRow;
  readonly about: QuestionAbout;
  readonly text: string;
  readonly rule: NamedRule;
  /** The kinds it may be instead, best first, where it is asked what kind of work it is. */
  readonly kinds?: readonly string[];
  /** Further fields of the task that change with the step, e.g. what it cost so far. */
  readonly set?: Partial<TaskRow>;
  readonly say?: Partial<EntryDraft>;
};

/** What got stuck, and what the rules ask then. */
export function stuckWords(rules: RuleSet, says: string): string {
  return [says, rules.asks.get('stuck')?.question ?? ''].join(' ').trim();
}

/** Stops work on a task and asks a person in the review place; the answer queues it again. */
export async function askPerson(world: World, act: OpenAct, ask: Ask): Promise<TaskRow> {
  const question = await makeQuestion(world, act, {
    about: ask.about,
    request: ask.request,
    task: ask.task,
    text: ask.text,
    options: optionsFor(world, ask.about, ask.kinds ?? []),
    place: { at: 'review' },
  });
  const asked = move(act, ask.task, {
    event: 'ask',
    mover: { by: 'system', rule: refOf(world.library.rules, ask.rule) },
    set: { ...ask.set, waitsFor: `answer:${ask.about}` },
    say: { ...ask.say, data: { ...ask.say?.data, about: ask.about, ...question?.data } },
  });
  question?.write(asked.lastEntry);
  return asked;
}
