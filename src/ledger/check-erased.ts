import type { EntryValue } from '../core/entry.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

export const erased: Invariant = {
  name: 'erased',
  holds: 'A body is erased once.',
  level: 'fault',
  of: ['content.erased'],
  broken,
};

function broken({ entry, past }: Now): string | undefined {
  const { bodies } = entry.data;
  if (!Array.isArray(bodies)) return undefined;
  const again = (bodies as readonly EntryValue[]).find((id) => past.erased.has(said(id)));
  return again === undefined
    ? undefined
    : `expected the body ${said(again)} to be erased once, got it again`;
}
