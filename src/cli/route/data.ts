import type { DryPlan, DryTask } from '../../flow/plan/dry.ts';
import type { Taken, Tried } from './settings.ts';

/** A dry run as JSON, with the keys that other programs read; `settings` are there where a client was looked up. */
export function asData({ plan, settings: { taken } }: Tried) {
  const reason = reasonOf(plan);
  return {
    asks: reason !== null,
    ask_reason: reason,
    tasks: plan.tasks.map(taskData),
    answers: plan.answers,
    context: plan.context,
    ...(taken === null ? {} : { settings: takenData(taken) }),
  };
}

function takenData({ client, cloud, cloudFrom, cap, set, examples }: Taken) {
  return {
    client,
    cloud,
    cloud_from: cloudFrom,
    requester_cap_nano: cap,
    own_examples: set,
    examples,
  };
}

/** A question, or that nobody here does this: then a person has to say how to go on. */
function reasonOf({ tasks, answers }: DryPlan): string | null {
  const asks = tasks.find((task) => task.asks !== null)?.asks ?? null;
  if (asks !== null) return `${asks.about}: ${asks.question}`;
  const nobody = answers.find(({ sort }) => sort === 'nobody');
  return nobody === undefined ? null : `nobody: ${nobody.says}`;
}

function taskData({ asks, ...task }: DryTask) {
  return { ...task, asks: asks?.about ?? null };
}
