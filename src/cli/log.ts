import { pipeline } from 'node:stream/promises';
import { Fault } from '../core/fault.ts';
import { entryWhole, findEntry } from '../flow/command/log-entry.ts';
import { findFilter, reachOf, startOf } from '../flow/command/log-find.ts';
import type { LogWorld } from '../flow/command/log-find.ts';
import { lineOf, tongueOf } from '../flow/command/log-lines.ts';
import type { Tongue } from '../flow/command/log-lines.ts';
import { readLogWords } from '../flow/command/log-words.ts';
import type { LogWords } from '../flow/command/log-words.ts';
import { nextWords, pagesOf, readingWords } from '../flow/command/log.ts';
import type { Listing } from '../flow/command/log.ts';
import { userIn } from '../flow/command/words.ts';
import type { LogRow, LogRows, Reach } from '../flow/ports/record.ts';
import { LOG_HEAD, logRow } from '../report/log-table.ts';
import type { Config } from '../config.ts';
import { onBase } from './on-base.ts';

/** Entries read and written at a time: more are never held. */
const PAGE = 1_000;

/**
 * `aios log`: the record on stdout, read page by page as fast as it is taken. The words are those of `/aios log`, and
 * the owner reads; with `--as <Slack id>` somebody else's rights count. `--json` prints the bytes of each entry and a
 * line feed, nothing else. Throws Fault `bad_input` or `not_found`.
 */
export async function log(config: Config, args: readonly string[]): Promise<number> {
  const { as, words } = readWords(args);
  return onBase(config, async ({ parts }) => {
    const world: LogWorld = { ...parts, facility: { zone: config.zone } };
    const tongue = await tongueOf(world);
    await print(textOf({ world, tongue, words, reach: await reachAs(world, as) }));
    return 0;
  });
}

function readWords(args: readonly string[]): {
  readonly as: string | null;
  readonly words: LogWords;
} {
  const at = args.findIndex((arg) => /^--as(=|$)/.test(arg));
  const inline = args[at]?.split('=', 2)[1];
  const as = at === -1 ? null : userIn(inline ?? args[at + 1]);
  const words = readLogWords(at === -1 ? args : args.toSpliced(at, inline === undefined ? 2 : 1));
  const { limit } = words.values;
  if (startOf(words).towards === 'older' && limit !== undefined && limit > PAGE)
    throw new Fault(
      'bad_input',
      `Expected --limit of at most ${PAGE} with --latest or --before, got ${limit}. From the oldest on there is no limit: --from or --after says where to begin.`,
    );
  return { as, words };
}

/** The rights of somebody AIOS has met; without a name those of the owner, whose machine it is. */
async function reachAs(world: LogWorld, as: string | null): Promise<Reach> {
  if (as === null) return 'all';
  const person = (await world.store.people()).find((one) => one.slackUser === as);
  if (person === undefined)
    throw new Fault(
      'not_found',
      `Expected the Slack id of somebody who wrote to AIOS before, got "${as}".`,
    );
  if (person.role === 'guest')
    throw new Fault('not_allowed', 'Guests read nothing of the record, and this is a guest.');
  return reachOf(world, person);
}

type Asked = {
  readonly world: LogWorld;
  readonly tongue: Tongue;
  readonly words: LogWords;
  readonly reach: Reach;
};

async function* textOf(asked: Asked): AsyncGenerator<string | Uint8Array> {
  const { world, words, reach } = asked;
  const { about } = words;
  const form = FORMS[words.form];
  if (about.is === 'entry' || about.is === 'place') {
    const row = await findEntry(world, reach, about);
    if (words.form === 'lines') yield `${(await entryWhole(asked, row)).join('\n')}\n`;
    else yield* [form.head(asked), form.rows(asked, [row])];
    return;
  }
  yield* listed(asked, { words, filter: await findFilter(world, reach, words) });
}

/** The head comes with the first page: what is refused leaves nothing behind on stdout. */

async function* listed(asked: Asked, listing: Listing): AsyncGenerator<string | Uint8Array> {
  const { words, world } = asked;
  const form = FORMS[words.form];
  const bare = words.form === 'json' ? ({ bare: true } as const) : {};
  let head = form.head(asked);
  let last: LogRows = { rows: [], next: null };
  for await (last of pagesOf(world, listing, { size: PAGE, ...bare })) {
    yield* [head, form.rows(asked, last.rows)];
    head = '';
  }
  if (words.form !== 'lines') return;
  if (last.rows.length === 0) yield 'No entries.\n';
  for (const text of nextWords(words, last, 'aios')) yield `${text}\n`;
}

type Form = {
  readonly head: (asked: Asked) => string;
  readonly rows: (asked: Asked, rows: readonly LogRow[]) => string | Uint8Array;
};

const LINE_FEED = Buffer.from('\n');

const FORMS: Readonly<Record<LogWords['form'], Form>> = {
  lines: {
    head: ({ world }) => `${readingWords(world)}\n`,
    rows: ({ tongue }, rows) => rows.map((row) => `${lineOf(tongue, row)}\n`).join(''),
  },
  json: {
    head: () => '',
    rows: (_asked, rows) => Buffer.concat(rows.flatMap(({ bytes }) => [bytes, LINE_FEED])),
  },
  csv: {
    head: () => LOG_HEAD,
    rows: ({ tongue }, rows) =>
      rows
        .map((row) => logRow(row, row.place === null ? '' : tongue.log(row.place.client)))
        .join(''),
  },
};

/** Waits for whoever reads; when they have read enough and close the pipe, as `head` does, that is a good end. */
async function print(text: AsyncGenerator<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(text, process.stdout, { end: false });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPIPE') throw thrown;
  }
}
