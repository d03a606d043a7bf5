/** What is wanted of each figure. */
const TARGETS = {
  own: '>= 95 %',
  neighbour: '>= 90 %',
  stranger: '>= 98 %',
  handOff: '>= 80 %',
  hops: '<= 2',
  pingPong: '0',
};

const LABELS = {
  own: 'own work accepted',
  neighbour: "a near neighbour's work declined",
  stranger: "a stranger's work declined",
  handOff: 'declined and handed to the right one',
  reached: 'from a wrong desk to the right one',
  hops: 'hops to the right one, p95',
  pingPong: 'wanted to send it back',
  broken: 'answers off the contract, or failed',
};

/**
 * Figures of one manner. `cells` are answered cells: `{is, fit, to, owner}` with the persona the request belongs to, null
 * for what nobody does. `walks` are walks that began at a neighbour: `{had, end, back, owner}`.
 */
export function figuresOf(cells, walks) {
  const of = (is) => cells.filter((cell) => cell.is === is);
  const said = (fit) => (cell) => cell.fit === fit;
  const owned = cells.filter((c) => c.is !== 'own' && c.owner !== null && c.fit === 'not_mine');
  const right = walks.filter(({ had, end, owner }) => end === 'taken' && had.at(-1) === owner);
  return {
    own: share(of('own'), said('mine')),
    neighbour: share(of('neighbour'), said('not_mine')),
    stranger: share(of('stranger'), isDeclined),
    handOff: share(owned, ({ to, owner }) => to === owner),
    reached: share(walks, (one) => right.includes(one)),
    hops: p95(right.map(({ had }) => had.length - 1)),
    pingPong: walks.filter(({ back }) => back).length,
    broken: share(cells, ({ fit }) => fit === 'broken' || fit === 'failed'),
  };
}

/** What belongs to nobody may be asked about as well; what is somebody's must be declined. */
function isDeclined({ fit, owner }) {
  return fit === 'not_mine' || (fit === 'unclear' && owner === null);
}

function share(all, holds) {
  return { of: all.length, yes: all.filter(holds).length };
}

function p95(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}

/** The figures of both manners side by side, as a Markdown table. */
export function rowsOf({ brief, description }) {
  return Object.entries(LABELS).map(([key, label]) => [
    label,
    shown(brief[key]),
    shown(description[key]),
    TARGETS[key] ?? '',
  ]);
}

export const COLUMNS = ['figure', 'with its brief', 'description only', 'wanted'];

function shown(value) {
  if (value === null) return 'none';
  if (typeof value === 'number') return String(value);
  if (value.of === 0) return 'none';
  return `${((100 * value.yes) / value.of).toFixed(1)} % (${value.yes} of ${value.of})`;
}
