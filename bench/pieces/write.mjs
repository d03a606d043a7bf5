import { readFile, writeFile } from 'node:fs/promises';
import { UNIT } from './fit.mjs';

const at = (name) => new URL(`../../src/core/split/${name}`, import.meta.url);
const TABLES = [
  ['OPENING', 'opening', 'What comes begins with the word.'],
  ['OPENING_PAIRS', 'pair', 'What comes begins with the two words.'],
  ['HOLDING', 'holding', 'The word stands in what comes.'],
  ['CLOSING', 'closing', 'What stands right before ends in the word.'],
];
/** Fewer points than these are not worth a word. */
const LEAST = 2;

/** Writes weights into the two tables of points. */
export async function writePoints(weights) {
  const points = (name) => Math.round((weights.get(name) ?? 0) * UNIT);
  const table = await readFile(at('points.ts'), 'utf8');
  await writeFile(
    at('points.ts'),
    table.replaceAll(
      /^ {2}('?)([a-z][^:\n]*?)\1: -?\d+,$/gm,
      (line, quote, name) => `  ${quote}${name}${quote}: ${points(name)},`,
    ),
  );
  await writeFile(at('point-words.ts'), wordTables(weights, points));
}

function wordTables(weights, points) {
  const tables = TABLES.map(([constant, prefix, says]) => {
    const words = [...weights.keys()]
      .filter((name) => name.startsWith(`${prefix}:`) && Math.abs(points(name)) >= LEAST)
      .map((name) => `${name.slice(prefix.length + 1)} ${points(name)}`)
      .sort((a, b) => (a < b ? -1 : 1));
    return `/** ${says} */\nexport const ${constant} = \`\n${lines(words)}\`;\n`;
  });
  return [
    '/**',
    ' * How much a word speaks for a new piece, by where it stands. Written by `npm run eval:pieces -- --write`, never by hand;',
    ' * how: `points.ts`.',
    ' */',
    '',
    tables.join('\n'),
  ].join('\n');
}

const WIDTH = 118;

function lines(words) {
  const found = [''];
  for (const word of words) {
    const more = `${found.at(-1)}${word}, `;
    if (more.length > WIDTH) found.push(`${word}, `);
    else found[found.length - 1] = more;
  }
  return found
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('')
    .replace(/,\n$/, '\n');
}
