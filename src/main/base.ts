import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { makeExamples } from '../flow/own-examples.ts';
import type { Lanes } from '../flow/ports/lanes.ts';
import type { PracticeRow } from '../flow/ports/rows-settings.ts';
import type { Library, World } from '../flow/ports/world.ts';
import { makeExact } from '../exact/open.ts';
import type { ExactOptions } from '../exact/open.ts';
import { diffLists } from '../report/diff.ts';
import { weekTable } from '../report/week-table.ts';
import { openRehearsal } from '../rehearsal/open.ts';
import type { Rehearsal } from '../rehearsal/open.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { makeStore } from '../store/open.ts';
import type { Sequencer } from '../store/sequencer.ts';
import { TOP } from '../config.ts';
import type { Config } from '../config.ts';
import { CLOCK } from './clock.ts';
import { openData } from './data.ts';
import type { Data } from './data.ts';
import { openLanes, rehearses } from './lanes.ts';
import { announcing, openLedger } from './ledger.ts';
import { openLibrary } from './library.ts';
import { makeRunning } from './running.ts';
import { openTexts } from './texts.ts';
import type { Texts } from './texts.ts';

/** Notes how to close something again; the last thing opened is closed first. */
export type Keep = (close: () => Promise<unknown>) => void;

/** What every program of AIOS needs, whatever front it has: everything of a World but Slack. */
export type Base = {
  readonly config: Config;
  readonly library: Library;
  readonly data: Data;
  readonly sql: Sql;
  readonly isRehearsal: boolean;
  readonly origin: string;
  readonly rehearsal: Rehearsal | null;
  readonly ledger: Sequencer;
  readonly rotating: Texts['rotating'];
  readonly parts: Omit<World, 'slack' | 'facility'>;
};

export type BaseNeeds = {
  readonly config: Config;
  readonly log: (sentence: string) => void;
  readonly keep: Keep;
  /** Called after a commit that left jobs. */
  readonly wake: () => void;
  /** Where the exact programs' child is, when this does not run from where it was built to. */
  readonly exact?: ExactOptions;
  /** Rules, personas and prices to use instead of those in the folders. */
  readonly library?: Library;
  /** `any`: the rules at hand decide nothing here, so that entries name the set in force whatever is at hand. */
  readonly rules?: 'any';
  /** Lanes to use instead of those the settings ask for. */
  readonly lanes?: Partial<Lanes>;
};

/** Connections of the store's pool; doctor counts them. */
export const POOL = 12;

/** Opens rules, database, keys, exact programs and lanes, in that order: a broken rules file stops it before anything runs. */
export async function openBase({ config, log, keep, wake, ...needs }: BaseNeeds): Promise<Base> {
  const { rulesFolder: rules, personasFolder: personas } = config;
  const library = needs.library ?? (await openLibrary({ rules, personas }));
  const isRehearsal = rehearses(config);
  const data = await openData(config, isRehearsal, log);
  keep(() => data.stop());
  const sql = connect(data.url, POOL);
  keep(() => sql.end({ timeout: 5 }));
  const origin = isRehearsal ? 'rehearsal/practice' : 'practice';
  const folder = keysFolder(config, isRehearsal);
  const ledger = openLedger({ url: data.urls.sequencer, folder, log, keep });
  const policy = { hash: library.rules.hash };
  const stamp = { build: await buildMark(), origin, policy: () => policy.hash };
  const bare = announcing(makeStore(sql, stamp, wake), ledger.wake);
  const practice = await bare.practice();
  refuseMixing(practice, isRehearsal);
  if (needs.rules === 'any' && practice !== null) policy.hash = practice.policySha256;
  const { bodies, store, eraser, rotating } = await openTexts({
    url: data.urls.eraser,
    folder,
    store: bare,
    stamp,
    keep,
  });
  const { rehearsal, exact, lanes } = await openWork({ config, isRehearsal, keep, ...needs });
  const { marks } = ledger;
  const examples = makeExamples({ store, bodies, library });
  const record = { clock: CLOCK, store, bodies, eraser, marks, examples };
  const parts = { ...record, library, lanes, exact, running: makeRunning(), report: REPORT };
  return { config, library, data, sql, isRehearsal, origin, rehearsal, ledger, rotating, parts };
}

const REPORT: World['report'] = { weekTable, diff: diffLists };

type WorkNeeds = Pick<BaseNeeds, 'config' | 'keep' | 'exact' | 'lanes'> & Pick<Base, 'isRehearsal'>;

/** What works: stand-ins where no model is configured, exact programs, lanes. */
async function openWork({ config, isRehearsal, keep, ...needs }: WorkNeeds) {
  const rehearsal = isRehearsal ? await openRehearsal() : null;
  if (rehearsal !== null) keep(() => rehearsal.close());
  const exact = makeExact(needs.exact);
  keep(() => exact.close());
  const lanes = { ...openLanes(config, exact, rehearsal), ...needs.lanes };
  keep(() => Promise.all(Object.values(lanes).map((lane) => lane.close())));
  return { rehearsal, exact, lanes };
}

/** Keys of real work and of rehearsals never lie together. */
export function keysFolder({ keys }: Config, isRehearsal: boolean): string {
  return join(keys, isRehearsal ? 'rehearsal' : 'practice');
}

/** A rehearsal and real work never share a record. */
function refuseMixing(practice: PracticeRow | null, isRehearsal: boolean): void {
  if (practice === null || practice.rehearsal === isRehearsal) return;
  throw new Fault(
    'bad_config',
    `This database holds ${practice.rehearsal ? 'a rehearsal' : 'real work'}, and AIOS was started for ${isRehearsal ? 'a rehearsal' : 'real work'}. Give DATABASE_URL a database of its own for each.`,
  );
}

/** Version and, in a checkout, the commit the program was built from. */
export async function buildMark(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(TOP, 'package.json'), 'utf8')) as {
    version: string;
  };
  const commit = await headCommit(join(TOP, '.git'));
  return commit === '' ? version : `${version}+${commit.slice(0, 12)}`;
}

async function headCommit(git: string): Promise<string> {
  const head = join(git, 'HEAD');
  if (!existsSync(head)) return '';
  const ref = (await readFile(head, 'utf8')).trim();
  if (!ref.startsWith('ref: ')) return ref;
  const file = join(git, ref.slice('ref: '.length));
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
}
