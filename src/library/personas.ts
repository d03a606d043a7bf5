import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../core/draft.ts';
import { sentenceOf } from '../core/fault.ts';
import { overreach } from '../core/overreach.ts';
import type { Persona, Personas, Waiting } from '../core/persona.ts';
import type { Accepting } from './accepted.ts';
import { readAccepted, standing, withOne } from './accepted.ts';
import { frontMatter } from './persona-schema.ts';
import type { Problems } from './problems.ts';
import { readText } from './read-text.ts';
import type { YamlFile } from './yaml-file.ts';
import { checked, readYaml } from './yaml-file.ts';

/** The longest brief: what does not fit here is more than one role. */
export const LONGEST_BRIEF = 1500;
/** The largest file, in bytes: every field at its longest stays below it. */
export const LARGEST_FILE = 100_000;
const PREAMBLE = '_preamble.md';
const PROPOSING = '_propose.md';

/** A persona with the file it stands in, for places in errors. */
export type PersonaFile = {
  readonly persona: Persona;
  readonly yaml: YamlFile;
  /** The exact text of the file. */
  readonly whole: string;
  /** `file:line:column` of the brief. */
  readonly brief: string;
};

/** A file that is not in force, as it stands. */
export type WaitingFile = Waiting & { readonly name: string; readonly whole: string };

export type ReadPersonas = {
  readonly personas: Personas;
  readonly files: readonly PersonaFile[];
  readonly waiting: readonly WaitingFile[];
};

/**
 * Reads every `personas/<group>/<id>.md` and the preamble; what is wrong goes to `problems`. An imported file that
 * nobody accepted as it stands is only named: it is not looked into. `accepting` counts as accepted.
 */
export async function readPersonas(
  folder: string,
  problems: Problems,
  accepting?: Accepting,
): Promise<ReadPersonas> {
  const accepted = withOne(await readAccepted(folder, problems), accepting);
  const files: PersonaFile[] = [];
  const waiting: WaitingFile[] = [];
  for (const name of await filesOf(folder, problems)) {
    const shown = `personas/${name}`;
    const whole = await readWhole({ folder, name }, shown, problems);
    if (whole === undefined) continue;
    const why = standing(name, whole, accepted);
    const file = why === 'in_force' ? readPersona(shown, whole, problems) : undefined;
    if (why !== 'in_force') waiting.push({ id: basename(name, '.md'), why, name: shown, whole });
    if (file !== undefined) files.push(file);
  }
  const preamble = await readPreamble(folder, problems);
  // Missing is a fault only where the rules ask for proposals.
  const proposed = await readText(folder, PROPOSING);
  const proposing = 'text' in proposed ? proposed.text : '';
  const shared = proposing === '' ? [preamble] : [preamble, proposing];
  const texts = new Map([
    ...shared.map((text) => [sha256(text), text] as const),
    ...files.map(textOf),
  ]);
  return {
    personas: {
      byId: byIdOf(files, problems),
      waiting: waiting.map(({ id, why }) => ({ id, why })),
      preamble,
      proposing,
      texts,
    },
    files,
    waiting,
  };
}

function textOf({ persona, whole }: PersonaFile): readonly [hash: string, text: string] {
  return [persona.hash, whole];
}

function byIdOf(files: readonly PersonaFile[], problems: Problems): ReadonlyMap<string, Persona> {
  const byId = new Map<string, Persona>();
  for (const { persona, yaml } of files) {
    if (byId.has(persona.id))
      problems.add(
        yaml.at(['id']),
        `expected an id of its own, got ${persona.id}, which another file already has. Rename one of them.`,
      );
    byId.set(persona.id, persona);
  }
  return byId;
}

async function readPreamble(folder: string, problems: Problems): Promise<string> {
  const found = await readText(folder, PREAMBLE);
  if ('text' in found) return found.text;
  const place = `personas/${PREAMBLE}:${found.line}:1`;
  problems.add(place, `expected the shared preamble, got: ${found.got}. Restore it.`);
  return '';
}

/** The text of a file in a folder; a problem, and nothing read, when it is far larger than a persona can be. */
export async function readWhole(
  { folder, name }: { readonly folder: string; readonly name: string },
  shown: string,
  problems: Problems,
): Promise<string | undefined> {
  const found = await readText(folder, name, LARGEST_FILE);
  if ('text' in found) return found.text;
  if (found.bytes !== undefined) {
    problems.add(
      `${shown}:1:1`,
      `expected at most ${LARGEST_FILE} bytes, got ${found.bytes}. A persona is one page: shorten it.`,
    );
    return undefined;
  }
  problems.add(
    `${shown}:${found.line}:1`,
    `expected a readable file, got: ${found.got}. Restore it.`,
  );
  return undefined;
}

/** Names of the persona files, `group/id.md`, sorted. */
async function filesOf(folder: string, problems: Problems): Promise<readonly string[]> {
  try {
    const groups = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory());
    const names = groups.map(async ({ name }) =>
      (await readdir(join(folder, name)))
        .filter((f) => f.endsWith('.md'))
        .map((f) => `${name}/${f}`),
    );
    return (await Promise.all(names)).flat().sort();
  } catch (thrown) {
    problems.add(
      'personas:1:1',
      `expected a readable folder, got: ${sentenceOf(thrown)}. Restore it.`,
    );
    return [];
  }
}

const FENCE = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/;

/** Reads one persona file: YAML front matter between `---` lines, then the brief. `name` is `personas/group/id.md`. */
export function readPersona(
  name: string,
  whole: string,
  problems: Problems,
): PersonaFile | undefined {
  const [, front, brief = ''] = FENCE.exec(whole) ?? [];
  if (front === undefined) {
    problems.add(
      `${name}:1:1`,
      'expected front matter between two lines of ---, got none. Write it first.',
    );
    return undefined;
  }
  const yaml = readYaml(name, front, { problems, skip: 1 });
  const read = yaml === undefined ? undefined : checked(frontMatter, yaml, problems);
  if (yaml === undefined || read === undefined) return undefined;
  const place = { name, line: front.split('\n').length + 2 };
  checkBrief(place, brief, problems);
  checkName(name, read.id, (says) => problems.add(yaml.at(['id']), says));
  const group = name.split('/').at(-2) ?? '';
  const persona = { ...read, group, brief: brief.trim(), hash: sha256(whole) };
  return { persona, yaml, whole, brief: placeIn(place, brief, brief.search(/\S/)) };
}

/** Where a text begins. */
type Place = { readonly name: string; readonly line: number };

function checkBrief(place: Place, brief: string, problems: Problems): void {
  const long = brief.trim().length;
  if (long === 0 || long > LONGEST_BRIEF)
    problems.add(
      placeIn(place, brief, Math.max(0, brief.search(/\S/))),
      `expected a brief of 1 to ${LONGEST_BRIEF} characters, got ${long}. ${long === 0 ? 'Write one' : 'Write it shorter'}.`,
    );
  for (const { at, got, says } of overreach(brief))
    problems.add(placeIn(place, brief, at), `${says}, got "${got}". Take it out.`);
}

/** `file:line:column` of an offset in a text. */
function placeIn({ name, line }: Place, text: string, offset: number): string {
  const before = text.slice(0, Math.max(0, offset)).split('\n');
  return `${name}:${line + before.length - 1}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function checkName(file: string, id: string, tell: (says: string) => void): void {
  if (basename(file, '.md') === id) return;
  tell(`expected the id to be the file's name, got "${id}". Rename one of them.`);
}
