import type { Invariant } from './invariant.ts';

export const client: Invariant = {
  name: 'client',
  holds: 'A log is about one client, or about none.',
  level: 'fault',
  of: 'all',
  broken: ({ entry, past }) =>
    past.client === undefined || past.client === entry.client
      ? undefined
      : `expected ${clientNamed(past.client)}, as in the entries before, got ${clientNamed(entry.client)}`,
};

function clientNamed(id: string | null): string {
  return id === null ? 'no client' : `the client ${id}`;
}
