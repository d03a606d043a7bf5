/** `npm run docs:schemas`: writes rules/schema/ from the shapes of the rules files, and names them at the top of each file. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { build } from './build.mjs';
import { modeline, schemaFiles } from './schema-files.mjs';

const RULES = new URL('../rules/', import.meta.url);

await build();
const { jsonSchemas } = await import('../dist/library/json-schemas.js');
const files = await schemaFiles(jsonSchemas());
await mkdir(new URL('schema/', RULES), { recursive: true });
for (const [name, text] of Object.entries(files))
  await writeFile(new URL(`schema/${name}`, RULES), text);

const names = Object.keys(files).map((file) => file.replace('.schema.json', ''));
for (const name of await readdir(RULES)) {
  const [stem] = name.split('.yaml');
  if (name.endsWith('.yaml') && names.includes(stem)) await head(name, modeline(stem, 0));
}
for (const name of await readdir(new URL('kinds/', RULES)))
  await head(`kinds/${name}`, modeline('examples', 1));
console.log('rules/schema/ is up to date.');

/** Puts the line at the top of a file that does not have it. */
async function head(name, line) {
  const file = new URL(name, RULES);
  const text = await readFile(file, 'utf8');
  if (!text.startsWith(line))
    await writeFile(file, line + text.replace(/^# yaml-language-server:.*\n/, ''));
}
