import type { CheckReport } from '../../../core/verdict.ts';
import { fingerprinted, inOrder, notText } from '../finding.ts';
import type { Bench } from '../bench.ts';
import { suppressionsIn } from '../suppress.ts';
import { readProse } from './read.ts';

/** What no machine reads for. */
export const WRITING_BLIND_SPOTS = [
  'Whether it is true, whether it is what was asked for, tone, order, missing words, tenses.',
];

/** The gate `editorial`: the prose of every text among the files. Without any it fails: what was not read does not pass. */
export async function checkEditorial(bench: Bench): Promise<CheckReport> {
  const { sources, engines } = bench;
  const reading = await readProse(bench);
  if (reading.files.length === 0)
    engines.fail('harper', 'expected at least one English text (md, txt or html), got none');
  const found = reading.files.flatMap((file) => [...file.found, ...suppressionsIn(file.source)]);
  return {
    findings: fingerprinted(inOrder([...notText(sources.broken), ...found])),
    engines: engines.rows(),
    notChecked: [...reading.notChecked, ...WRITING_BLIND_SPOTS],
  };
}
