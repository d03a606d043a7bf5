/**
 * Which specialists are asked about which request: its own, the three nearest neighbours and five strangers. The full
 * matrix is 200 times 61 calls; most of it is far-off work that any model declines, and says nothing.
 */
const NEIGHBOURS = 3;
const STRANGERS = 5;

/** @typedef {{request: number, persona: string, is: 'own' | 'neighbour' | 'stranger'}} Cell */

/** The persona a kind belongs to; null for what no persona does. */
export function ownerOf(kinds, kind) {
  const found = kinds.get(kind);
  return found?.sort === 'work' ? found.persona : null;
}

/**
 * The nearest colleagues of a specialist: first those who hand work to each other, then whom it hands to, then who hands
 * to it, then its own group; each in the order of the files.
 */
export function neighboursOf(byId, id) {
  const handsTo = (from) => [...new Set((byId.get(from)?.declines ?? []).map(({ to }) => to))];
  const out = handsTo(id).filter((to) => byId.has(to) && to !== id);
  const into = [...byId.keys()].filter((from) => from !== id && handsTo(from).includes(id));
  const mutual = out.filter((to) => into.includes(to));
  const group = [...byId.values()]
    .filter((p) => p.id !== id && p.group === byId.get(id)?.group)
    .map((p) => p.id);
  return [...new Set([...mutual, ...out, ...into, ...group])].slice(0, NEIGHBOURS);
}

/** The informative cells of all requests, in their order; the same seed gives the same strangers. */
export function cellsOf(requests, { kinds, byId }, seed = 1) {
  const next = dice(seed);
  return requests.flatMap(({ kind }, request) => {
    const own = ownerOf(kinds, kind);
    const near = own === null ? [] : neighboursOf(byId, own);
    const rest = [...byId.keys()].filter((id) => id !== own && !near.includes(id));
    const strangers = shuffled(rest, next).slice(0, STRANGERS);
    return [
      ...(own === null ? [] : [{ request, persona: own, is: 'own' }]),
      ...near.map((persona) => ({ request, persona, is: 'neighbour' })),
      ...strangers.map((persona) => ({ request, persona, is: 'stranger' })),
    ];
  });
}

function shuffled(list, next) {
  const all = [...list];
  for (let left = all.length - 1; left > 0; left -= 1) {
    const at = Math.floor(next() * (left + 1));
    [all[left], all[at]] = [all[at], all[left]];
  }
  return all;
}

/** mulberry32 (Tommy Ettinger, public domain): small, and the same everywhere. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
