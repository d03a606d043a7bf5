import { z } from 'zod';
import type { Classifier } from '../core/classifier.ts';
import { trainClassifier } from '../core/train-classifier.ts';
import type { Example } from '../core/train-classifier.ts';
import { sha256 } from '../core/draft.ts';
import { UNCLEAR } from '../core/facts.ts';
import type { Problems } from './problems.ts';
import { readText } from './read-text.ts';
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
export const examplesFile = z.strictObject({
  kind: kindId.or(z.literal(UNCLEAR)).describe('The kind, as the file is called.'),
  examples: z
    .array(request)
    .min(FEWEST, `expected at least ${FEWEST} examples`)
    .describe('Requests for it as people type them.'),
  lookalikes: z
    .array(
      z.strictObject({
        text: request.describe('The request, as somebody types it.'),
        kind: kindId.describe('What it is instead.'),
      }),
    )
    .default([])
    .describe('Requests that only look like it.'),
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
    const read = await readOne(folder, kind, problems);
    if (read === undefined) continue;
    const { file, examples, lookalikes } = read;
    files.push([`kinds/${kind}.yaml`, file.text]);
    if (read.kind !== kind)
      problems.add(
        file.at(['kind']),
        `expected ${kind}, as the file is called, got ${read.kind}. Rename one of them.`,
        { code: 'unknown-name' },
      );
    lookalikes.forEach((one, i) => {
      if (!kinds.has(one.kind) || one.kind === kind)
        problems.add(
          file.at(['lookalikes', i, 'kind']),
          `expected another kind of rules/kinds.yaml, got "${one.kind}". Mend the name.`,
          { code: 'unknown-name' },
        );
    });
    list.push(...examples.map((said) => ({ text: said, kind })), ...lookalikes);
  }
  return { list, files, hash: sha256(files.map(([, text]) => sha256(text)).join('\n')) };
}

async function readOne(folder: string, kind: string, problems: Problems) {
  const name = `kinds/${kind}.yaml`;
  const shown = `rules/${name}`;
  const found = await readText(folder, name);
  if ('got' in found) {
    const says = `expected examples of ${kind}, got: ${found.got}. Write the file.`;
    const code = found.missing ? 'missing' : 'unreadable';
    problems.add(`${shown}:${found.line}:1`, says, { code, rule: kind });
    return undefined;
  }
  const file = readYaml(shown, found.text, { problems });
  const read = file === undefined ? undefined : checked(examplesFile, file, problems);
  return file === undefined || read === undefined ? undefined : { ...read, file };
}

/** Classifiers by the hash of what they were trained from: a set that is read again is not learnt again. */
const trained = new Map<string, Classifier>();

/** The classifier of these examples; it is trained when it is first asked. */
export function classifierOf({ list, hash }: Examples): Classifier {
  const known = (): Classifier => {
    const classifier = trained.get(hash) ?? trainClassifier(list);
    trained.set(hash, classifier);
    return classifier;
  };
  const read: Classifier = (text, most) => known()(text, most);
  return Object.assign(read, { rarity: (feature: string) => known().rarity?.(feature) ?? 1 });
}
