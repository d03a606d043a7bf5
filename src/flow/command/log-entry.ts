import { Fault } from '../../core/fault.ts';
import type { EntryId } from '../../core/id.ts';
import { leafHash } from '../../ledger/hash.ts';
import { readEntry } from '../../ledger/read.ts';
import type { Entry } from '../../ledger/read.ts';
import { clientIn } from './log-find.ts';
import type { LogWorld } from './log-find.ts';
import { lineOf, placeWords } from './log-lines.ts';
import type { Tongue } from './log-lines.ts';
import type { LogAbout } from './log-words.ts';
import type { LogRow, OneEntry, Place, Reach } from '../ports/record.ts';

export type OneAsked = Extract<LogAbout, { readonly is: 'entry' | 'place' }>;

/** The entry of that id or place. What is out of reach answers like what is not there. Throws Fault `not_found`. */
export async function findEntry(world: LogWorld, reach: Reach, about: OneAsked): Promise<LogRow> {
  const which: OneEntry =
    about.is === 'entry'
      ? { id: about.id }
      : {
          log: about.client === null ? null : await clientIn(world, reach, about.client),
          index: about.index,
        };
  const row = await world.store.logEntry(reach, which);
  if (row !== null) return row;
  throw new Fault(
    'not_found',
    `There is no such entry among those you may read. Lines of \`log\` end with the place of an entry, and --json has ids.`,
  );
}

type Read = { readonly world: LogWorld; readonly reach: Reach; readonly tongue: Tongue };

/**
 * One entry whole: where it stands, its leaf hash, what caused it, the rule behind it as its text stood, and its
 * canonical JSON, indented. Texts of more than one line are one item, so that they keep their indentation.
 */
export async function entryWhole(read: Read, row: LogRow): Promise<readonly string[]> {
  const entry = readEntry(row.bytes);
  return [
    lineOf(read.tongue, row).slice('- '.length),
    `Entry: ${entry.id}`,
    standing(read.tongue, row.place),
    `Leaf hash: ${leafHash(row.bytes).toString('hex')}`,
    await causeWords(read, entry),
    ...(await ruleText(read.world, entry)),
    'The entry, with white space that its bytes do not have:',
    JSON.stringify(JSON.parse(new TextDecoder().decode(row.bytes)), null, 2),
  ];
}

function standing(tongue: Tongue, place: Place | null): string {
  if (place === null)
    return 'Place: none yet; it waits for its place in a log, which takes about a second while AIOS runs.';
  const signed = place.signed
    ? 'a signed checkpoint covers it (a proof of that: aios ledger prove, with its id)'
    : 'the next signed checkpoint will cover it';
  const where = placeWords(tongue, { ...place, signed: true });
  return `Place: ${where}, counted from 0, in epoch ${place.epoch} of its log; ${signed}.`;
}

/** A cause out of reach is named by the id that the entry holds anyway, and nothing is told of it. */
async function causeWords({ world, reach, tongue }: Read, { cause }: Entry): Promise<string> {
  if (cause === null) return 'Caused by: no earlier entry; a person or a clock began it.';
  const row = await world.store.logEntry(reach, { id: cause as EntryId });
  if (row === null) return `Caused by: ${cause}, which is not among what you may read.`;
  const { type, at } = readEntry(row.bytes);
  return `Caused by: ${cause}, ${type} at ${tongue.when(at)}, ${placeWords(tongue, row.place)}`;
}

async function ruleText(world: LogWorld, { rule }: Entry): Promise<readonly string[]> {
  if (rule === null) return [];
  const lore = await world.store.loreStarting(rule.slice(rule.indexOf('@') + 1));
  if (lore === null) return [`Rule: ${rule}, whose text is not kept here.`];
  return [`Rule: ${rule}, as its text stood:`, lore.text.trimEnd()];
}
