import type { FactName } from '../../core/facts.ts';
import { FACT_NAMES } from '../../core/facts.ts';
import { reread as readAgain } from '../../core/replay/reread.ts';
import type { OtherFact } from '../../core/replay/reread.ts';
import type { PastStep } from '../../core/replay/replay-tally.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import { unlessErased } from '../../flow/erased.ts';
import { contentsOf } from '../../flow/plan/brought.ts';
import { textOf } from '../../flow/plan/piece.ts';
import type { PieceBody } from '../../flow/plan/piece.ts';
import { makeExamples } from '../../flow/own-examples.ts';
import type { Bodies, Examples } from '../../flow/ports/world.ts';
import { loadLibrary } from '../../library/load.ts';
import { decisionsIn } from '../../store/read-decisions.ts';
import { onBase } from '../on-base.ts';
import type { Given } from './given.ts';
import { whichPast } from './past.ts';
import { write } from './write.ts';

type Other = OtherFact & { readonly task: string };

type Reading = {
  read: number;
  same: number;
  erased: number;
  readonly others: Other[];
};

/**
 * `aios rules replay --reread`: reads the kept words of past tasks again, each as it stood at its last decision, and says
 * which facts would be others. The words are decrypted on this machine and none of them is printed.
 */
export async function reread(given: Given): Promise<number> {
  const { config, settings, named } = given;
  return onBase(settings, async ({ sql, parts }) => {
    const rules =
      named === undefined
        ? parts.library.rules
        : (await loadLibrary(named, config.personasFolder)).rules;
    const examples = makeExamples({ ...parts, library: { ...parts.library, rules } });
    const by = { rules, examples, bodies: parts.bodies };
    const reading: Reading = { read: 0, same: 0, erased: 0, others: [] };
    for await (const step of decisionsIn(sql, await whichPast(given, parts)))
      if (step.last) await take(reading, step, by);
    await write(given.json ? jsonOf(reading) : linesOf(reading));
    return 0;
  });
}

type With = {
  readonly rules: RuleSet;
  readonly examples: Examples;
  readonly bodies: Bodies;
};

async function take(
  reading: Reading,
  step: PastStep,
  { rules, examples, bodies }: With,
): Promise<void> {
  if (step.piece === null || step.recorded === null) return;
  const bytes = await unlessErased(bodies.get(step.piece), null);
  if (bytes === null) {
    reading.erased += 1;
    return;
  }
  const { files, ...said } = JSON.parse(textOf(bytes) ?? '{}') as PieceBody;
  const words = {
    ...said,
    files: files.map((file) => file.name),
    contents: contentsOf(files),
    unread: files.filter((file) => file.unread !== undefined).map((file) => file.name),
  };
  const own = step.client === null ? null : await examples.of(step.client);
  const by = own === null ? rules : { ...rules, classify: own.classify };
  const others = readAgain(words, step.recorded.facts, by);
  reading.read += 1;
  if (others.length === 0) reading.same += 1;
  reading.others.push(...others.map((other) => ({ ...other, task: step.number })));
}

async function* jsonOf({ read, same, erased, others }: Reading): AsyncGenerator<string> {
  for (const one of others) yield `${JSON.stringify(one)}\n`;
  yield `${JSON.stringify({ total: { read, same, differ: read - same, erased } })}\n`;
}

async function* linesOf({ read, same, erased, others }: Reading): AsyncGenerator<string> {
  for (const fact of FACT_NAMES) yield* linesOfFact(fact, others);
  const gone = erased === 0 ? '' : ` The words of ${erased} are erased and cannot be read again.`;
  yield `Read ${read} tasks again: ${same} with the same facts, ${read - same} with others.${gone} No words are shown.\n`;
}

function* linesOfFact(fact: FactName, others: readonly Other[]): Generator<string> {
  const of = others.filter((other) => other.fact === fact);
  if (of.length === 0) return;
  yield `${fact}: ${of.length} would differ\n`;
  for (const { task, before, now } of of)
    yield `  ${task.padEnd(8)} ${said(before)} -> ${said(now)}\n`;
}

function said(value: OtherFact['now']): string {
  if (value === null) return 'none';
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value);
}
