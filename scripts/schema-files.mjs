/** The files of rules/schema/ as texts, made from the shapes the reader itself uses, so that a test can hold the disk against them. */
import { format } from 'prettier';

/** The text of each file, by its name, formatted as the house formats. */
export async function schemaFiles(schemas) {
  const files = Object.entries(schemas).map(async ([name, schema]) => [
    name,
    await format(JSON.stringify(schema), { parser: 'json', printWidth: 100, singleQuote: true }),
  ]);
  return Object.fromEntries(await Promise.all(files));
}

/** The line with which an editor finds the schema of a file of rules; `depth` is how far below rules/ it lies. */
export function modeline(name, depth) {
  return `# yaml-language-server: $schema=${'../'.repeat(depth)}schema/${name}.schema.json\n`;
}
