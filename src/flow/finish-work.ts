import { refOf } from '../core/rule-set.ts';
import type { NamedRule } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { endAttempt, withCost } from './attempt-end.ts';
import type { Begun } from './attempt-begin.ts';
import type { Called } from './call-lane.ts';
import { decline } from './decline.ts';
import { putDraft } from './put-draft.ts';
import { move } from './move.ts';
import { optionsFor, putQuestion } from './question.ts';
import { questionOf } from './put-task.ts';
import { reviewJob, showPlan } from './start.ts';
import type { NanoUsd } from '../core/money.ts';
import type { QuestionAbout } from './ports/rows-cards.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';

/** Writes down what came back and what follows from it: a draft to check, a hand-on, or a question. */
export async function finishWork(world: World, begun: Begun, called: Called): Promise<void> {
  const act = openAct(world.clock);
  const outcome =
    called.is === 'answer' ? 'ok' : called.is === 'refused' ? 'refused' : 'invalid_output';
  const nano = await endAttempt(world, act, {
    begun: called.begun,
    result: called.result,
    outcome,
  });
  const task = await follow(world, act, { begun, called, nano });
  showPlan(act, task);
  if ((await world.store.commit(act.close())) === 'lost') await bookLate(world, called);
}

type After = { readonly begun: Begun; readonly called: Called; readonly nano: NanoUsd | null };

async function follow(world: World, act: OpenAct, after: After): Promise<TaskRow> {
  const { begun, called } = after;
  if (called.is === 'refused')
    return ask(world, act, {
      ...after,
      about: 'stuck',
      text: 'The model refused this work. Try again, or do it by hand?',
    });
  if (called.is === 'unusable')
    return ask(world, act, {
      ...after,
      about: 'stuck',
      text: 'The answer could not be used, not even after one repair. Try again, or do it by hand?',
    });
  const { answer, files } = called;
  if (answer.fit !== 'mine')
    return decline(world, act, {
      begun,
      to: answer.belongs_to,
      nano: after.nano,
      questions: answer.questions,
    });
  if (files.length === 0)
    return ask(world, act, {
      ...after,
      about: 'persona',
      text: answer.questions.join('\n') || 'What should the finished piece contain?',
    });
  const draft = await putDraft(world, act, {
    task: begun.task,
    files,
    answer,
    by: { attempt: called.begun.attempt.id },
    count: begun.file.drafts.length,
  });
  const reviewing = move(act, begun.task, {
    event: 'draft',
    mover: {
      by: 'system',
      rule: begun.task.rule,
      actor: { kind: 'persona', id: begun.persona.id, version: begun.persona.hash },
    },
    set: { draftId: draft.id, costNano: withCost(begun.task, after.nano) },
    say: {
      attempt: called.begun.attempt.id,
      draft: draft.sha256,
      minutes: answer.minutes_by_hand,
      data: { version: draft.version, files: files.length, confidence: answer.confidence },
    },
  });
  draft.write(reviewing.lastEntry);
  reviewJob(act, reviewing);
  return reviewing;
}

type Ask = After & {
  readonly about: QuestionAbout;
  readonly text: string;
  readonly rule?: NamedRule;
};

/** Stops and asks a person; the answer queues the task again. */
export async function ask(world: World, act: OpenAct, how: Ask): Promise<TaskRow> {
  const { begun } = how;
  const rule = refOf(world.library.rules, how.rule ?? 'ASK-PERSONA');
  const asked = move(act, begun.task, {
    event: 'ask',
    mover: { by: 'system', rule },
    set: { waitsFor: `answer:${how.about}`, costNano: withCost(begun.task, how.nano) },
    say: { data: { about: how.about } },
  });
  await putQuestion(world, act, {
    about: how.about,
    request: begun.file.request,
    task: asked,
    text: how.text === '' ? questionOf(world.library.rules, 'ASK-PERSONA') : how.text,
    options: optionsFor(world, how.about, []),
    rule,
    place: { at: 'review' },
    entry: asked.lastEntry,
  });
  return asked;
}

/** The task was changed while the lane worked: the answer is booked, because it cost something, and discarded. */
async function bookLate(world: World, called: Called): Promise<void> {
  const act = openAct(world.clock);
  await endAttempt(world, act, {
    begun: called.begun,
    result: called.result,
    outcome: 'discarded',
  });
  await world.store.commit(act.close());
}
