import type { Answer } from '../../core/answer.ts';
import type { AttemptId } from '../../core/id.ts';
import { placesOf, placeText } from '../../core/placeholder.ts';
import { brokenLines } from '../../core/placeholder-words.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { World } from '../ports/world.ts';
import type { Begun } from './begin.ts';
import { bringBack } from './bring-back.ts';
import type { Unrestored } from './bring-back.ts';
import { promptText } from './keep-prompt.ts';
import { nextIfRoom } from './next.ts';
import { once, withMore } from './take-turn.ts';
import type { More, Taken, Turn, Untaken } from './take-turn.ts';

/** An answer that can be used. The attempt of `begun` is still open. */
export type Answered = {
  readonly is: 'answer';
  readonly begun: Begun;
  /** What the lane gave for this answer. */
  readonly result: LaneResult;
  readonly answer: Answer;
  readonly files: readonly NamedFile[];
  /** What in it reads like a placeholder and stands for nothing. */
  readonly unrestored: readonly Unrestored[];
  /** Of an answer that was kept although its repair came after it: who wrote it, and what the repair came to, whose attempt is open. */
  readonly kept?: { readonly author: AttemptId; readonly repair: Answered | Untaken };
};

type TakenAnswer = Extract<Taken<Answer>, { is: 'taken' }>;

/** What was taken, with the values in it again. */
export function answeredBy({ begun, result, value }: TakenAnswer): Answered {
  const { answer, unrestored } = bringBack(begun.wayOut, value, sentFirst(begun));
  return {
    is: 'answer',
    begun,
    result,
    answer,
    files: answer.deliverable_files.map(fileOf),
    unrestored,
  };
}

export function fileOf({ name, text }: Answer['deliverable_files'][number]): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/** What this work began with: what a repair adds is no text of the client's. */
function sentFirst({ system, material }: Begun): string {
  return promptText(system, material);
}

/**
 * An answer whose placeholders can all be put back, as it is. Any other is asked for once more, if the one repair of this
 * work is not used and every budget has room; then the better of both is kept, and a person sees what is still broken.
 */
export async function placesRepaired(
  world: World,
  turn: Turn<Answer>,
  first: Answered,
): Promise<Answered> {
  const { begun, result, answer, unrestored } = first;
  if (unrestored.length === 0 || begun.repaired || answer.fit !== 'mine') return first;
  const { material: before } = turn;
  const material = await withMore(world, begun, { material: before, ...repairWords(first) });
  const again = await nextIfRoom(world, begun, {
    result,
    outcome: 'placeholders_broken',
    purpose: 'repair',
    rule: 'REPAIR-PLACEHOLDERS',
    material,
  });
  if (again === null) return first;
  const taken = await once(world, { ...again, repaired: true }, { ...turn, material });
  const repair = taken.is === 'taken' ? answeredBy(taken) : taken;
  if (repair.is === 'answer' && isBetter(repair, first)) return repair;
  return { ...first, begun: repair.begun, kept: { author: begun.attempt.id, repair } };
}

/** Our own words alone: what a placeholder stands for is in none of them. */
function repairWords({ begun, unrestored }: Answered): Omit<More, 'material'> {
  const lines = brokenLines(unrestored, placesOf(sentFirst(begun))).map((line) => `- ${line}`);
  const says = 'In your last answer stood placeholders that stand for nothing:';
  return {
    before: [says, ...lines].join('\n'),
    block: null,
    after: 'Answer again, complete, with every placeholder exactly as it was given to you.',
  };
}

/**
 * Whether a repair is better. What it lost of the placeholders that were right counts as broken: a person is shown what is broken,
 * and nobody sees what is missing.
 */
function isBetter(repair: Answered, first: Answered): boolean {
  if (repair.answer.fit !== 'mine' || repair.files.length < first.files.length) return false;
  return repair.unrestored.length + lost(repair, first) < first.unrestored.length;
}

function lost(repair: Answered, first: Answered): number {
  const given = new Set(placesOf(sentFirst(first.begun)).map(placeText));
  const held = new Set(placesOf(repair.result.text).map(placeText));
  const before = placesOf(first.result.text).map(placeText);
  return before.filter((place) => given.has(place) && !held.has(place)).length;
}
