import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../core/draft.ts';
import { sentenceOf } from '../core/fault.ts';
import { LANES } from '../core/lane.ts';
import type { Persona, Personas } from '../core/persona.ts';
import { GATES } from '../core/verdict.ts';
import type { Problems } from './problems.ts';
import { personaId } from './schema-parts.ts';
import type { YamlFile } from './yaml-file.ts';
import { checked, readYaml } from './yaml-file.ts';

/** The longest brief: what does not fit here is more than one role. */
export const LONGEST_BRIEF = 1500;
const PREAMBLE = '_preamble.md';

const text = z
  .string()
  .trim()
  .min(1, 'expected a sentence')
  .max(400, 'expected at most 400 characters');
const pointId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'expected an id like lead-answers');
const question = text.regex(/\?$/, 'expected a question that yes or no answers');
const frontMatter = z.strictObject({
  id: personaId,
  title: text,
  scope: text,
  accepts: z.array(z.string()).min(1, 'expected at least one kind'),
  declines: z
    .array(
      z.strictObject({
        what: text,
        to: personaId,
        kinds: z.array(z.string()).default([]),
        examples: z.array(text).min(2, 'expected two examples'),
      }),
    )
    .min(3, 'expected three things it declines'),
  lane: z.enum(LANES),
  gate: z.enum(GATES),
  inputs: text,
  questions: z.array(text).min(1, 'expected a question').max(4, 'expected at most four questions'),
  deliverable: text,
  checklist: z
    .array(z.strictObject({ id: pointId, asks: question }))
    .min(8, 'expected 8 to 15 questions')
    .max(15, 'expected 8 to 15 questions')
    .refine(
      (points) => new Set(points.map(({ id }) => id)).size === points.length,
      'expected each id once',
    )
    .default([]),
  version: z.int().min(1),
});

/** A persona with the file it stands in, for places in errors. */
export type PersonaFile = { readonly persona: Persona; readonly yaml: YamlFile };

/** Reads every `personas/<group>/<id>.md` and the preamble; what is wrong goes to `problems`. */
export async function readPersonas(
  folder: string,
  problems: Problems,
): Promise<{ readonly personas: Personas; readonly files: readonly PersonaFile[] }> {
  const files: PersonaFile[] = [];
  const texts = new Map<string, string>();
  const byId = new Map<string, Persona>();
  for (const name of await filesOf(folder, problems)) {
    const whole = await readFile(join(folder, name), 'utf8');
    const file = readPersona(`personas/${name}`, whole, problems);
    if (file === undefined) continue;
    const { persona, yaml } = file;
    if (byId.has(persona.id))
      problems.add(
        yaml.at(['id']),
        `expected an id of its own, got ${persona.id}, which another file already has.`,
      );
    byId.set(persona.id, persona);
    texts.set(persona.hash, whole);
    files.push(file);
  }
  const preamble = await readFile(join(folder, PREAMBLE), 'utf8').catch((thrown: unknown) => {
    problems.add(
      `personas/${PREAMBLE}:1:1`,
      `expected the shared preamble, got: ${sentenceOf(thrown)}. Restore it.`,
    );
    return '';
  });
  texts.set(sha256(preamble), preamble);
  return { personas: { byId, preamble, texts }, files };
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
  checkBrief(`${name}:${front.split('\n').length + 2}:1`, brief, problems);
  checkName(name, read.id, (says) => problems.add(yaml.at(['id']), says));
  const group = name.split('/').at(-2) ?? '';
  return { persona: { ...read, group, brief: brief.trim(), hash: sha256(whole) }, yaml };
}

function checkBrief(place: string, brief: string, problems: Problems): void {
  const long = brief.trim().length;
  if (long > 0 && long <= LONGEST_BRIEF) return;
  problems.add(
    place,
    `expected a brief of 1 to ${LONGEST_BRIEF} characters, got ${long}. Write it shorter.`,
  );
}

function checkName(file: string, id: string, tell: (says: string) => void): void {
  if (basename(file, '.md') === id) return;
  tell(`expected the id to be the file's name, got "${id}". Rename one of them.`);
}
