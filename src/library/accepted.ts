import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { sha256 } from '../core/draft.ts';
import type { Waiting } from '../core/persona.ts';
import type { Problems } from './problems.ts';
import { personaId } from './schema-parts.ts';
import { readText } from './read-text.ts';
import { checked, readYaml } from './yaml-file.ts';

/** The group of personas that came from elsewhere: a file in it is in force with exactly the text that was accepted. */
export const IMPORTED = 'imported';
const LIST = `${IMPORTED}/_accepted.yaml`;
const HEAD = `# Which imported personas are in force, and the SHA-256 of the text that was accepted of each.
# \`aios personas accept\` writes it, with an entry in the record.
`;

const listFile = z.strictObject({
  accepted: z.record(personaId, z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')),
});

/** The accepted text of each imported persona, as SHA-256 hex by its id. */
export type Accepted = ReadonlyMap<string, string>;

/** One imported persona and the text that is being accepted, SHA-256 hex. */
export type Accepting = { readonly id: string; readonly hash: string };

/** The same with one more. */
export function withOne(accepted: Accepted, one: Accepting | undefined): Accepted {
  return one === undefined ? accepted : new Map(accepted).set(one.id, one.hash);
}

/** Reads which imported personas were accepted; none where the list was never written. */
export async function readAccepted(folder: string, problems: Problems): Promise<Accepted> {
  const shown = `personas/${LIST}`;
  const found = await readText(folder, LIST);
  if ('got' in found) {
    if (!found.missing)
      problems.add(
        `${shown}:${found.line}:1`,
        `expected a readable file, got: ${found.got}. Restore it.`,
      );
    return new Map();
  }
  const yaml = readYaml(shown, found.text, { problems });
  const read = yaml === undefined ? undefined : checked(listFile, yaml, problems);
  return new Map(Object.entries(read?.accepted ?? {}));
}

/** Whether a file is in force; `name` is `group/id.md`. Outside the imported group every file is. */
export function standing(
  name: string,
  whole: string,
  accepted: Accepted,
): 'in_force' | Waiting['why'] {
  const [, id] = /^imported\/(.+)\.md$/.exec(name) ?? [];
  if (id === undefined) return 'in_force';
  const hash = accepted.get(id);
  if (hash === undefined) return 'new';
  return hash === sha256(whole) ? 'in_force' : 'changed';
}

/** Puts the text with this hash in force, from the next start on. */
export async function noteAccepted(
  folder: string,
  before: Accepted,
  one: Accepting,
): Promise<void> {
  const all = [...withOne(before, one)].sort(([a], [b]) => (a < b ? -1 : 1));
  const file = join(folder, LIST);
  await mkdir(join(folder, IMPORTED), { recursive: true });
  await writeFile(`${file}.new`, HEAD + stringify({ accepted: Object.fromEntries(all) }));
  await rename(`${file}.new`, file);
}
