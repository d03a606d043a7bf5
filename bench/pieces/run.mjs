/**
 * `npm run eval:pieces`: whether labelled requests (`fixtures/pieces/`) are cut into pieces as their writers cut them, each
 * judged by points fitted to the others. Figures are kept in `bench/results/pieces.md`. With `-- --write` the points fitted
 * to all of them become those of the program: `src/core/split/points.ts` and `src/core/split/point-words.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.mjs';
import { machine, table } from '../lib/results.mjs';
import { bordersFor, evaluate } from './evaluate.mjs';
import { fit } from './fit.mjs';
import { writePoints } from './write.mjs';

await build();
const { openLibrary } = await import('../../dist/main/library.js');
const { requestsIn } = await import('./read.mjs');

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { rules } = await openLibrary({ rules: here('rules'), personas: here('personas') });
const labelled = {
  requests: await requestsIn('requests', rules),
  plain: await requestsIn('plain', rules),
};
const { one, several, borders } = evaluate(labelled);
const row = (what, { yes, of }) => [what, `${((100 * yes) / of).toFixed(1)} %`, `${yes} of ${of}`];
const figures = table({
  columns: ['cut as its writer cut it', 'share', 'of'],
  rows: [
    row('a request of one piece', one),
    row('a request of several pieces', several),
    row('a place where a piece begins', borders.begin),
    row('a place where none begins', borders.goOn),
  ],
});
const about = `${labelled.requests.length} requests with a place where a piece could begin; each is judged by points fitted to the others, and what stands before a place is cut as its writer cut it.`;
console.log(`${about}\n\n${figures}`);
const stamp = `\`npm run eval:pieces\` on ${machine()}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
await writeFile(
  here('bench/results/pieces.md'),
  `# Where a piece begins\n\n${about}\n\n${figures}\n\n${stamp}\n`,
);
if (process.argv.includes('--write')) {
  await writePoints(fit(bordersFor(labelled)));
  console.log('\nsrc/core/split/points.ts and src/core/split/point-words.ts are written.');
}
