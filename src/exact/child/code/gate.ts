import type { CheckReport } from '../../../core/verdict.ts';
import { fingerprinted, inOrder, notText, type Raw } from '../finding.ts';
import type { Bench } from '../bench.ts';
import type { Source } from '../source.ts';
import { suppressionsIn } from '../suppress.ts';

const BLIND_SPOTS = [
  'Whether the code does what was asked, whether its names are true, whether it is safe beyond the rules listed; nothing was run.',
];

/** The gate `readability`: JavaScript, TypeScript and PHP. Without such a file it fails: what was not read does not pass. */
export async function checkReadability(bench: Bench): Promise<CheckReport> {
  const { sources, engines } = bench;
  const scripts = sources.read.filter((source) => source.kind === 'js' || source.kind === 'ts');
  const php = sources.read.filter((source) => source.kind === 'php');
  const code = [...scripts, ...php];
  if (code.length === 0)
    engines.fail('eslint', 'expected at least one js, ts or php file, got none');
  const found = [
    ...(await lintScripts(bench, scripts)),
    ...(await readPhp(bench, php)),
    ...(await shapes(bench, code)),
    ...code.flatMap(suppressionsIn),
  ];
  const others = [
    ...sources.foreign,
    ...sources.read.filter((source) => !code.includes(source)).map((source) => source.name),
  ];
  return {
    findings: fingerprinted(inOrder([...notText(sources.broken), ...found])),
    engines: engines.rows(),
    notChecked: [
      ...others.map((name) => `${name}: not JavaScript, TypeScript or PHP`),
      ...BLIND_SPOTS,
    ],
  };
}

async function lintScripts({ engines }: Bench, scripts: readonly Source[]): Promise<Raw[]> {
  const found: Raw[] = [];
  for (const source of scripts)
    found.push(
      ...(await engines.attempt('eslint', [], async () =>
        (await import('./eslint.ts')).runEslint(source),
      )),
    );
  return found;
}

/** PHP files are read together: a handler is hooked in one file and stands in another. */
async function readPhp({ engines }: Bench, php: readonly Source[]): Promise<Raw[]> {
  if (php.length === 0) return [];
  return engines.attempt('php-rules', [], async () =>
    (await import('../php/rules.ts')).runPhp(php),
  );
}

async function shapes({ engines }: Bench, code: readonly Source[]): Promise<Raw[]> {
  const { runShape } = await import('./shape.ts');
  const found: Raw[] = [];
  for (const source of code)
    found.push(...(await engines.attempt('code-shape', [], () => runShape(source))));
  return found;
}
