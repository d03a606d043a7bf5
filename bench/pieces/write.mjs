import { readFile, writeFile } from 'node:fs/promises';
import { UNIT } from './fit.mjs';

const at = (name) => new URL(`../../src/core/split/${name}`, import.meta.url);
/** Where words stand, as `wordsAt` names it, and what that means. */
const PLACES = {
  opening: 'What comes begins with the word.',
  pair: 'What comes begins with the two words.',
  holding: 'The word stands in what comes.',
  neighbours: 'The two words stand side by side in what comes.',
  ending: 'What comes ends in the word.',
  closing: 'What stands right before ends in the word.',
  penultimate: 'The word stands before the last of what stands right before.',
  asking: 'What was asked for last begins with the word.',
  following: 'What comes after what comes begins with the word.',
  doers: 'No words: who does what was asked for last, and who what comes.',
};
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
  const tables = Object.entries(PLACES).map(([place, says]) => {
    const words = [...weights.keys()]
      .filter((name) => name.startsWith(`${place}:`) && Math.abs(points(name)) >= LEAST)
      .map((name) => `${name.slice(place.length + 1)} ${points(name)}`)
      .sort((a, b) => (a < b ? -1 : 1));
    return `  /** ${says} */\n  ${place}: \`\n${lines(words)}  \`,\n`;
  });
  return [
    '/**',
    ' * How much a word speaks for a new piece, by where it stands. Written by `npm run eval:pieces -- --write`, never by hand;',
    ' * how: `points.ts`.',
    ' */',
    `export const POINT_WORDS = {\n${tables.join('')}} as const;\n`,
  ].join('\n');
}

const WIDTH = 116;

function lines(words) {
  const found = [''];
  for (const word of words) {
    const more = `${found.at(-1)}${word}, `;
    if (more.length > WIDTH) found.push(`${word}, `);
    else found[found.length - 1] = more;
  }
  return found
    .map((line) => `    ${line.trimEnd()}\n`)
    .join('')
    .replace(/,\n$/, '\n');
}
