import { beforeOf, isWeak } from './border.ts';
import type { Border } from './border.ts';
import { isBrought } from './border-phrases.ts';
import type { Held } from './other-work.ts';
import { holding, isOther, isPlainlyOther } from './other-work.ts';
import type { BorderSign } from './points.ts';

/** "Do it again", "is that allowed": it speaks of what was said before. */
const POINTS_TO = /\b(?:it|its|it's|that|them|they|this|these|those)\b/i;
/** "For the editors", "in English": to whom, where or how. */
const PREPOSITION = /^(?:for|in|with|by|on|to|from|at|of|per|as|like|under|over)\b/i;
/** "It's plain text now", "they were signed off": what the thing is like. */
const IT_IS =
  /^(?:it|they|that|this|these|those|he|she)(?:'s|'re| is| are| was| were| has| have| does| do)\b/i;
/** Longer words are what a text is about. */
const SHORTEST_TOPIC = 4;
const FEW = 4;

/** What can be said of a border by how what comes goes with what went before and with what follows. */
export function neighboursAt(border: Border): readonly BorderSign[] {
  return holding([...alikeInWords(border), ...pointing(border), ...readingOn(border)]);
}

function alikeInWords({ piece, right }: Border): readonly Held[] {
  const said = right.words;
  const before = piece.map(({ words }) => words);
  const isSaid = (word: string): boolean => before.some((words) => words.includes(word));
  const common = said.filter((word) => word.length >= SHORTEST_TOPIC && isSaid(word)).length;
  const isParted = !isWeak(right);
  const [first, second] = said;
  return [
    [`words in common ${Math.min(common, 3) as 0 | 1 | 2 | 3}`, true],
    ['begins with the same word', isParted && before.some((words) => words[0] === first)],
    [
      'begins with the same two words',
      isParted &&
        said.length > 2 &&
        before.some((words) => words[0] === first && words[1] === second),
    ],
  ];
}

function pointing({ right, isAsked }: Border): readonly Held[] {
  const points = POINTS_TO.test(right.text);
  const isPhrase = PREPOSITION.test(right.text);
  return [
    ['points to it', points],
    ['told, and pointed to', points && !isAsked],
    ['asks, pointing to it', points && right.form === 'question'],
    ['begins with a preposition', isPhrase],
    ['only a prepositional phrase', isPhrase && right.words.length < FEW],
    ['says what it is', IT_IS.test(right.text)],
  ];
}

/** How it goes on: with other work, or with what was asked before, which makes it an aside. */
function readingOn(border: Border): readonly Held[] {
  const { left, right, rest, next } = border;
  const isOfOther = isPlainlyOther(left, right);
  return [
    [`${right.joint} and other work`, isOfOther],
    ['other work in the sentence', rest.slice(1).some((one) => isPlainlyOther(left, one))],
    ['other work next', next !== undefined && isPlainlyOther(right, next)],
    ['an aside of other work', isOther(left, right) && next?.likely.doer === left.likely.doer],
    ['after what is brought along', isBrought(beforeOf(border))],
  ];
}
