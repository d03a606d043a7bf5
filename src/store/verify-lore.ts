import type { Finding } from '../ledger/history.ts';
import { sha256 } from '../core/draft.ts';
import type { Sql } from './connect.ts';

/** What entries refer to: rules as `file#id@hash`, other published texts by their SHA-256. */
export type Named = { readonly rules: readonly string[]; readonly texts: readonly string[] };

export type Text = { readonly sha256: string; readonly text: string };

/** The least that a reference says of a hash. */
const PREFIX = 16;

/** Whether every text that entries name is kept, says what its hash says, and is that of the rule that was named. */
export async function compareLore(tx: Sql, { rules, texts }: Named): Promise<readonly Finding[]> {
  const named = [...new Map(rules.map((ref) => [ref, readRef(ref)])).values()];
  const prefixes = [...named.map(({ hash }) => hash), ...texts].map((hash) =>
    hash.slice(0, PREFIX),
  );
  const kept = await tx<Text[]>`
    select sha256, text from lore where left(sha256, ${PREFIX}) = any(${[...new Set(prefixes)]})`;
  return [
    ...kept.flatMap(damaged),
    ...named.flatMap((rule) => missingRule(rule, kept)),
    ...texts
      .filter((hash) => !kept.some((text) => text.sha256 === hash))
      .map((hash) => fault(`text ${hash}`, 'expected the text that entries name, got none')),
  ];
}

type Ref = { readonly ref: string; readonly id: string; readonly hash: string };

function readRef(ref: string): Ref {
  const [, id = '', hash = ''] = /#([^@]*)@(.*)$/.exec(ref) ?? [];
  return { ref, id, hash };
}

function missingRule({ ref, id, hash }: Ref, kept: readonly Text[]): readonly Finding[] {
  const found = kept.find((text) => text.sha256.startsWith(hash));
  if (found === undefined)
    return [
      fault(
        `rule ${ref}`,
        'expected the text of this rule, got none: what it said cannot be shown',
      ),
    ];
  return found.text.includes(id)
    ? []
    : [fault(`rule ${ref}`, `expected a text that names ${id}, got one that does not`)];
}

export function damaged({ sha256: hash, text }: Text): readonly Finding[] {
  const now = sha256(text);
  return now === hash
    ? []
    : [fault(`text ${hash}`, `expected a text of this hash, got one of ${now}: it was changed`)];
}

export function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}
