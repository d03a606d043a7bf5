import { CONSEQUENCES } from '../../dist/core/facts.js';
import { JUDGEMENTS } from '../../dist/core/judgement.js';

/** Numbers that are the same on every run. */
export function dice(seed) {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  const below = (n) => Math.floor(next() * n);
  return { below, pick: (list) => list[below(list.length)], chance: (share) => next() < share };
}

const MODELS = ['local', 'seat', 'senior'];
const TYPES = ['html', 'md', 'php', 'ts', 'txt', 'json', 'csv'];

const works = (rules) => [...rules.kinds.values()].filter(({ sort }) => sort === 'work');

/** The shipped rules with `count` made-up lane rules, as a practice might write them; the last of them takes everything. */
export function ruleSet(rules, count) {
  const roll = dice(count);
  const kinds = works(rules).map(({ id }) => id);
  const [first] = rules.lanes;
  const lanes = Array.from({ length: count }, (_, n) => ({
    ...first,
    id: `LANE-${1_000 + n}`,
    hash: n.toString(16).padStart(64, '0'),
    when: n === count - 1 ? {} : someWhen(roll, kinds),
    lane: roll.pick(MODELS),
  }));
  return { ...rules, lanes };
}

/** Mostly one kind or two, narrowed by how much is at stake, how long it is, what came with it: few facts meet one early. */
function someWhen(roll, kinds) {
  const broad = roll.chance(0.1);
  return {
    ...(broad
      ? { judgement: { is: roll.pick(JUDGEMENTS) }, rounds: { at_least: 1 } }
      : { kind: { in: Array.from({ length: 1 + roll.below(2) }, () => roll.pick(kinds)) } }),
    ...(roll.chance(0.6) ? { consequence: { at_most: roll.pick(CONSEQUENCES) } } : {}),
    ...(roll.chance(0.5) ? { words: { at_most: 50 + roll.below(4_000) } } : {}),
    ...(roll.chance(0.3) ? { fileTypes: { in: [roll.pick(TYPES), roll.pick(TYPES)] } } : {}),
    ...(broad || roll.chance(0.2) ? { lane: { is: roll.pick(MODELS) } } : {}),
  };
}

/** Facts of work that no limit stops, each with where it came from, as they are read from requests. */
export function factsOf(rules, count) {
  const roll = dice(7);
  const kinds = works(rules);
  return Array.from({ length: count }, () => {
    const kind = roll.pick(kinds);
    const type = kind.needs.files?.[0] ?? roll.pick(TYPES);
    const said = (value, from, because) => ({ value, from, ...(because && { because }) });
    return {
      kind: said(kind.id, 'cue', 'harden, plugin'),
      judgement: said(kind.judgement, 'default', `kind ${kind.id}`),
      sensitivity: said('ordinary', 'default'),
      consequence: said(roll.pick(CONSEQUENCES), 'default', `kind ${kind.id}`),
      words: said(roll.below(4_000), 'default'),
      files: said(1, 'default'),
      fileTypes: said([type], 'default'),
      confidence: said(80 + roll.below(20), 'cue'),
      rounds: said(roll.chance(0.2) ? 1 : 0, 'default'),
      cloud: said('allowed', 'setting'),
      ...(roll.chance(0.1) ? { lane: said(roll.pick(MODELS), 'person') } : {}),
    };
  });
}
