import type { z } from 'zod';
import type { Problems } from './problems.ts';
import { cascadeFile } from './cascade-schema.ts';
import * as work from './kind-schema.ts';
import { lifeFile } from './life-schema.ts';
import { readText } from './read-text.ts';
import { leavingFile } from './leaving-schema.ts';
import * as rules from './rule-schema.ts';
import type { YamlFile } from './yaml-file.ts';
import { checked, readYaml } from './yaml-file.ts';

/** The files of a rules folder and the shape of each. */
export const RULE_FILES = {
  kinds: work.kindsFile,
  cues: work.cuesFile,
  limits: rules.limitsFile,
  lanes: rules.lanesFile,
  start: rules.startFile,
  cascade: cascadeFile,
  asking: rules.askingFile,
  approving: rules.approvingFile,
  gates: rules.gatesFile,
  life: lifeFile,
  leaving: leavingFile,
  minutes: work.minutesFile,
} as const;
export type RuleFile = keyof typeof RULE_FILES;

/** What the files hold, as written, and the files themselves for places and exact texts. */
export type Written = { readonly [F in RuleFile]: z.infer<(typeof RULE_FILES)[F]> };
export type Files = { readonly [F in RuleFile]: YamlFile };

/** Reads every file of the folder; undefined when one of them could not be read at all, with its problems told. */
export async function readRuleFiles(
  folder: string,
  problems: Problems,
): Promise<{ readonly written: Written; readonly files: Files } | undefined> {
  const files: Partial<Record<RuleFile, YamlFile>> = {};
  const written: Partial<Record<RuleFile, unknown>> = {};
  for (const name of Object.keys(RULE_FILES) as RuleFile[]) {
    const file = await openFile(folder, `${name}.yaml`, problems);
    if (file === undefined) continue;
    files[name] = file;
    written[name] = checked<unknown>(RULE_FILES[name], file, problems);
  }
  const whole = Object.keys(RULE_FILES).every((name) => written[name as RuleFile] !== undefined);
  // Each value was parsed by the schema its own key names, and none is missing.
  return whole ? { written: written as Written, files: files as Files } : undefined;
}

async function openFile(
  folder: string,
  name: string,
  problems: Problems,
): Promise<YamlFile | undefined> {
  const shown = `rules/${name}`;
  const found = await readText(folder, name);
  if ('text' in found) return readYaml(shown, found.text, { problems });
  const says = `expected a readable file, got: ${found.got}. Restore it.`;
  problems.add(`${shown}:${found.line}:1`, says, { code: 'unreadable' });
  return undefined;
}
