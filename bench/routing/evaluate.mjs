import { fileURLToPath } from 'node:url';
import { typesOf } from '../../dist/core/file-type.js';
import { LANES } from '../../dist/core/lane.js';
import { personaFor } from '../../dist/core/route.js';
import { planDry } from '../../dist/flow/plan/dry.js';
import { openLibrary } from '../../dist/main/library.js';
import { figuresOf } from './figures.mjs';
import { readLabelled } from './read.mjs';
import { scoreOne } from './score.mjs';
import { tablesOf } from './tables.mjs';
import { wrongOf } from './wrong.mjs';

const here = (folder) => fileURLToPath(new URL(`../../${folder}`, import.meta.url));
const HEALTH = Object.fromEntries(
  LANES.map((lane) => [lane, { is: 'ready', model: '', rehearsal: false }]),
);
const CLOCK = { now: () => Date.UTC(2026, 10, 26), newId: () => '' };

/** Scores every labelled request of a file. `tables` is Markdown, `wrong` lists by group, `raw` the figures as data. */
export async function evaluate(file) {
  const library = await openLibrary({ rules: here('rules'), personas: here('personas') });
  const labels = await readLabelled(file, library.rules.kinds);
  const world = { library, clock: CLOCK };
  const scored = labels.map((label) =>
    scoreOne(label, plan(world, label), (kind, files) => doer(library.rules.kinds, kind, files)),
  );
  const raw = figuresOf(scored);
  return { tables: tablesOf(raw), wrong: wrongOf(scored), raw };
}

function plan(world, { text, files }) {
  return planDry(world, { text, files, client: { cloud: 'allowed' }, health: HEALTH });
}

/** Who the written table gives a kind to; null where nobody of the practice does it. */
function doer(kinds, id, files) {
  const kind = kinds.get(id);
  if (kind.sort !== 'work') return kind.sort === 'human' ? 'human' : null;
  return personaFor(kind, { kind: id, fileTypes: typesOf(files), files: files.length });
}
