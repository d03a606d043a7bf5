/**
 * The roles a program may log in with, each with as few rights as its work needs: `writer` adds to the record,
 * `sequencer` puts entries into logs, `reader` sees one client at a time, `eraser` makes bodies unreadable.
 * The tables belong to `aios_owner`, as which nobody logs in.
 */
export const STORE_ROLES = {
  writer: 'aios_writer',
  sequencer: 'aios_sequencer',
  reader: 'aios_reader',
  eraser: 'aios_eraser',
} as const;
export type StoreRole = keyof typeof STORE_ROLES;

/** One text for each role: a password, or the URL it logs in with. */
export type ByRole = Readonly<Record<StoreRole, string>>;

/** Makes one text for each role. */
export async function forEachRole(make: (role: StoreRole) => Promise<string>): Promise<ByRole> {
  const roles = Object.keys(STORE_ROLES) as StoreRole[];
  const made: (readonly [StoreRole, string])[] = [];
  for (const role of roles) made.push([role, await make(role)]);
  return Object.fromEntries(made) as ByRole;
}
