import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../dist/config.js';
import { openLanes, rehearses } from '../../dist/main/lanes.js';
import { openLibrary } from '../../dist/main/library.js';
import { openRehearsal } from '../../dist/rehearsal/open.js';
import { table } from '../lib/results.mjs';
import { ask, MANNERS } from './ask.mjs';
import { cellsOf, ownerOf } from './cells.mjs';
import { COLUMNS, figuresOf, rowsOf } from './figures.mjs';
import { readRequests } from './requests.mjs';
import { walk } from './walk.mjs';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const NOTHING =
  'THESE FIGURES MEAN NOTHING: a stand-in answered, which knows nothing of whose work is whose. They show that the harness runs.';

/** The model half: the lane as it is configured here, or the stand-in where nothing is. */
export async function evaluate({ requests, lane: name, limit, seed, say }) {
  const config = readConfig(process.env);
  const library = await openLibrary({
    rules: join(TOP, 'rules'),
    personas: join(TOP, 'personas'),
  });
  const rehearsal = rehearses(config) ? await openRehearsal() : null;
  const exact = { close: async () => undefined };
  const lanes = openLanes(config, exact, rehearsal);
  try {
    const health = await lanes[name].health();
    if (health.is !== 'ready')
      throw new Error(`The ${name} lane is ${health.is}: ${health.why} ${health.next}`);
    const all = await readRequests(requests, library.rules.kinds);
    const measured = await measure(
      { lane: lanes[name], library },
      { requests: all.slice(0, limit), seed, say },
    );
    return {
      lines: linesOf(name, health, measured),
      raw: { lane: name, model: health.model, ...measured },
    };
  } finally {
    await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    await rehearsal?.close();
  }
}

/** Asks every informative cell in both manners and walks from a wrong desk; no answer is asked for twice. */
export async function measure(desk, { requests, seed = 1, say }) {
  const { rules, personas } = desk.library;
  const cells = cellsOf(requests, { kinds: rules.kinds, byId: personas.byId }, seed);
  const figures = {};
  const outcomes = {};
  let rehearsal = false;
  for (const manner of MANNERS) {
    say(`${manner}: ${cells.length} cells of ${requests.length} requests`);
    const asked = new Map();
    const askAt = async (request, id) => {
      const key = `${request} ${id}`;
      const persona = personas.byId.get(id);
      if (!asked.has(key))
        asked.set(key, await ask(desk, { persona, request: requests[request], manner }));
      return asked.get(key);
    };
    outcomes[manner] = [];
    for (const cell of cells) {
      const answer = await askAt(cell.request, cell.persona);
      rehearsal ||= answer.rehearsal;
      outcomes[manner].push({
        ...cell,
        ...answer,
        owner: ownerOf(rules.kinds, requests[cell.request].kind),
      });
    }
    figures[manner] = figuresOf(outcomes[manner], await walks({ cells, requests, desk }, askAt));
  }
  return { seed, rehearsal, requests: requests.length, figures, outcomes };
}

/** Every request that belongs to somebody begins once at its nearest neighbour's desk. */
async function walks({ cells, requests, desk }, askAt) {
  const { rules, personas } = desk.library;
  const found = [];
  for (const [request, { kind }] of requests.entries()) {
    const from = cells.find((c) => c.request === request && c.is === 'neighbour')?.persona;
    if (from === undefined) continue;
    const way = { from, most: rules.settings.handOffs, byId: personas.byId };
    const walked = await walk(way, (id) => askAt(request, id));
    found.push({ ...walked, owner: ownerOf(rules.kinds, kind) });
  }
  return found;
}

function linesOf(name, { model }, { figures, rehearsal, requests, seed }) {
  const warning = rehearsal ? [NOTHING, ''] : [];
  return [
    ...warning,
    `${requests} requests on the ${name} lane, model ${model}, seed ${seed}`,
    '',
    table({ columns: COLUMNS, rows: rowsOf(figures) }),
    '',
    'Description only: the same model knows a scope of one line, no colleagues and no brief.',
    ...(rehearsal ? ['', NOTHING] : []),
  ];
}
