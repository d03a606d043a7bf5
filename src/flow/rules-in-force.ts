import { readManifest } from '../core/rule-manifest.ts';
import type { RuleManifest } from '../core/rule-manifest.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { PracticeRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

/** How the rules at hand stand to those in force. */
export type Standing =
  | { readonly is: 'unfounded' }
  /** The set in force was accepted before sets were kept whole: it cannot be shown or compared. */
  | { readonly is: 'unkept'; readonly practice: PracticeRow }
  | { readonly is: 'same'; readonly practice: PracticeRow }
  | Other;

/** Another set is in force than the one at hand. */
export type Other = {
  readonly is: 'other';
  readonly practice: PracticeRow;
  /** What the set in force is made of. */
  readonly manifest: RuleManifest;
};

/** Compares the rules that were read from files with the set that is in force for this practice. */
export async function standingOf({
  store,
  library,
}: Pick<World, 'store' | 'library'>): Promise<Standing> {
  const practice = await store.practice();
  if (practice === null) return { is: 'unfounded' };
  const manifest = await manifestInForce(store, practice);
  if (manifest === null) return { is: 'unkept', practice };
  if (practice.policySha256 === library.rules.hash) return { is: 'same', practice };
  return { is: 'other', practice, manifest };
}

/** The manifest of the set in force; null where it was accepted before sets were kept whole. */
export async function manifestInForce(
  store: World['store'],
  { policySha256 }: Pick<PracticeRow, 'policySha256'>,
): Promise<RuleManifest | null> {
  const kept = await store.loreStarting(policySha256);
  return kept === null ? null : (readManifest(kept.text) ?? null);
}

/** The entry that put the set in force: since when, by whom, in place of what. Null where it is none of that type. */
export async function acceptanceOf(
  store: World['store'],
  { lastEntry }: Pick<PracticeRow, 'lastEntry'>,
): Promise<Entry | null> {
  const row = await store.logEntry('all', { id: lastEntry });
  const entry = row === null ? null : readEntry(row.bytes);
  return entry?.type === 'rules.accepted' ? entry : null;
}

/** How a set is named to people: the beginning of its hash, as traces name it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 16);
}
