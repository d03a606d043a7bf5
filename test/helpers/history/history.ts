import { createHash } from 'node:crypto';
import { ACTS } from './acts.ts';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';
import { newDoc, textOf } from './doc.ts';
import type { State } from './doc.ts';

export type HistoryVersion = {
  readonly source: string;
  readonly files: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly text: string;
  }[];
};
/** Versions as they would be read, and the last state, which knows who wrote each word. */
export type History = { readonly versions: readonly HistoryVersion[]; readonly last: State };

const AUTHORS = ['brought_in', 'attempt a', 'attempt b', 'ada', 'attempt c', 'ben'];

/** A history of 3 to 6 authors over 3 to 12 versions, the same for the same seed. */
export function historyOf(seed: number): History {
  const dice = diceOf(seed);
  const authors = AUTHORS.slice(0, 3 + dice.below(4));
  const first = dice.chance(0.3) ? ['a.md', 'b.php'] : [dice.pick(['a.md', 'a.md', 'a.php'])];
  let state: State = first.map((name) => newDoc(dice, name, 'brought_in'));
  const past: State[] = [];
  const versions = [versionOf(state, 'brought_in')];
  const count = 2 + dice.below(10);
  for (let i = 0; i < count; i += 1) {
    const author = dice.pick(authors);
    const before = state;
    const acts = 1 + dice.below(6);
    for (let done = 0; done < acts; done += 1) state = act(dice)(dice, state, { author, past });
    past.push(before);
    versions.push(versionOf(state, author));
  }
  return { versions, last: state };
}

function act(dice: Dice): (typeof ACTS)[number][1] {
  const all = ACTS.reduce((sum, [often]) => sum + often, 0);
  let left = dice.below(all);
  for (const [often, one] of ACTS) {
    left -= often;
    if (left < 0) return one;
  }
  throw new Error('the acts add up');
}

function versionOf(state: State, source: string): HistoryVersion {
  return {
    source,
    files: state.map((doc) => {
      const text = textOf(doc);
      return { name: doc.name, sha256: createHash('sha256').update(text).digest('hex'), text };
    }),
  };
}
