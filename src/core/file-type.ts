/** Lower-case extensions of file names, sorted, each once. A name without one has the type `none`. */
export function typesOf(names: readonly string[]): readonly string[] {
  const types = names.map(
    (name) => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? 'none',
  );
  return [...new Set(types)].sort();
}

/** An ending longer than this may be words of a person, and those never stand in an entry; these are known to be none. */
const PLAIN_TYPE =
  /^(?:[a-z0-9]{1,5}|markdown|geojson|graphql|svelte|jsonld|ndjson|sqlite|numbers|keynote|sketch|webmanifest)$/;

/** Types as an entry may hold them, and as rules decide on them: sorted, each once. */
export function plainTypes(types: readonly string[]): readonly string[] {
  return [...new Set(types.map((type) => (PLAIN_TYPE.test(type) ? type : 'other')))].sort();
}
