import { randomBytes } from 'node:crypto';
import type { EntryDraft } from '../core/entry.ts';
import type { EntryId } from '../core/id.ts';
import { seal } from '../ledger/seal.ts';
import { entryRow } from './commit.ts';
import type { Stamp } from './commit.ts';
import type { Sql } from './connect.ts';
import type { LedgerDeps } from './look-logs.ts';

/** What writes entries of the ledger about itself: it needs to know what every entry says of the program. */
export type Keeper = LedgerDeps & { readonly stamp: Stamp };

/** An entry that was just written: its place in the table, and its leaf hash. */
export type Written = { readonly id: number; readonly leaf: Buffer };

/** Writes an entry of the ledger about itself. A person began it, on the command line: it has no cause. */
export async function writeOwn(
  tx: Sql,
  { clock, stamp }: Keeper,
  draft: Omit<EntryDraft, 'actor'>,
): Promise<Written> {
  const sealed = seal(
    { ...draft, actor: { kind: 'system', id: 'sequencer' } },
    {
      id: clock.newId<EntryId>(),
      nonce: randomBytes(16).toString('hex'),
      at: clock.now(),
      cause: null,
      build: stamp.build,
      policy: stamp.policy(),
      origin: stamp.origin,
    },
  );
  const [row] = await tx<Written[]>`insert into entry ${tx(entryRow(sealed))} returning id, leaf`;
  if (row === undefined) throw new Error('an insert came back without a row');
  return row;
}
