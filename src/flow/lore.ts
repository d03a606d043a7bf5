import { sha256 } from '../core/draft.ts';
import type { Actor, EntryDraft } from '../core/entry.ts';
import type { EntryId } from '../core/id.ts';
import type { Persona, Personas } from '../core/persona.ts';
import type { PriceTable } from '../core/price.ts';
import { manifestOf, manifestText } from '../core/rule-manifest.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { OpenAct } from './act.ts';
import { pricedOf, priceText } from './price-text.ts';
import type { Rows } from './ports/rows.ts';
import type { World } from './ports/world.ts';

/**
 * A text the practice works by, as it is kept for ever, and what the entry says that puts it in force. Whole files of rules
 * have none of their own: the entry that accepts a set names its manifest, and that names them.
 */
type Lore = { readonly row: Rows['lore']; readonly says: Says | null };
type Says = Pick<EntryDraft, 'type' | 'data'>;

/** How entries name the words that stand in no persona's file: they have no version. */
const PREAMBLE = { id: '_preamble', version: 0 };
const PROPOSING = { id: '_propose', version: 0 };

const SYSTEM: Actor = { kind: 'system', id: 'aios' };

/** Every rule, file of rules, persona, price and terms of the library, each once, in the order of their hashes. */
export function loreOf({ rules, personas, prices }: World['library']): readonly Lore[] {
  const all = [...ofSet(rules), ...ofRules(rules), ...ofPersonas(personas), ...ofPrices(prices)];
  const once = new Map(all.map((lore) => [lore.row.sha256, lore]));
  // Two programs that keep the same texts at once wait for one another, and never each for the other.
  return [...once.values()].sort((a, b) => (a.row.sha256 < b.row.sha256 ? -1 : 1));
}

/** Keeps the texts that are new to this practice, each with the entry that says what it is the text of. */
export async function publish(
  { library, store }: Pick<World, 'library' | 'store'>,
  act: OpenAct,
  cause: EntryId,
): Promise<void> {
  const lore = loreOf(library);
  const kept = await store.loreAmong(lore.map(({ row }) => row.sha256));
  for (const { row, says } of lore) {
    if (kept.has(row.sha256)) continue;
    if (says !== null) act.note({ ...says, actor: SYSTEM }, cause);
    act.change({ insert: 'lore', row });
  }
}

/** The set as a whole: its manifest and every file of it. */
function ofSet(rules: RuleSet): readonly Lore[] {
  const manifest = manifestText(manifestOf(rules));
  return [
    { row: { sha256: sha256(manifest), kind: 'rules', text: manifest }, says: null },
    ...[...rules.files.values()].map((text) => ({
      row: { sha256: sha256(text), kind: 'file' as const, text },
      says: null,
    })),
  ];
}

function ofRules({ byId, texts }: RuleSet): readonly Lore[] {
  return [...byId.values()].map(({ file, id, hash }) => ({
    row: { sha256: hash, kind: 'rule', text: textOf(texts, hash) },
    says: { type: 'rule.published', data: { file, id, sha256: hash } },
  }));
}

function ofPersonas({ byId, preamble, proposing, texts }: Personas): readonly Lore[] {
  const shared = [{ ...PREAMBLE, hash: sha256(preamble) }];
  if (proposing !== '') shared.push({ ...PROPOSING, hash: sha256(proposing) });
  const each = [...byId.values(), ...shared];
  return each.map((one) => personaLore(one, textOf(texts, one.hash)));
}

/** The text of a persona's file as it is kept. */
export function personaLore(
  { id, version, hash }: Pick<Persona, 'id' | 'version' | 'hash'>,
  text: string,
): Lore & { readonly says: Says } {
  return {
    row: { sha256: hash, kind: 'persona', text },
    says: { type: 'persona.published', data: { id, version, sha256: hash } },
  };
}

function ofPrices(table: PriceTable): readonly Lore[] {
  return pricedOf(table).map(({ id, priced }) => {
    const text = priceText(priced);
    const hash = sha256(text);
    return {
      row: { sha256: hash, kind: 'price', text },
      says: { type: 'price.published', data: { id, sha256: hash } },
    };
  });
}

/** A library that names a text by its hash holds that text. */
function textOf(texts: ReadonlyMap<string, string>, hash: string): string {
  const text = texts.get(hash);
  if (text === undefined) throw new Error(`the library holds no text with the hash ${hash}`);
  return text;
}
