import { readFileSync } from 'node:fs';
import { sentenceOf } from '../../core/fault.ts';
import type { EngineRun } from '../../core/verdict.ts';

export type EngineName =
  | 'alfa'
  | 'aios-page'
  | 'html-validate'
  | 'harper'
  | 'house-style'
  | 'eslint'
  | 'code-shape'
  | 'php-rules'
  | 'prettier'
  | 'inventory'
  | 'mammoth'
  | 'unpdf'
  | 'read-excel-file'
  | 'secretlint';

/** Which package an engine's version comes from; our own engines carry the version of AIOS. */
const PACKAGE: Readonly<Record<EngineName, string | undefined>> = {
  alfa: '@siteimprove/alfa-rules',
  'aios-page': undefined,
  'html-validate': 'html-validate',
  harper: 'harper.js',
  'house-style': undefined,
  eslint: 'eslint',
  'code-shape': undefined,
  'php-rules': 'php-parser',
  prettier: 'prettier',
  inventory: undefined,
  mammoth: 'mammoth',
  unpdf: 'unpdf',
  'read-excel-file': 'read-excel-file',
  secretlint: '@secretlint/core',
};

/** The engines of one job: each call is announced to the parent, which times it, and remembered for the report. */
export type Engines = {
  /** Runs one engine on one file; what it throws is thrown on. */
  run<T>(name: EngineName, work: () => T | Promise<T>): Promise<T>;
  /** Runs one engine on one file for a check: a throw makes the engine's row `failed` and gives `otherwise`. */
  attempt<T>(name: EngineName, otherwise: T, work: () => T | Promise<T>): Promise<T>;
  /** Says that a check could not be made at all. */
  fail(name: EngineName, says: string): void;
  rows(): readonly EngineRun[];
};

export type Announce = (name: EngineName, on: boolean) => void;

export function makeEngines(announce: Announce): Engines {
  const rows = new Map<EngineName, EngineRun>();
  const row = (name: EngineName): EngineRun =>
    rows.get(name) ?? { name, version: versionOf(PACKAGE[name]), ms: 0, status: 'ok' };
  const fail = (name: EngineName, says: string): void => {
    rows.set(name, { ...row(name), status: 'failed', says });
  };
  const run: Engines['run'] = async (name, work) => {
    announce(name, true);
    const began = performance.now();
    try {
      return await work();
    } finally {
      const before = row(name);
      rows.set(name, { ...before, ms: before.ms + Math.round(performance.now() - began) });
      announce(name, false);
    }
  };
  return {
    run,
    fail,
    rows: () => [...rows.values()],
    attempt: async (name, otherwise, work) => {
      try {
        return await run(name, work);
      } catch (thrown) {
        fail(name, sentenceOf(thrown).split('\n')[0] ?? '');
        return otherwise;
      }
    },
  };
}

/** The version in a package's own package.json; several packages do not export it, so it is read as a file. */
function versionOf(name: string | undefined): string {
  const path = name === undefined ? 'package.json' : `node_modules/${name}/package.json`;
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof read === 'object' && read !== null && 'version' in read) return String(read.version);
  return 'unknown';
}
