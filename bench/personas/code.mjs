import { fileURLToPath } from 'node:url';
import { UNCLEAR } from '../../dist/core/facts.js';
import { acceptOrDecline } from '../../dist/core/persona.js';
import { readPiece } from '../../dist/core/read.js';
import { route } from '../../dist/core/route.js';
import { loadLibrary } from '../../dist/library/load.js';
import { cellsOf, ownerOf } from './cells.mjs';
import { readRequests } from './requests.mjs';

const here = (folder) => fileURLToPath(new URL(`../../${folder}`, import.meta.url));
/** Every lane can be had: what is measured is the reading, not the machine. */
const OFFERS = ['tool', 'local', 'seat', 'senior'].map((lane) => ({ lane, price: null }));
const CURVE = [40, 50, 60, 70, 80, 90];

/**
 * The code half: each request goes through the classifier of the day, the rules, and what is written of each specialist:
 * accepted, declined or handed on, with no model. The requests were written from the titles of the kinds alone.
 * @returns {Promise<{lines: string[], raw: object}>}
 */
export async function evaluate({ requests: file, limit = Infinity, seed = 1 }) {
  const { rules, personas } = await loadLibrary(here('rules'), here('personas'));
  const requests = (await readRequests(file, rules.kinds)).slice(0, limit);
  const read = requests.map((request) => readOne(request, rules));
  const cells = cellsOf(requests, { kinds: rules.kinds, byId: personas.byId }, seed).map((cell) =>
    decided(cell, { read: read[cell.request], request: requests[cell.request], rules, personas }),
  );
  const raw = {
    read: figures(read),
    curve: CURVE.map((least) => point(read, least)),
    cells: shares(cells),
  };
  return { lines: told(raw), raw };
}

function readOne({ text, files = [], kind }, rules) {
  const { facts, candidates } = readPiece({ text, files }, rules, { cloud: 'allowed' });
  const found = route(facts, rules, OFFERS);
  return {
    kind,
    read: facts.kind.value,
    confidence: facts.confidence.value,
    acts: found.is !== 'ask' || found.about !== 'kind',
    offered: candidates.slice(0, rules.settings.offered).map((one) => one.kind),
  };
}

/** What a specialist does with a request by what is written of them: no model is asked. */
function decided(cell, { read, request, rules, personas }) {
  const owner = ownerOf(rules.kinds, request.kind);
  const named = rules.kinds.get(read.read);
  if (!read.acts || named?.sort !== 'work') return { ...cell, owner, fit: 'asked' };
  const said = acceptOrDecline(personas.byId.get(cell.persona), read.read, named.persona);
  return said.is === 'accepts'
    ? { ...cell, owner, fit: 'mine' }
    : { ...cell, owner, fit: 'not_mine', to: said.to };
}

function figures(read) {
  const known = read.filter(({ kind }) => kind !== UNCLEAR);
  const vague = read.filter(({ kind }) => kind === UNCLEAR);
  const acted = known.filter(({ acts }) => acts);
  return {
    requests: known.length,
    acted: acted.length,
    right: acted.filter(({ kind, read: got }) => got === kind).length,
    offered: known.filter(({ kind, offered }) => offered.includes(kind)).length,
    vague: vague.length,
    vagueAsked: vague.filter(({ acts }) => !acts).length,
  };
}

function point(read, least) {
  const known = read.filter(({ kind }) => kind !== UNCLEAR);
  const sure = known.filter(({ confidence }) => confidence >= least);
  const right = sure.filter(({ kind, read: got }) => got === kind).length;
  return { least, covered: sure.length / known.length, right: right / (sure.length || 1) };
}

function shares(cells) {
  const of = (is, holds) => {
    const all = cells.filter(
      (cell) => cell.is === is && cell.owner !== null && cell.fit !== 'asked',
    );
    return { of: all.length, yes: all.filter(holds).length };
  };
  const away = cells.filter((c) => c.is !== 'own' && c.owner !== null && c.fit === 'not_mine');
  return {
    own: of('own', ({ fit }) => fit === 'mine'),
    neighbour: of('neighbour', ({ fit }) => fit === 'not_mine'),
    stranger: of('stranger', ({ fit }) => fit === 'not_mine'),
    handOff: { of: away.length, yes: away.filter(({ to, owner }) => to === owner).length },
  };
}

const percent = (part, all) => `${((100 * part) / (all || 1)).toFixed(1)} %`;

function told({ read, curve, cells }) {
  const share = ({ of, yes }) => `${percent(yes, of)} (${yes} of ${of})`;
  return [
    `${read.requests} requests that no classifier was trained on, and ${read.vague} that are of no kind.`,
    `Acts on ${percent(read.acted, read.requests)}, and is right in ${percent(read.right, read.acted)} of these; asks about the rest.`,
    `The right kind is among the offered buttons in ${percent(read.offered, read.requests)}.`,
    `Of the vague ones it asks about ${read.vagueAsked} of ${read.vague}.`,
    '',
    '| least confidence | acts on | right of these |',
    '| ---------------- | ------- | -------------- |',
    ...curve.map((p) => `| ${p.least} | ${percent(p.covered, 1)} | ${percent(p.right, 1)} |`),
    '',
    'By what is written of each specialist, where the kind was sure enough to act on:',
    `- own work accepted: ${share(cells.own)}`,
    `- a near neighbour's work declined: ${share(cells.neighbour)}`,
    `- a stranger's work declined: ${share(cells.stranger)}`,
    `- declined and handed to the right one: ${share(cells.handOff)}`,
  ];
}
