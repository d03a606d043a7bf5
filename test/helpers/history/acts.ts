import type { Dice } from './dice.ts';
import { newBlock, newDoc, newPart } from './doc.ts';
import type { Block, Doc, Piece, State } from './doc.ts';
import { word } from './language.ts';

/** What one author does to the files in one go; `past` are all states before. */
export type Act = (dice: Dice, state: State, done: Done) => State;
export type Done = { readonly author: string; readonly past: readonly State[] };

type Place = { readonly doc: number; readonly block: number; readonly part: number };

const at = (dice: Dice, state: State): Place => {
  const doc = dice.below(state.length);
  const block = dice.below(state[doc]?.blocks.length ?? 1);
  const part = dice.below(state[doc]?.blocks[block]?.parts.length ?? 1);
  return { doc, block, part };
};

function onDoc(state: State, index: number, change: (doc: Doc) => Doc): State {
  return state.map((doc, i) => (i === index ? change(doc) : doc));
}

function onBlocks(
  state: State,
  index: number,
  change: (blocks: readonly Block[]) => readonly Block[],
): State {
  return onDoc(state, index, (doc) => ({ ...doc, blocks: change(doc.blocks) }));
}

function onParts(
  state: State,
  place: Place,
  change: (parts: Block['parts'], is: Block['is']) => Block['parts'],
): State {
  return onBlocks(state, place.doc, (blocks) =>
    blocks
      .map((block, i) =>
        i === place.block ? { ...block, parts: change(block.parts, block.is) } : block,
      )
      .filter(({ parts }) => parts.length > 0),
  );
}

function onPart(
  state: State,
  place: Place,
  change: (part: readonly Piece[], is: Block['is']) => readonly Piece[],
): State {
  return onParts(state, place, (parts, is) =>
    parts.map((part, i) => (i === place.part ? change(part, is) : part)),
  );
}

const addBlock: Act = (dice, state, { author }) => {
  const { doc, block } = at(dice, state);
  const made = newBlock(dice, state[doc]?.name.endsWith('.php') === true, author);
  return onBlocks(state, doc, (blocks) => blocks.toSpliced(block, 0, made));
};

const addPart: Act = (dice, state, { author }) => {
  const place = at(dice, state);
  return onParts(state, place, (parts, is) =>
    is === 'heading' ? parts : parts.toSpliced(place.part, 0, newPart(dice, is, author)),
  );
};

const removeBlock: Act = (dice, state) => {
  const { doc, block } = at(dice, state);
  return onBlocks(state, doc, (blocks) =>
    blocks.length < 4 ? blocks : blocks.toSpliced(block, 1),
  );
};

const removePart: Act = (dice, state) => {
  const place = at(dice, state);
  return onParts(state, place, (parts) =>
    parts.length < 3 ? parts : parts.toSpliced(place.part, 1),
  );
};

/** Another part in the place of one: nothing of the old one stays, whatever words both happen to have. */
const rewritePart: Act = (dice, state, { author }) =>
  onPart(state, at(dice, state), (_, is) => newPart(dice, is, author));

const rewriteBlock: Act = (dice, state, { author }) => {
  const { doc, block } = at(dice, state);
  return onBlocks(state, doc, (blocks) =>
    blocks.map((old, i) =>
      i === block ? { is: old.is, parts: old.parts.map(() => newPart(dice, old.is, author)) } : old,
    ),
  );
};

/** Some words of a part become others; a word becomes another one or it is left alone. */
const changeWords: Act = (dice, state, { author }) =>
  onPart(state, at(dice, state), (part) => {
    const from = dice.below(part.length);
    const to = from + 1 + dice.below(3);
    return part.map((piece, i) => {
      if (i < from || i >= to || !/^[a-z]+$/.test(piece.text)) return piece;
      const other = word(dice);
      return other === piece.text ? piece : { text: other, by: author };
    });
  });

const addWords: Act = (dice, state, { author }) =>
  onPart(state, at(dice, state), (part) => {
    const made = Array.from({ length: 1 + dice.below(4) }, () => ({
      text: word(dice),
      by: author,
    }));
    return part.toSpliced(1 + dice.below(part.length - 1), 0, ...made);
  });

const moveBlock: Act = (dice, state) => {
  const from = at(dice, state);
  const block = state[from.doc]?.blocks[from.block];
  const code = state.map(({ name }) => name.endsWith('.php'));
  const to = at(dice, state);
  if (block === undefined || code[from.doc] !== code[to.doc]) return state;
  if ((state[from.doc]?.blocks.length ?? 0) < 4) return state;
  const without = onBlocks(state, from.doc, (blocks) => blocks.toSpliced(from.block, 1));
  return onBlocks(without, to.doc, (blocks) => blocks.toSpliced(to.block, 0, block));
};

const movePart: Act = (dice, state) => {
  const from = at(dice, state);
  const block = state[from.doc]?.blocks[from.block];
  const part = block?.parts[from.part];
  if (block === undefined || part === undefined || block.parts.length < 3) return state;
  const to = dice.below(block.parts.length);
  return onParts(state, from, (parts) => parts.toSpliced(from.part, 1).toSpliced(to, 0, part));
};

const wrapAnew: Act = (dice, state) =>
  onDoc(state, dice.below(state.length), (doc) => ({ ...doc, wrap: dice.pick([0, 50, 72, 100]) }));

const rename: Act = (dice, state) => {
  const index = dice.below(state.length);
  return onDoc(state, index, (doc) => ({
    ...doc,
    name: doc.name.replace(/\d*\./, `${dice.below(1e6)}.`),
  }));
};

const addFile: Act = (dice, state, { author }) =>
  state.length > 3
    ? state
    : [...state, newDoc(dice, `new${dice.below(1e6)}.${dice.pick(['md', 'php'])}`, author)];

/** Everything as it was at some earlier time. */
const takeBack: Act = (dice, state, { past }) => (past.length === 0 ? state : dice.pick(past));

/** A block that stood somewhere once is put in again where nothing of it stands. */
const takeBackBlock: Act = (dice, state, { past }) => {
  if (past.length === 0) return state;
  const old = dice.pick(past);
  const block = dice.pick(dice.pick(old).blocks);
  const first = block.parts[0];
  const stands = state.some((doc) => doc.blocks.some(({ parts }) => parts.includes(first ?? [])));
  const index = state.findIndex(({ name }) => name.endsWith('.php') === (block.is === 'code'));
  if (stands || index < 0) return state;
  const { block: where } = at(dice, state.slice(index, index + 1));
  return onBlocks(state, index, (blocks) => blocks.toSpliced(where, 0, block));
};

/** All that is done, with how often. */
export const ACTS: readonly (readonly [number, Act])[] = [
  [4, addBlock],
  [6, addPart],
  [2, removeBlock],
  [4, removePart],
  [6, rewritePart],
  [2, rewriteBlock],
  [10, changeWords],
  [6, addWords],
  [4, moveBlock],
  [4, movePart],
  [2, wrapAnew],
  [1, rename],
  [1, addFile],
  [1, takeBack],
  [2, takeBackBlock],
];
