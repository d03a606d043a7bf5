/** `1`, `1 and 2`, `1, 2 and 3`. */
export function listText(items: readonly (string | number)[]): string {
  const all = items.map(String);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
