import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { daysText, dateText } from '../../core/local-time.ts';
import { moment } from '../../core/moment.ts';
import type { ClientRow } from '../../flow/ports/rows-settings.ts';
import type { World } from '../../flow/ports/world.ts';
import { checkBundle } from '../../ledger/bundle.ts';
import type { Checked } from '../../ledger/bundle.ts';
import type { Files } from '../../ledger/bundle-files.ts';
import { readLog } from '../../ledger/bundle-log.ts';
import type { Log } from '../../ledger/bundle-log.ts';
import type { Span } from '../../ledger/sum-types.ts';
import type { Base } from '../../main/base.ts';
import { signingOf } from '../../main/signing.ts';
import { makeBundle } from '../../report/statement/bundle.ts';
import type { Labels } from '../../report/statement/labels.ts';
import { connect } from '../../store/connect.ts';
import type { Sql } from '../../store/connect.ts';
import { newestEntry, readStatement, ruleTextsOf } from '../../store/read-statement.ts';
import type { StatementRead } from '../../store/read-statement.ts';
import { TOP } from '../../config.ts';
import { offsetsOf, spanOf } from './days.ts';
import type { Days } from './days.ts';

export type StatementAsk = {
  readonly client: ClientRow;
  readonly days: Days;
  /** How the practice calls itself on the page; undefined for the name of its owner. */
  readonly practice: string | undefined;
};

/** A statement as it would be handed over, checked by the very program that comes with it. */
export type Made = {
  readonly files: Files;
  readonly number: string;
  readonly span: Span;
  readonly size: number;
  readonly root: string;
  /** Verifier keys of the log. */
  readonly keys: readonly string[];
  readonly checked: Checked;
};

/** The parts of a running AIOS that a statement is made with. */
export type Maker = { readonly world: World; readonly base: Base };

/**
 * Makes the statement of a client over whole days, of everything recorded up to now. Writes nothing. Throws Fault
 * `bad_input` for days in which nothing was recorded, `unavailable` (retry) while something waits for its signature,
 * `bad_config` for a key that is missing, and `conflict` when the record does not stand up to its own check.
 */
export async function makeStatement({ world, base }: Maker, ask: StatementAsk): Promise<Made> {
  const span = spanOf(ask.days, base.config.zone);
  const sql = connect(base.data.urls.reader, 1);
  try {
    const read = await readSigned({ world, base }, sql, ask.client);
    const log = readLog(read.entries, { span, sizes: new Set() });
    refuseEmpty(log, { span, ask, zone: base.config.zone });
    return await bundled({ world, base }, { ask, span, read, log, sql });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Everything recorded up to now, in its log and signed. */
async function readSigned(
  { world, base }: Maker,
  sql: Sql,
  { id }: ClientRow,
): Promise<StatementRead> {
  const newest = await newestEntry(sql, id);
  // Without a mark something is wrong, and a round says what.
  if ((await world.marks.of(id)) === null) await base.ledger.round();
  return readStatement(sql, id, newest);
}

type Told = { readonly span: Span; readonly ask: StatementAsk; readonly zone: string };

function refuseEmpty({ sums, firstAt, lastAt }: Log, { span, ask, zone }: Told): void {
  if (sums.entries > 0) return;
  const day = (at: number): string =>
    dateText(moment(at), offsetsOf(zone, { from: moment(at), to: moment(at) }));
  const has =
    firstAt === null || lastAt === null
      ? 'holds nothing yet'
      : `goes from ${day(firstAt)} to ${day(lastAt)}`;
  throw new Fault(
    'bad_input',
    `Nothing was recorded for ${ask.client.slug} in ${daysText(span.from, span.to, offsetsOf(zone, span))}: its record ${has}. Nothing was written. Choose other days with --from and --to.`,
  );
}

type Parts = {
  readonly ask: StatementAsk;
  readonly span: Span;
  readonly read: StatementRead;
  readonly log: Log;
  readonly sql: Sql;
};

async function bundled(
  { world, base }: Maker,
  { ask, span, read, log, sql }: Parts,
): Promise<Made> {
  const { origin } = read.log;
  const made = world.clock.now();
  const { signers, vkeys } = await signingOf(base, read.practice, origin);
  const files = makeBundle({
    origin,
    span,
    made,
    offsets: offsetsOf(base.config.zone, clockSpan(log, span, made)),
    entries: read.entries,
    log,
    checkpoint: read.checkpoint,
    keys: vkeys,
    texts: await ruleTextsOf(sql, log.rules),
    labels: labelsFor(world, ask, read),
    verifier: await verifierFile(),
    signers,
  });
  const checked = checkBundle(files, { keys: vkeys, earlier: [] });
  refuseUnsound(checked);
  const number = checked.manifest?.number ?? '';
  return {
    files,
    number,
    span,
    size: log.size,
    root: log.root.toString('hex'),
    keys: vkeys,
    checked,
  };
}

/** From the first to the last moment that is told: the clocks in between must be known. */
function clockSpan({ firstAt }: Log, span: Span, made: number): Span {
  return {
    from: moment(Math.min(firstAt ?? span.from, span.from)),
    to: moment(Math.max(span.to, made)),
  };
}

function labelsFor(
  world: World,
  { client, practice }: StatementAsk,
  { people, owner }: StatementRead,
): Labels {
  const { rules, personas } = world.library;
  return {
    client: client.name,
    practice: practice ?? (owner === null ? 'The practice' : `The practice of ${owner}`),
    kinds: new Map([...rules.kinds].map(([id, { title }]) => [id, title])),
    personas: new Map([...personas.byId].map(([id, { title }]) => [id, title])),
    people,
  };
}

/** The program that comes with the statement, as it was built. */
async function verifierFile(): Promise<Uint8Array> {
  const file = join(TOP, 'dist', 'verifier', 'verify.mjs');
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Fault(
      'bad_config',
      `Expected the verifier at ${file}, found none. Run: npm run build`,
      { cause },
    );
  }
}

/** What would not be accepted by the client is not handed over. */
function refuseUnsound({ findings }: Checked): void {
  const faults = findings.filter(({ level }) => level === 'fault');
  const [first] = faults;
  if (first === undefined) return;
  throw new Fault(
    'conflict',
    `The record does not stand up to its own check, so no statement is made of it: ${first.place}: ${first.says}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}. Look with: aios ledger verify`,
  );
}
