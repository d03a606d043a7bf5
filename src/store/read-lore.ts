import type { Store } from '../flow/ports/store.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

type Part = Pick<Store, 'loreAmong' | 'loreStarting' | 'loreTexts'>;
type Kept = { readonly sha256: string; readonly text: string };

/** Reads of the texts that are kept for ever. */
export function loreReads(sql: Sql): Part {
  return {
    loreAmong: async (hashes) => {
      const kept = await all(
        sql<{ sha256: string }[]>`select sha256 from lore where sha256 = any(${[...hashes]})`,
      );
      return new Set(kept.map((row) => row.sha256));
    },
    loreTexts: async (hashes) => {
      const kept = await all(
        sql<Kept[]>`select sha256, text from lore where sha256 = any(${[...hashes]})`,
      );
      return new Map(kept.map((row) => [row.sha256, row.text]));
    },
    loreStarting: (hex) =>
      one(sql<Kept[]>`
        select sha256, text from lore where sha256 >= ${hex} and sha256 < ${`${hex}g`} limit 1`),
  };
}
