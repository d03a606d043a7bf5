import { Fault } from '../../core/fault.ts';
import type { Reply } from '../ports/doors.ts';
import type { LogFilter, LogRow, LogRows } from '../ports/record.ts';
import type { World } from '../ports/world.ts';
import { entryWhole, findEntry } from './log-entry.ts';
import { findFilter, reachOf, refuseUnknown, startOf } from './log-find.ts';
import type { LogWorld } from './log-find.ts';
import { lineOf, tongueOf } from './log-lines.ts';
import { readLogWords, typedAgain } from './log-words.ts';
import type { LogWords, Typed } from './log-words.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** Entries in one answer: with the words around them they stay a text one reads. */
export const LINES = 28;

/** `log`: the record, filtered, a page at a time; or one entry in full. */
export async function log(world: World, asked: Asked): Promise<Reply> {
  const words = readLogWords(asked.words);
  refuseHere(words);
  const reach = await reachOf(world, asked.person);
  const tongue = await tongueOf(world);
  const { about } = words;
  if (about.is === 'entry' || about.is === 'place')
    return told(
      ...(await entryWhole({ world, reach, tongue }, await findEntry(world, reach, about))),
    );
  const limit = words.values.limit ?? LINES;
  const filter = await findFilter(world, reach, words);
  const page = await firstPage(world, { words, filter }, { limit });
  if (page.rows.length === 0) return told('No entries.');
  return told(
    `${countWords(page.rows)}. ${readingWords(world)}`,
    ...page.rows.map((row) => lineOf(tongue, row)),
    ...nextWords(words, page, '/aios'),
  );
}

/** Slack alters texts and cuts them: bytes that can be hashed are for the command line, and so are long pages. */
function refuseHere(words: LogWords): void {
  if (words.form !== 'lines')
    throw unexpected(
      'lines to read in Slack',
      `--${words.form}`,
      `The command line has the whole of it: ${typedAgain(words, 'aios')}`,
    );
  const { limit } = words.values;
  if (limit !== undefined && limit > LINES)
    throw unexpected(
      `at most ${LINES} entries at a time in Slack`,
      `--limit ${limit}`,
      `Each page says how to go on. All at once: ${typedAgain(words, 'aios')}`,
    );
}

/** What is listed, found and checked. */
export type Listing = { readonly words: LogWords; readonly filter: LogFilter };

/**
 * The page the words ask for. Throws Fault `not_found` for a cursor that is not there, and `bad_input` when nothing
 * was found because something was named that there is not.
 */
export async function firstPage(
  world: LogWorld,
  { words, filter }: Listing,
  how: { readonly limit: number; readonly bare?: true },
): Promise<LogRows> {
  const page = await world.store.log(filter, { ...startOf(words), ...how });
  if (page === null)
    throw new Fault(
      'not_found',
      'The entry to go on from is not among those you may read. Take it from the end of the page before, or leave it out to begin anew.',
    );
  if (page.rows.length === 0) await refuseUnknown(world, filter, words.values);
  return page;
}

/**
 * The pages the words ask for, each read when the one before it was used up: no more than one is held at a time.
 * Towards older entries there is one page.
 */
export async function* pagesOf(
  world: LogWorld,
  listing: Listing,
  how: { readonly size: number; readonly bare?: true },
): AsyncGenerator<LogRows> {
  const { size, ...bare } = how;
  const { towards } = startOf(listing.words);
  let left = listing.words.values.limit ?? (towards === 'older' ? LINES : Infinity);
  let page: LogRows | null = await firstPage(world, listing, {
    ...bare,
    limit: Math.min(size, left),
  });
  while (page !== null) {
    yield page;
    left -= page.rows.length;
    const cursor = page.next;
    if (cursor === null || left === 0 || towards === 'older') return;
    const limit = Math.min(size, left);
    page = await world.store.log(listing.filter, { ...bare, towards, cursor, limit });
  }
}

function countWords(rows: readonly LogRow[]): string {
  return rows.length === 1 ? '1 entry' : `${rows.length} entries`;
}

/** What one must know to read the lines. */
export function readingWords({ facility }: LogWorld): string {
  return `Times are ${facility.zone}, oldest first; each line ends with its place in its log.`;
}

/** How to go on, exactly as it is typed there. */
export function nextWords(words: LogWords, { next }: LogRows, typed: Typed): readonly string[] {
  if (next === null) return [];
  const { after: _after, before: _before, ...filters } = words.values;
  const again = (cursor: Partial<LogWords['values']>, latest = false): string =>
    typedAgain({ ...words, latest, values: { ...filters, ...cursor } }, typed);
  if (startOf(words).towards === 'older') return [`Earlier ones: ${again({ before: next })}`];
  return [`Later ones: ${again({ after: next })}`, `The latest: ${again({}, true)}`];
}
