import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { trainClassifier } from '../core/classifier.ts';
import type { Classifier, Example } from '../core/classifier.ts';
import { sha256 } from '../core/draft.ts';
import { UNCLEAR } from '../core/facts.ts';
import { sentenceOf } from '../core/fault.ts';
import type { Problems } from './problems.ts';
import { kindId } from './schema-parts.ts';
import { checked, readYaml } from './yaml-file.ts';

/** Fewer examples of a kind say more about their author than about the kind. */
const FEWEST = 20;
const request = z
  .string()
  .trim()
  .min(2, 'expected a request')
  .max(600, 'expected at most 600 characters');

/** `rules/kinds/<kind>.yaml`: requests for this kind as people type them, and such that only look like it. */
const examplesFile = z.strictObject({
  kind: kindId.or(z.literal(UNCLEAR)),
  examples: z.array(request).min(FEWEST, `expected at least ${FEWEST} examples`),
  lookalikes: z.array(z.strictObject({ text: request, kind: kindId })).default([]),
});

/** The examples of all kinds, in the order of the kinds, the files they stand in, and a hash over these. */
export type Examples = {
  readonly list: readonly Example[];
  readonly hash: string;
  /** Each file by its name in the rules folder, with its exact text. */
  readonly files: readonly (readonly [name: string, text: string])[];
};

/**
 * Reads the examples of every kind, and of requests that are of none (`rules/kinds/unclear.yaml`). A kind without any, and
 * a look-alike of no kind, go to `problems`.
 */
export async function readExamples(
  folder: string,
  kinds: ReadonlySet<string>,
  problems: Problems,
): Promise<Examples> {
  const list: Example[] = [];
  const files: (readonly [string, string])[] = [];
  for (const kind of [...kinds, UNCLEAR]) {
    const name = `rules/kinds/${kind}.yaml`;
    const text = await readFile(join(folder, 'kinds', `${kind}.yaml`), 'utf8').catch(
      (thrown: unknown) => {
        problems.add(
          `${name}:1:1`,
          `expected examples of ${kind}, got: ${sentenceOf(thrown)}. Write the file.`,
        );
        return undefined;
      },
    );
    const file = text === undefined ? undefined : readYaml(name, text, { problems });
    const read = file === undefined ? undefined : checked(examplesFile, file, problems);
    if (text === undefined || file === undefined || read === undefined) continue;
    files.push([`kinds/${kind}.yaml`, text]);
    if (read.kind !== kind)
      problems.add(
        file.at(['kind']),
        `expected ${kind}, as the file is called, got ${read.kind}. Rename one of them.`,
      );
    read.lookalikes.forEach((one, i) => {
      if (!kinds.has(one.kind) || one.kind === kind)
        problems.add(
          file.at(['lookalikes', i, 'kind']),
          `expected another kind of rules/kinds.yaml, got "${one.kind}". Mend the name.`,
        );
    });
    list.push(...read.examples.map((said) => ({ text: said, kind })), ...read.lookalikes);
  }
  return { list, files, hash: sha256(files.map(([, text]) => sha256(text)).join('\n')) };
}

/** Classifiers by the hash of what they were trained from: a set that is read again is not learnt again. */
const trained = new Map<string, Classifier>();

/** The classifier of these examples; it is trained when it is first asked. */
export function classifierOf({ list, hash }: Examples): Classifier {
  return (text, most) => {
    const known = trained.get(hash) ?? trainClassifier(list);
    trained.set(hash, known);
    return known(text, most);
  };
}
