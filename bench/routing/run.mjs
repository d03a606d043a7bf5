/**
 * `npm run eval:routing`: how well requests are read, split and routed, with no model at all, on labelled requests that
 * nothing is tuned on (`fixtures/routing/held-out.yaml`). Each goes through `planDry`, the very functions of a live request.
 * `-- --set FILE` takes other requests, `--show GROUP` lists what went wrong in one of: kind, split, ask, sensitive, lane.
 * Figures are kept in `bench/results/routing.md` and `.json` when nothing else is asked for.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { machine } from '../lib/results.mjs';

const HELD_OUT = fileURLToPath(new URL('../../fixtures/routing/held-out.yaml', import.meta.url));

const { values } = parseArgs({ options: { set: { type: 'string' }, show: { type: 'string' } } });
await build();
const { evaluate } = await import('./evaluate.mjs');
const { tables, wrong, raw } = await evaluate(values.set ?? HELD_OUT);
console.log(tables);
if (values.show !== undefined) console.log(`\n${(wrong[values.show] ?? []).join('\n')}`);
if (values.set === undefined) {
  const how = 'How well requests are read, split and routed without a model';
  const machineLine = `\`npm run eval:routing\` on ${machine()}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  await writeFile(result('md'), `# ${how}\n\n${tables}\n\n${machineLine}\n`);
  await writeFile(result('json'), `${JSON.stringify(raw, null, 2)}\n`);
}

function result(ext) {
  return fileURLToPath(new URL(`../results/routing.${ext}`, import.meta.url));
}
