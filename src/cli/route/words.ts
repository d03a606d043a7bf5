import { usd } from '../../core/money.ts';
import { shortRef } from '../../core/why.ts';
import type { DryTask } from '../../flow/plan/dry.ts';
import type { Settings, Taken, Tried } from './settings.ts';

/** A dry run in sentences for a person at a terminal. */
export function inWords({ plan: { tasks, answers, context }, settings }: Tried): string {
  return [
    ...tasks.flatMap((task, i) => taskLines(task, i + 1)),
    ...answers.flatMap(({ text, kind, says, rule }) => [
      `No task: "${short(text)}"`,
      `   ${says} (${kind}, ${shortRef(rule)})`,
    ]),
    ...context.map((said) => `Not used as work: "${short(said)}"`),
    ...settingsLines(settings),
  ].join('\n');
}

const TRIAL = 'A trial: nothing was written and nobody asked. Taken for granted:';

function settingsLines({ under, taken }: Settings): readonly string[] {
  if (taken === null) return [`${TRIAL} cloud ${under.client.cloud}, every lane set up.`];
  return [takenLine(taken), `${TRIAL} every lane set up.`];
}

function takenLine({ client, cloud, cloudFrom, cap, examples: { own, everyone } }: Taken): string {
  return [
    `For ${client}: cloud ${cloud}, ${cloudFrom === 'flag' ? 'by --cloud' : 'as it is set'}`,
    `read with ${own} ${own === 1 ? 'example' : 'examples'} of its own and ${everyone} of everyone`,
    `a requester starts alone up to ${usd(cap)}.`,
  ].join('; ');
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
