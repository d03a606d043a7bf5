import { shortRef } from '../../core/why.ts';
import type { CloudAnswer } from '../../core/facts.ts';
import type { DryPlan, DryTask } from '../../flow/plan/dry.ts';

/** A dry run in sentences for a person at a terminal. */
export function inWords({ tasks, answers, context }: DryPlan, cloud: CloudAnswer): string {
  return [
    ...tasks.flatMap((task, i) => taskLines(task, i + 1)),
    ...answers.flatMap(({ text, kind, says, rule }) => [
      `No task: "${short(text)}"`,
      `   ${says} (${kind}, ${shortRef(rule)})`,
    ]),
    ...context.map((said) => `Not used as work: "${short(said)}"`),
    `A trial: nothing was written and nobody asked. Taken for granted: cloud ${cloud}, every lane set up.`,
  ].join('\n');
}

function taskLines(task: DryTask, number: number): string[] {
  const { asks, kind, persona, lane, gate, rule, confidence, candidates, after, files } = task;
  const where =
    asks === null
      ? `   ${kind}: ${persona} on the ${lane} lane, gate ${gate}, by ${shortRef(rule)}`
      : `   asks about ${asks.about}: ${asks.question} (${shortRef(rule)})`;
  return [
    `${number}  "${short(task.text)}"${after === null ? '' : ` (after ${after})`}`,
    where,
    `   sure of ${kind} at ${confidence} of 100; likeliest: ${candidates.join(', ') || 'nobody'}`,
    ...(files.length === 0 ? [] : [`   files: ${files.join(', ')}`]),
    `   ${task.sensitive ? 'confidential' : 'ordinary'}, ${task.consequence} consequence`,
    ...Object.entries(task.sources)
      .filter(([, from]) => from.includes(':'))
      .map(([fact, from]) => `   - ${fact} from ${from}`),
  ];
}

const SHOWN = 90;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 1)}…`;
}
