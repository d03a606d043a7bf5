import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { Fault, sentenceOf } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import { buildMark, keysFolder } from '../main/base.ts';
import { CLOCK } from '../main/clock.ts';
import { openData } from '../main/data.ts';
import { rehearses } from '../main/lanes.ts';
import { LEDGER_POOL, logFolder } from '../main/ledger.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { lookAtLogs } from '../store/look-logs.ts';
import type { Logs } from '../store/look-logs.ts';
import type { Keeper } from '../store/own-entry.ts';
import type { Config } from '../config.ts';

/** What a word of `aios ledger` works with: both sides of the ledger, whether AIOS runs or not. */
export type Desk = {
  readonly keeper: Keeper;
  /** Both sides as they are now. Throws Fault `conflict` before the practice is founded. */
  logs(): Promise<Logs>;
  /** Clients by id, for people; a restored database may lack some. */
  readonly slugs: ReadonlyMap<ClientId, string>;
  /** The owner of the database, who reads every table; it holds a password, so it is never printed. */
  readonly adminUrl: string;
};

/** Opens the ledger of this installation, lets one act use it, and closes it again. */
export async function atDesk<T>(config: Config, act: (desk: Desk) => Promise<T>): Promise<T> {
  const isRehearsal = rehearses(config);
  const data = await openData(config, isRehearsal, () => undefined);
  const [sql, writer] = [connect(data.urls.sequencer, LEDGER_POOL), connect(data.urls.writer, 1)];
  const folder = logFolder(keysFolder(config, isRehearsal));
  try {
    const policy = await policyIn(writer, isRehearsal);
    const origin = isRehearsal ? 'rehearsal/practice' : 'practice';
    const stamp = { build: await buildMark(), origin, policy: () => policy };
    return await act({
      keeper: { sql, folder, clock: CLOCK, stamp },
      slugs: await slugsIn(writer),
      logs: () => founded(sql, folder),
      adminUrl: data.adminUrl,
    });
  } finally {
    await Promise.all([sql.end({ timeout: 5 }), writer.end({ timeout: 5 })]);
    // A server that was running before stays for whoever runs on it.
    if (data.started) await data.stop();
  }
}

async function founded(sql: Sql, folder: string): Promise<Logs> {
  const logs = await lookAtLogs(sql, folder);
  if (logs !== null) return logs;
  throw new Fault('conflict', 'No practice is founded here yet. npm start founds it.');
}

/** The rules in force, and no mixing of a rehearsal with real work. */
async function policyIn(sql: Sql, isRehearsal: boolean): Promise<string> {
  const [practice] = await sql<{ policySha256: string; rehearsal: boolean }[]>`
    select policy_sha256, rehearsal from practice`;
  if (practice !== undefined && practice.rehearsal !== isRehearsal)
    throw new Fault(
      'bad_config',
      `This database holds ${practice.rehearsal ? 'a rehearsal' : 'real work'}, and these settings are for ${isRehearsal ? 'a rehearsal' : 'real work'}. Use the settings AIOS runs with.`,
    );
  return practice?.policySha256 ?? '';
}

async function slugsIn(sql: Sql): Promise<ReadonlyMap<ClientId, string>> {
  const rows = await sql<{ id: ClientId; slug: string }[]>`select id, slug from client`;
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** Reads the arguments of a word. Throws Fault `bad_input` for what it does not take. */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  words = 0,
) {
  const read = parsed(args, options);
  if (read.positionals.length === words) return read;
  throw new Fault(
    'bad_input',
    `Expected ${words === 0 ? 'no further word' : `${words} word`} here, got ${read.positionals.length}. \`aios ledger help\` shows how it is written.`,
  );
}

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (thrown) {
    throw new Fault(
      'bad_input',
      `${sentenceOf(thrown)}. \`aios ledger help\` shows how it is written.`,
    );
  }
}

/** The client with that slug. Throws Fault `not_found`. */
export function clientNamed({ slugs }: Desk, slug: string): ClientId {
  const found = [...slugs].find(([, known]) => known === slug);
  if (found !== undefined) return found[0];
  throw new Fault(
    'not_found',
    `Expected the short name of a client, such as ${[...slugs.values()][0] ?? 'acme'}, got "${slug}". \`aios client show\` lists them.`,
  );
}

/** How a client is called in what these words print. */
export function nameOf({ slugs }: Desk, client: ClientId | null): string {
  if (client === null) return 'the practice’s own';
  return slugs.get(client) ?? `client ${client}`;
}
