import { circles } from '../core/circle.ts';
import { alike } from '../core/likeness.ts';
import { HUMAN } from '../core/persona.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { Inspected } from './load.ts';
import { checkPersona, inspectLibrary } from './load.ts';
import type { PersonaFile, WaitingFile } from './personas.ts';
import { readPersona } from './personas.ts';
import type { Problem, Problems } from './problems.ts';
import { makeProblems } from './problems.ts';

/** What a check found: a `fault` must be mended, a `note` is worth a look. */
export type Remark = Problem & { readonly level: 'fault' | 'note' };

export type Checked = {
  /** Faults first, each kind in the order of the files. */
  readonly remarks: readonly Remark[];
  /** Ways on which work could come back to whom it left. There are many by nature, and the limit of hand-offs ends each. */
  readonly circles: readonly Remark[];
  /** Ids of those in force. */
  readonly inForce: readonly string[];
  /** Ids of those that wait for somebody to accept them. */
  readonly waiting: readonly string[];
};

/** Everything that can be said of a folder of personas and the rules beside it; nothing is thrown for what is wrong there. */
export async function checkPersonas(rulesFolder: string, personasFolder: string): Promise<Checked> {
  const inspected = await inspectLibrary(rulesFolder, personasFolder);
  const { rules, files, waiting, personas, problems } = inspected;
  if (rules !== undefined) checkReached(files, rules, problems);
  checkLikeness(files, problems);
  const notes = makeProblems();
  const round = makeProblems();
  noteCircles(files, notes, round);
  for (const one of waiting) noteWaiting(inspected, one, notes);
  return {
    remarks: [...remarksOf(problems, 'fault'), ...remarksOf(notes, 'note')],
    circles: remarksOf(round, 'note'),
    inForce: [...personas.byId.keys()],
    waiting: waiting.map(({ id }) => id),
  };
}

function remarksOf({ all }: Problems, level: Remark['level']): readonly Remark[] {
  return all.map((one) => ({ ...one, level }));
}

/** A persona that no kind of work names gets none, ever. */
function checkReached(files: readonly PersonaFile[], rules: RuleSet, problems: Problems): void {
  const named = new Set(
    [...rules.kinds.values()].flatMap((kind) => (kind.sort === 'work' ? [kind.persona] : [])),
  );
  for (const { persona, yaml } of files)
    if (!named.has(persona.id))
      problems.add(
        yaml.at(['id']),
        `expected a kind in rules/kinds.yaml that names ${persona.id} as its persona, got none. Give it a kind or take the file away.`,
      );
}

function checkLikeness(files: readonly PersonaFile[], problems: Problems): void {
  const byId = new Map(files.map((file) => [file.persona.id, file]));
  const briefs = new Map(files.map(({ persona }) => [persona.id, persona.brief]));
  for (const { one, other, share } of alike(briefs))
    problems.add(
      byId.get(other)?.brief ?? 'personas:1:1',
      `expected a brief of its own, got one that shares ${Math.round(share * 100)} % of its runs of five words with ${one}. Write one of them anew, or make them one role.`,
    );
}

/** A circle of one and the same kind of work goes to `notes`: such work would find nobody. All circles go to `round`. */
function noteCircles(files: readonly PersonaFile[], notes: Problems, round: Problems): void {
  const declines = files.flatMap(({ persona, yaml }) =>
    persona.declines.flatMap(({ to, kinds }, at) =>
      to === HUMAN ? [] : [{ id: persona.id, to, kinds, place: yaml.at(['declines', at]) }],
    ),
  );
  for (const kind of new Set(declines.flatMap(({ kinds }) => kinds))) {
    const of = declines.filter(({ kinds }) => kinds.includes(kind));
    for (const way of circles(byWhom(of)))
      notes.add(
        of.find(({ id }) => id === way[0])?.place ?? 'personas:1:1',
        `${kind} goes round: ${around(way)}. Work of that kind would end with a question to a person.`,
      );
  }
  for (const way of circles(byWhom(declines))) {
    const first = declines.find(({ id, to }) => id === way[0] && to === way[1]);
    round.add(first?.place ?? 'personas:1:1', `hand-offs can go round: ${around(way)}.`);
  }
}

function byWhom(
  of: readonly { readonly id: string; readonly to: string }[],
): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { id, to } of of) all.set(id, [...(all.get(id) ?? []), to]);
  return all;
}

function around(way: readonly string[]): string {
  return [...way, way[0] ?? ''].join(' > ');
}

/** What is wrong with a file that is not in force stops nothing; it does stop its being accepted. */
function noteWaiting(inspected: Inspected, file: WaitingFile, notes: Problems): void {
  const why =
    file.why === 'new'
      ? 'nobody accepted it yet'
      : 'its text is no longer the one that was accepted';
  notes.add(
    `${file.name}:1:1`,
    `not in force: ${why}. The owner may: aios personas accept ${file.id}`,
  );
  checkWaiting(inspected, file, notes);
}

/** Checks a file as if it were in force beside the others; undefined when it could not be read at all. */
export function checkWaiting(
  { rules, personas, files }: Inspected,
  { name, whole, id }: WaitingFile,
  problems: Problems,
): PersonaFile | undefined {
  const file = readPersona(name, whole, problems);
  if (file === undefined) return undefined;
  if (personas.byId.has(id))
    problems.add(
      file.yaml.at(['id']),
      `expected an id of its own, got ${id}, which another file already has. Rename this one.`,
    );
  if (rules !== undefined) checkPersona(file, { rules, personas, problems });
  const mine = problemsOfLikeness(files, file);
  for (const { place, says } of mine) problems.add(place, says);
  return file;
}

function problemsOfLikeness(files: readonly PersonaFile[], file: PersonaFile): readonly Problem[] {
  const found = makeProblems();
  checkLikeness([...files.filter(({ persona }) => persona.id !== file.persona.id), file], found);
  return found.all.filter(({ place }) => place === file.brief);
}
