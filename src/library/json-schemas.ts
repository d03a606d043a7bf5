import { z } from 'zod';
import { examplesFile } from './examples.ts';
import { frontMatter } from './persona-schema.ts';
import { pricesFile } from './prices.ts';
import { seatFile } from './seat.ts';
import { RULE_FILES } from './rule-files.ts';

/** Every file whose form an editor can be told, by the name of its schema. */
const SHAPES: Readonly<Record<string, z.ZodType>> = {
  ...RULE_FILES,
  prices: pricesFile,
  seat: seatFile,
  examples: examplesFile,
  persona: frontMatter,
};

/**
 * The JSON Schemas of the files of `rules/` and of a persona's front matter, by the name of their file in `rules/schema/`,
 * in draft 7, which is what editors for YAML read. They hold the form alone: names that must exist elsewhere, and what
 * several rules say together, only `aios rules check` knows.
 */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => [`${name}.schema.json`, schemaOf(shape)]),
  );
}

function schemaOf(shape: z.ZodType): object {
  return z.toJSONSchema(shape, { target: 'draft-7', io: 'input', reused: 'inline' });
}
