import type { Personas } from '../core/persona.ts';
import { HUMAN } from '../core/persona.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { Accepting } from './accepted.ts';
import { buildRules } from './build-rules.ts';
import { checkRules } from './check-rules.ts';
import { readExamples } from './examples.ts';
import type { PersonaFile, ReadPersonas } from './personas.ts';
import { readPersonas } from './personas.ts';
import { readPractice } from './practice.ts';
import type { Problems } from './problems.ts';
import { makeProblems } from './problems.ts';
import type { Files, Written } from './rule-files.ts';
import { readRuleFiles } from './rule-files.ts';

/**
 * Reads and checks a rules folder. Throws one Fault `bad_rules` that lists every fault as `file:line:column: sentence`.
 * Persona names are checked only by `loadLibrary`, which knows them.
 */
export async function loadRuleSet(folder: string): Promise<RuleSet> {
  const problems = makeProblems();
  const read = await readRules(folder, problems);
  problems.refuse();
  return present(read).rules;
}

/** Reads and checks a personas folder by itself. Throws Fault `bad_rules` like `loadRuleSet`. */
export async function loadPersonas(folder: string): Promise<Personas> {
  const problems = makeProblems();
  const read = await readPersonas(folder, problems);
  problems.refuse();
  return read.personas;
}

/**
 * Rules and personas together, each name in one checked against the other; `accepting` counts as accepted. Throws Fault
 * `bad_rules` with all faults.
 */
export async function loadLibrary(
  rulesFolder: string,
  personasFolder: string,
  accepting?: Accepting,
): Promise<{ readonly rules: RuleSet; readonly personas: Personas }> {
  const { rules, personas, problems } = await inspectLibrary(
    rulesFolder,
    personasFolder,
    accepting,
  );
  problems.refuse();
  return { rules: present(rules), personas };
}

/** A library as it was read, with whatever is wrong with it. */
export type Inspected = ReadPersonas & {
  /** Undefined when a file of the rules could not be read at all. */
  readonly rules: RuleSet | undefined;
  readonly problems: Problems;
};

/** Rules and personas as `loadLibrary` reads them, and every fault instead of the first refusal. */
export async function inspectLibrary(
  rulesFolder: string,
  personasFolder: string,
  accepting?: Accepting,
): Promise<Inspected> {
  const problems = makeProblems();
  const read = await readRules(rulesFolder, problems);
  const found = await readPersonas(personasFolder, problems, accepting);
  const { personas, files } = found;
  if (read !== undefined) {
    checkPersonaNames(read, personas, problems);
    for (const file of files) checkPersona(file, { rules: read.rules, personas, problems });
  }
  return { ...found, rules: read?.rules, problems };
}

type ReadRules = { readonly written: Written; readonly files: Files; readonly rules: RuleSet };

async function readRules(folder: string, problems: Problems): Promise<ReadRules | undefined> {
  const read = await readRuleFiles(folder, problems);
  if (read === undefined) return undefined;
  const { written, files } = read;
  const practice = await readPractice(folder, citedIn(written));
  const ids = new Set(written.kinds.kinds.map(({ id }) => id));
  const examples = await readExamples(folder, ids, problems);
  const bench = { files, practice, examples, problems, byId: new Map(), texts: new Map() };
  const rules = buildRules(written, bench);
  checkText(rules, problems);
  checkRules({ written, files, rules, problems });
  return { written, files, rules };
}

/** Every file of the set is kept for ever as text, and Postgres keeps none with a NUL in it. */
function checkText({ files }: RuleSet, problems: Problems): void {
  for (const [name, text] of files)
    if (text.includes('\0'))
      problems.add(`rules/${name}:1:1`, 'expected text, got a NUL character. Take it out.');
}

/** `refuse` has thrown when anything was missing; this only says so to the compiler. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing was read and nothing was refused');
  return value;
}

function citedIn(written: Written): readonly string[] {
  const { kinds, cues, limits, lanes, start, asking, approving, gates, life, minutes } = written;
  const heads = [
    ...kinds.kinds,
    ...cues.raising,
    ...limits.limits,
    ...lanes.lanes,
    lanes.otherwise,
    ...start.starts,
    ...asking.asks,
    ...approving.checklists,
    ...gates.gates,
    ...life.life,
    minutes,
  ];
  return heads.map((head) => head.source.document);
}

/** Persona names in `kinds.yaml` and `lanes.yaml`; a kind's own persona must also accept it. */
function checkPersonaNames(read: ReadRules, personas: Personas, problems: Problems): void {
  const { written, files } = read;
  written.kinds.kinds.forEach((kind, i) => {
    if (!('persona' in kind)) return;
    const doers = [
      [kind.persona, ['persona']],
      ...(kind.second === undefined ? [] : [[kind.second.persona, ['second', 'persona']] as const]),
    ] as const;
    for (const [id, path] of doers) {
      const says = cannotDo(personas, id, kind.id);
      if (says !== undefined) problems.add(files.kinds.at(['kinds', i, ...path]), says);
    }
  });
  written.lanes.lanes.forEach(({ do: act, when }, i) => {
    const named = [act.persona, when.persona?.is, ...(when.persona?.in ?? [])];
    for (const id of named)
      if (id !== undefined && !personas.byId.has(id))
        problems.add(files.lanes.at(['lanes', i]), nobody(id, personas));
  });
}

function cannotDo(personas: Personas, id: string, kind: string): string | undefined {
  const persona = personas.byId.get(id);
  if (persona === undefined) return nobody(id, personas);
  if (persona.accepts.includes(kind)) return undefined;
  return `expected a persona that accepts ${kind}, got ${id}, which does not. Add the kind there or name another.`;
}

function nobody(id: string, { waiting }: Personas): string {
  const next = waiting.some((one) => one.id === id)
    ? `It was imported and waits: aios personas accept ${id}`
    : 'Mend the name or add the persona.';
  return `expected a persona in personas/, got "${id}". ${next}`;
}

type Around = { readonly rules: RuleSet; readonly personas: Personas; readonly problems: Problems };

/** The kinds and colleagues a persona names must exist; `human` is always there. */
export function checkPersona(
  { persona, yaml }: PersonaFile,
  { rules, personas, problems }: Around,
): void {
  const unknown = (kind: string): string | undefined =>
    rules.kinds.has(kind) ? undefined : `expected a kind of rules/kinds.yaml, got "${kind}".`;
  persona.accepts.forEach((kind, i) => tell(unknown(kind), ['accepts', i]));
  persona.declines.forEach(({ to, kinds }, i) => {
    if (to !== HUMAN && !personas.byId.has(to)) tell(nobody(to, personas), ['declines', i, 'to']);
    if (to === persona.id)
      tell('expected a colleague, got the persona itself.', ['declines', i, 'to']);
    kinds.forEach((kind, n) => {
      tell(unknown(kind), ['declines', i, 'kinds', n]);
      if (persona.accepts.includes(kind))
        tell(`expected a kind it does not accept, got ${kind}, which it does.`, [
          'declines',
          i,
          'kinds',
          n,
        ]);
    });
  });
  function tell(says: string | undefined, path: readonly PropertyKey[]): void {
    if (says !== undefined) problems.add(yaml.at(path), says);
  }
}
