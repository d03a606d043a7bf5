import type { CheckReport } from '../../../core/verdict.ts';
import { fingerprinted, inOrder, notText } from '../finding.ts';
import type { Bench } from '../bench.ts';
import { suppressionsIn } from '../suppress.ts';
import { BLIND_SPOTS, inspectPages, unseen } from './inspect.ts';

/** The gate `accessibility`: every page among the files. Without a page it fails: what was not checked does not pass. */
export async function checkAccessibility(bench: Bench): Promise<CheckReport> {
  const { sources, engines } = bench;
  const inspected = await inspectPages(bench);
  if (inspected.length === 0) engines.fail('alfa', 'expected at least one HTML page, got none');
  const found = inspected.flatMap(({ page, found: raw }) => [
    ...raw,
    ...suppressionsIn(page.source),
  ]);
  const others = [
    ...sources.foreign,
    ...sources.read.filter((s) => s.kind !== 'html' && s.kind !== 'css').map((s) => s.name),
  ];
  return {
    findings: fingerprinted(inOrder([...notText(sources.broken), ...found])),
    engines: engines.rows(),
    notChecked: [
      ...others.map((name) => `${name}: not a page`),
      ...unseen(inspected),
      ...BLIND_SPOTS,
    ],
  };
}
