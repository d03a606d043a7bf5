import type { DryPlan, DryTask } from '../../flow/plan/dry.ts';

/** A dry run as JSON, with the keys that other programs read. */
export function asData(plan: DryPlan) {
  const reason = reasonOf(plan);
  return {
    asks: reason !== null,
    ask_reason: reason,
    tasks: plan.tasks.map(taskData),
    answers: plan.answers,
    context: plan.context,
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
