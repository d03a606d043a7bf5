import type { DryPlan, DryTask } from '../../flow/plan/dry.ts';

/** A dry run as JSON, with the keys that other programs read. */
export function asData(plan: DryPlan) {
  const asking = plan.tasks.find(({ asks }) => asks !== null)?.asks ?? null;
  return {
    asks: asking !== null,
    ask_reason: asking === null ? null : `${asking.about}: ${asking.question}`,
    tasks: plan.tasks.map(taskData),
    answers: plan.answers,
    context: plan.context,
  };
}

function taskData({ asks, ...task }: DryTask) {
  return { ...task, asks: asks?.about ?? null };
}
