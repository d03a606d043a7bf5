/** As many texts as are asked about again and again while one piece of a request is read. */
const REMEMBERED = 32;
/** Longer ones are files, read once. */
const LONGEST = 2_000;

/**
 * A function that remembers what it made of the last few texts. A ring and no Map: what a Map forgets stays alive until the
 * next full collection, and costs more than it saved.
 */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const texts = Array.from({ length: REMEMBERED }, () => '');
  const made = texts.map(make);
  let next = 0;
  return (text) => {
    if (text.length > LONGEST) return make(text);
    const at = texts.indexOf(text);
    if (at >= 0) return made[at] as T;
    const one = make(text);
    texts[next] = text;
    made[next] = one;
    next = (next + 1) % REMEMBERED;
    return one;
  };
}
