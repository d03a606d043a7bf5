import { alike, likeliestOf, middleOf } from './alike.ts';
import type { Doers } from './alike.ts';
import type { Border, Stretch } from './border.ts';
import type { Form } from './form.ts';

/** Steps of how alike two readings are, of how sure one is, and of how long something is: 0 below the first. */
const ALIKE = [0.05, 0.15, 0.3, 0.5, 0.7] as const;
const SURE = [0.3, 0.5, 0.7, 0.9] as const;
const PIECE_WORDS = [4, 8, 14, 25] as const;
const STRETCH_WORDS = [3, 5, 8, 12] as const;

type UpTo4 = 0 | 1 | 2 | 3 | 4;
type UpTo5 = UpTo4 | 5;
/** Whether what comes is done by whom the piece so far is done by, by whom the last that was asked is, or by another. */
type Whose = 'same' | 'last' | 'other';

/** What can be said of a border by what its sides read like, and by how long they are. */
export type ReadingSign =
  | `alike to all ${UpTo5}`
  | `alike to one ${UpTo5}`
  | `sentence alike ${UpTo5}`
  | `alike to the next ${UpTo5 | 'none'}`
  | `${Whose} doer ${UpTo4}`
  | `${Whose} doer of the sentence ${UpTo4}`
  | `piece sure ${UpTo4}`
  | `piece long ${UpTo4}`
  | `stretch long ${UpTo4}`
  | `before a ${Form | 'close'}`
  | `then ${Stretch['joint'] | 'nothing'}`;

/** How the sides of a border read: alike or not, surely or not. */
export function readingsAt({ left, piece, right, rest, next }: Border): readonly ReadingSign[] {
  const doers = right.likely.doers;
  const all = middleOf(piece.map(doersOf));
  const sentence = middleOf(rest.map(doersOf));
  const closest = Math.max(...piece.map((stretch) => alike(doersOf(stretch), doers)));
  const whose = whoseAmong(likeliestOf(all)[0], likeliestOf(left.likely.doers)[0]);
  return [
    `alike to all ${stepOf<UpTo5>(alike(all, doers), ALIKE)}`,
    `alike to one ${stepOf<UpTo5>(closest, ALIKE)}`,
    `sentence alike ${stepOf<UpTo5>(alike(all, sentence), ALIKE)}`,
    `alike to the next ${next === undefined ? 'none' : stepOf<UpTo5>(alike(doers, next.likely.doers), ALIKE)}`,
    `${whose(doers)} doer ${stepOf<UpTo4>(likeliestOf(doers)[1], SURE)}`,
    `${whose(sentence)} doer of the sentence ${stepOf<UpTo4>(likeliestOf(sentence)[1], SURE)}`,
    `piece sure ${stepOf<UpTo4>(likeliestOf(all)[1], SURE)}`,
    `piece long ${stepOf<UpTo4>(wordsIn(piece), PIECE_WORDS)}`,
    `stretch long ${stepOf<UpTo4>(wordsIn([right]), STRETCH_WORDS)}`,
    `before a ${next?.form ?? 'close'}`,
    `then ${next?.joint ?? 'nothing'}`,
  ];
}

const doersOf = ({ likely }: Stretch): Doers => likely.doers;

const whoseAmong =
  (ofAll: string, ofLast: string) =>
  (doers: Doers): Whose => {
    const [doer] = likeliestOf(doers);
    if (doer === ofAll) return 'same';
    return doer === ofLast ? 'last' : 'other';
  };

/** How many steps a figure has reached; there is one count more than there are steps. */
function stepOf<Step extends UpTo4 | UpTo5>(figure: number, steps: readonly number[]): Step {
  return steps.filter((step) => figure >= step).length as Step;
}

const wordsIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { words }) => sum + words.length, 0);
