import type { Dice } from './dice.ts';

const SMALL =
  'the of and to a in is that for it as with on be by this are or from at which an not can if we has its was will all their there one when what so but more you have no do your into may they only how than then out must each also other should these use where any been who between about after before over such same most some both through while because during under against within without'.split(
    ' ',
  );
const PARTS =
  'al ba ce do er fi gra ho in jo ka lo mi na or pe qui ro sa te un ve wi xa yo zu bre cla dri fle glo pri sta tro cha shi tha ple con ment tion per form able ing est'.split(
    ' ',
  );

/** 2,400 made-up words; which of them is used how often follows Zipf's law, as in any language. */
const WORDS = Array.from({ length: 2400 }, (_, i) => {
  const parts = [PARTS[i % 48], PARTS[(i * 7 + 5) % 48], i > 300 ? PARTS[(i * 31 + 11) % 48] : ''];
  return parts.join('') + (i > 2303 ? 'a' : '');
});

export function word(dice: Dice): string {
  if (dice.chance(0.42)) return SMALL[zipf(dice, SMALL.length)] ?? 'the';
  return WORDS[zipf(dice, WORDS.length)] ?? 'alba';
}

/** A place below `n`, the first ones most often: the inverse of the sum of 1/x. */
function zipf(dice: Dice, n: number): number {
  return Math.min(n - 1, Math.floor(Math.exp(dice.next() * Math.log(n + 1)) - 1));
}

/** A sentence as its words, the last with its point, some with a comma. */
export function sentence(dice: Dice): string[] {
  const words = Array.from({ length: 4 + dice.below(16) }, () => word(dice));
  return words.map((text, i) => {
    const first = i === 0 ? text.charAt(0).toUpperCase() + text.slice(1) : text;
    if (i === words.length - 1) return `${first}.`;
    return dice.chance(0.08) ? `${first},` : first;
  });
}

/** A line of code as what stands between its spaces. */
export function codeLine(dice: Dice): string[] {
  const name = (): string => `${WORDS[zipf(dice, 200)] ?? 'x'}`;
  return dice.pick([
    () => [`$${name()}`, '=', `$this->${name()}(`, `$${name()},`, `'${name()}'`, ');'],
    () => ['if', `(`, `$${name()}`, '===', `null`, `)`, 'return', `$${name()};`],
    () => ['return', `new`, `${name()}(`, `$${name()},`, `${dice.below(100)}`, ');'],
    () => ['//', word(dice), word(dice), word(dice), word(dice), word(dice)],
    () => [`echo`, `esc_html(`, `$${name()}->${name()}`, ');'],
  ])();
}
