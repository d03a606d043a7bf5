import { placeNamed, placeText } from './placeholder.ts';
import type { Odd, PlaceName } from './placeholder.ts';

/** Of one list so many are named: a model needs no more to see what is meant. */
const MOST_NAMED = 20;

/**
 * What a model is told of placeholders in its answer that stand for nothing, a line each: how the one it meant is written,
 * or that there is none. `given` are those it was sent. No value is in it, and no placeholder is spelled out but one that was given:
 * so nothing goes out that would have to be put back.
 */
export function brokenLines(
  odd: readonly Pick<Odd, 'text'>[],
  given: readonly PlaceName[],
): readonly string[] {
  const lines = odd.flatMap(({ text }) => {
    const place = placeNamed(text);
    return place === undefined ? [] : [lineOf(place, given)];
  });
  return [...new Set(lines)].slice(0, MOST_NAMED);
}

function lineOf(place: PlaceName, given: readonly PlaceName[]): string {
  const name = `${place.kind} ${place.number}`;
  const alike = given.filter(({ kind }) => kind === place.kind);
  if (alike.some(({ number }) => number === place.number))
    return `${name} is written ${placeText(place)}, in exactly these characters.`;
  if (alike.length === 0) return `There is no ${name}: you were given none of this kind.`;
  const named = alike.slice(0, MOST_NAMED).map(placeText).join(', ');
  const more = alike.length > MOST_NAMED ? ` and ${alike.length - MOST_NAMED} more` : '';
  return `There is no ${name}: of this kind you were given ${named}${more}.`;
}
