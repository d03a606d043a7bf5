import { borderAt } from '../../dist/core/split/apart.js';
import { signsAt } from '../../dist/core/split/border-signs.js';
import { wordsAt } from '../../dist/core/split/border-words.js';
import { listIn } from '../../dist/core/split/list.js';
import { stretchesIn } from '../../dist/core/split/prose.js';
import { isTalk } from '../../dist/core/split/talk.js';
import { hideMaterial, tokens } from '../../dist/core/words.js';

/**
 * The places of a labelled request where a piece could begin, each with what is seen there (`seen`, names of signs and words)
 * and whether one does (`begins`). What stands before a place is cut as its writer cut it. None of a list: its points are cut
 * by other means.
 */
export function bordersOf({ text, pieces }, rules) {
  const hidden = hideMaterial(text);
  const talks = (words) => isTalk(words, rules.cues.split);
  if (listIn(hidden.text, talks) !== undefined) return [];
  const { stretches, isAnnounced } = stretchesIn(hidden.text, rules);
  const owners = ownersOf(stretches, { text, pieces, show: hidden.show });
  const cut = [];
  let last = -1;
  return stretches.flatMap((stretch, i) => {
    const border = borderAt(stretches, i, { pieces: cut, isAnnounced });
    const seen = border && seenAt(border);
    const begins = owners[i] > last && last >= 0;
    last = Math.max(last, owners[i]);
    if (begins || cut.length === 0) cut.push([stretch]);
    else cut.at(-1).push(stretch);
    return seen === undefined ? [] : [{ seen, begins }];
  });
}

/** What is seen at a border; words are named by the table they have their points in. */
export function seenAt(border) {
  const words = Object.entries(wordsAt(border)).flatMap(([place, all]) =>
    all.map((word) => `${place}:${word}`),
  );
  return [...signsAt(border), ...words];
}

/** The number of the piece each stretch belongs to, by where its words stand in the request; -1 for what is in none. */
function ownersOf(stretches, { text, pieces, show }) {
  const words = tokens(text);
  const owners = words.map(() => -1);
  let from = 0;
  for (const [n, piece] of pieces.entries()) {
    const said = tokens(piece.words);
    const at = placeOf(said, words, from);
    if (at === -1) throw new Error(`Expected the words of a piece in "${text}": "${piece.words}".`);
    owners.fill(n, at, at + said.length);
    from = at + said.length;
  }
  let at = 0;
  return stretches.map((stretch) => {
    const said = tokens(show(stretch.text));
    const found = placeOf(said.slice(0, 3), words, at);
    if (found === -1) return -1;
    at = found + 1;
    return mostOf(owners.slice(found, found + said.length));
  });
}

function placeOf(said, words, from) {
  for (let at = from; at + said.length <= words.length; at += 1)
    if (said.every((word, i) => words[at + i] === word)) return at;
  return -1;
}

/** The piece most of its words stand in. */
function mostOf(owners) {
  const counts = new Map();
  for (const owner of owners) if (owner >= 0) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? -1;
}
