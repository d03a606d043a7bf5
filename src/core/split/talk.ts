import type { SplitWords } from '../cue.ts';
import { sayWork } from './verbs.ts';
import { firstSaid, holdsMaterial, stemsOf, tokens } from '../words.ts';

const LONGEST_TALK = { words: 14, characters: 200 };

/** "A thank-you note" is no thanks. */
const NAMES_A_THING = /^(?:and\s+)?(?:a|an|one|two|the)\b/i;

/** "👍" and nothing else. */
const PICTURES = /^\s*(?:\p{Extended_Pictographic}[\p{Emoji_Component}\s]*)+$/u;

/**
 * Greetings, thanks and the like: short, opened by a phrase of the list, and without any word of work. What was brought along
 * is never talk, however it is thanked for in the same breath.
 */
export function isTalk(text: string, words: SplitWords): boolean {
  if (text.length > LONGEST_TALK.characters || holdsMaterial(text)) return false;
  const said = tokens(text);
  if (said.length === 0) return PICTURES.test(text);
  if (said.length > LONGEST_TALK.words) return false;
  if (sayWork(said, words) || NAMES_A_THING.test(text)) return false;
  const phrase = firstSaid(stemsOf(said.slice(0, 4).join(' ')), words.context);
  return phrase !== undefined;
}
