import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const RULES = fileURLToPath(new URL('../rules', import.meta.url));

/** The same numbers for the same seed: Lehmer's generator, modulus 2^31 - 1. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** Lane rules as a practice might grow them: mostly about a kind or two, some about stakes, length, files or client. */
function grown(count, shipped) {
  const roll = dice(7 + count);
  const kinds = [...shipped.kinds.keys()];
  const some = (of, most) => [
    ...new Set(Array.from({ length: 1 + roll(most) }, () => of[roll(of.length)])),
  ];
  return Array.from({ length: count }, (_, i) => ({
    ...shipped.otherwise,
    id: `LANE-${1000 + i}`,
    lane: ['tool', 'local', 'seat', 'senior'][roll(4)],
    owner: 'owner',
    since: '2026-11-26',
    when: {
      ...(roll(10) < 8 ? { kind: { in: some(kinds, 2) } } : {}),
      ...(roll(10) < 4 ? { sensitivity: { is: ['ordinary', 'confidential'][roll(2)] } } : {}),
      ...(roll(10) < 4 ? { consequence: { at_most: ['low', 'medium'][roll(2)] } } : {}),
      ...(roll(10) < 3 ? { words: { at_most: 500 * (1 + roll(6)) } } : {}),
      ...(roll(10) < 2
        ? { fileTypes: { in: some(['php', 'js', 'ts', 'html', 'css', 'md'], 3) } }
        : {}),
      ...(roll(10) < 2 ? { cloud: { is: ['never', 'redacted', 'allowed'][roll(3)] } } : {}),
    },
  }));
}

/**
 * How long comparing the written rules with one another takes: the shipped set, and lists of 60, 200 and 500 lane rules.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, rounds = 5, say = () => undefined }) {
  const { loadRuleSet } = await import('../dist/library/load.js');
  const { lintRules } = await import('../dist/core/lint/lint.js');
  const shipped = await loadRuleSet(RULES);
  const sets = [
    ['shipped', shipped.lanes],
    ...(quick ? [60] : [60, 200, 500]).map((count) => [
      `${count} lane rules`,
      grown(count, shipped),
    ]),
  ];
  const measured = sets.map(([name, lanes]) => {
    const given = {
      rules: { ...shipped, lanes },
      cases: { lanes: [], approving: [] },
      personas: ['somebody'],
      accepts: () => true,
    };
    const times = [];
    let found = [];
    for (let round = 0; round < (quick ? 1 : rounds); round++) {
      const begin = performance.now();
      found = lintRules(given);
      times.push(performance.now() - begin);
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    const proven = !found.some(({ code }) => code === 'not-proven');
    say(`${name}: ${Math.round(median)} ms`);
    return { name, rules: lanes.length, found: found.length, proven, ms: Math.round(median) };
  });
  return {
    title: 'Comparing the rules with one another',
    how: 'The comparison alone, without reading files, over the shipped kinds and limits; median of the rounds.',
    columns: ['set', 'lane rules', 'remarks', 'proven', 'time'],
    rows: measured.map(({ name, rules, found, proven, ms }) => [
      name,
      String(rules),
      String(found),
      proven ? 'all' : 'not all',
      `${ms} ms`,
    ]),
    says: [
      'Every combination of facts counts, nothing is sampled. What would take more than forty million steps is told as not proven.',
    ],
    raw: measured,
  };
}
