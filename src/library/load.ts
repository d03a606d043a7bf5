import type { Personas } from '../core/persona.ts';
import { HUMAN } from '../core/persona.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { Accepting } from './accepted.ts';
import { buildRules } from './build-rules.ts';
import { checkPersonaNames, nobody } from './check-names.ts';
import type { Checking } from './checking.ts';
import { checkRules } from './check-rules.ts';
import { readExamples } from './examples.ts';
import type { PersonaFile, ReadPersonas } from './personas.ts';
import { readPersonas } from './personas.ts';
import { readPractice } from './practice.ts';
import type { Problems } from './problems.ts';
import { makeProblems } from './problems.ts';
import type { Written } from './rule-files.ts';
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
  /** The rules with the files they stand in; undefined like `rules`. */
  readonly read: Checking | undefined;
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
    checkPersonaNames(read, personas);
    checkProposing(read, personas, problems);
    for (const file of files) checkPersona(file, { rules: read.rules, personas, problems });
  }
  return { ...found, rules: read?.rules, read, problems };
}

/** Who is asked for a proposal has to be asked something. */
function checkProposing(
  { written, files }: Checking,
  personas: Personas,
  problems: Problems,
): void {
  if (written.asking.settings.propose === 'off' || personas.proposing.trim() !== '') return;
  problems.add(
    files.asking.at(['settings', 'propose']),
    'expected personas/_propose.md, which says what is asked for a proposal, got none. Restore it, or write propose: off.',
  );
}

async function readRules(folder: string, problems: Problems): Promise<Checking | undefined> {
  const read = await readRuleFiles(folder, problems);
  if (read === undefined) return undefined;
  const { written, files } = read;
  const practice = await readPractice(folder, citedIn(written));
  const ids = new Set(written.kinds.kinds.map(({ id }) => id));
  const examples = await readExamples(folder, ids, problems);
  const bench = { files, practice, examples, problems, byId: new Map(), texts: new Map() };
  const rules = buildRules(written, bench);
  checkText(rules, problems);
  const checking: Checking = { written, files, rules, problems };
  checkRules(checking);
  return checking;
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
  const {
    kinds,
    cues,
    limits,
    lanes,
    start,
    cascade,
    asking,
    approving,
    gates,
    life,
    leaving,
    minutes,
  } = written;
  const heads = [
    ...kinds.kinds,
    ...cues.raising,
    ...limits.limits,
    ...lanes.lanes,
    lanes.otherwise,
    ...start.starts,
    ...cascade.cascades,
    ...asking.asks,
    ...approving.checklists,
    ...gates.gates,
    ...life.life,
    ...leaving.leaving,
    minutes,
  ];
  return heads.map((head) => head.source.document);
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
