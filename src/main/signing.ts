import { join } from 'node:path';
import type { PracticeId } from '../core/id.ts';
import type { Signer } from '../ledger/note.ts';
import { completeKeys, readLogKeys, signersOf, vkeysOf } from '../store/log-keys.ts';
import { keysFolder } from './base.ts';
import type { Base } from './base.ts';
import { logFolder } from './ledger.ts';

/** Who signs for a log now, and every key that ever did, under the name of that log. */
export type Signing = { readonly signers: readonly Signer[]; readonly vkeys: readonly string[] };

/** Opens the key room of a practice for one of its logs. Throws Fault `bad_config` for keys that are missing or unfit. */
export async function signingOf(
  { config, isRehearsal }: Pick<Base, 'config' | 'isRehearsal'>,
  practice: PracticeId,
  origin: string,
): Promise<Signing> {
  const folder = join(logFolder(keysFolder(config, isRehearsal)), practice);
  const place = { folder, practice };
  const keys = completeKeys(place, await readLogKeys(place));
  return { signers: signersOf(keys, origin), vkeys: vkeysOf(keys, origin) };
}
