import { fit } from './fit.mjs';

const FOLDS = 8;
/** What is plain has to come out right; one piece counts more, for people write more of these than stand among the requests. */
const COUNTS = { plain: 40, one: 1.5, several: 1 };

const isOne = ({ pieces }) => pieces.length === 1;
const bordersIn = (requests, weightOf) =>
  requests.flatMap((one) => one.borders.map((border) => ({ ...border, weight: weightOf(one) })));

/** Everything there is to fit to. */
export function bordersFor({ requests, plain }) {
  return [
    ...bordersIn(plain, () => COUNTS.plain),
    ...bordersIn(requests, (one) => COUNTS[isOne(one) ? 'one' : 'several']),
  ];
}

/**
 * How many requests are cut exactly as their writers cut them, each judged by weights fitted to the others.
 * @returns {{one: Share, several: Share, borders: {begin: Share, goOn: Share}}} `Share` is `{yes, of}`
 */
export function evaluate({ requests, plain }) {
  const judged = requests.map(() => undefined);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = requests.filter((_, i) => i % FOLDS !== fold);
    const weights = fit(bordersFor({ requests: others, plain }));
    for (const [i, { borders }] of requests.entries())
      if (i % FOLDS === fold) judged[i] = borders.map((border) => isRight(border, weights));
  }
  const share = (kept) => {
    const some = judged.filter((_, i) => kept(requests[i]));
    return { yes: some.filter((all) => all.every(Boolean)).length, of: some.length };
  };
  const bordersThat = (begin) => {
    const all = judged.flatMap((row, i) =>
      row.filter((_, n) => requests[i].borders[n].begins === begin),
    );
    return { yes: all.filter(Boolean).length, of: all.length };
  };
  return {
    one: share(isOne),
    several: share((request) => !isOne(request)),
    borders: { begin: bordersThat(true), goOn: bordersThat(false) },
  };
}

function isRight({ seen, begins }, weights) {
  const sum = seen.reduce((all, name) => all + (weights.get(name) ?? 0), 0);
  return sum > 0 === begins;
}
