import type { Finding } from '../ledger/history.ts';
import { readManifest } from '../core/rule-manifest.ts';
import type { RuleManifest } from '../core/rule-manifest.ts';
import type { Sql } from './connect.ts';
import { damaged, fault } from './verify-lore.ts';
import type { Text } from './verify-lore.ts';

/** Rule sets by the SHA-256 of their manifest: entries were written under them, they were accepted, they are kept whole. */
export type RuleSets = {
  readonly named: readonly string[];
  readonly accepted: readonly string[];
  readonly kept: readonly string[];
};

/**
 * Whether every rule set under which something was written was accepted, and whether those that are kept whole are there
 * with every file. Where no log was read that says what was accepted, only the second.
 */
export async function compareRuleSets(
  tx: Sql,
  { named, accepted, kept }: RuleSets,
): Promise<readonly Finding[]> {
  const manifests = await textsOf(tx, kept);
  const parts = [...new Set(kept.flatMap((hash) => partsOf(manifests.get(hash))))];
  const texts = await textsOf(tx, parts);
  return [
    ...kept.flatMap((hash) => wrongManifest(hash, manifests.get(hash))),
    ...parts.flatMap((hash) => wrongPart(hash, texts.get(hash))),
    ...(accepted.length === 0 ? [] : named.filter((hash) => !accepted.includes(hash))).map((hash) =>
      fault(
        `rule set ${hash}`,
        'expected an entry that accepted it, for entries were written under it, got none',
      ),
    ),
  ];
}

async function textsOf(tx: Sql, hashes: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  const rows = await tx<Text[]>`
    select sha256, text from lore where sha256 = any(${[...hashes]})`;
  return new Map(rows.map((row) => [row.sha256, row]));
}

function partsOf(kept: Text | undefined): readonly string[] {
  const manifest = manifestIn(kept);
  if (manifest === undefined) return [];
  return [...manifest.files.values(), ...[...manifest.rules.values()].map((rule) => rule.sha256)];
}

function manifestIn(kept: Text | undefined): RuleManifest | undefined {
  return kept === undefined ? undefined : readManifest(kept.text);
}

function wrongManifest(hash: string, kept: Text | undefined): readonly Finding[] {
  const place = `rule set ${hash}`;
  if (kept === undefined)
    return [fault(place, 'expected the list of its files and rules, got none')];
  if (damaged(kept).length > 0) return damaged(kept);
  return manifestIn(kept) === undefined
    ? [fault(place, 'expected the list of its files and rules, got another text')]
    : [];
}

function wrongPart(hash: string, kept: Text | undefined): readonly Finding[] {
  return kept === undefined
    ? [fault(`text ${hash}`, 'expected the text of a file or rule of an accepted set, got none')]
    : damaged(kept);
}
