import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/config.ts';
import { startAios } from '../../src/main.ts';
import type { Aios, Parts } from '../../src/main.ts';
import { built } from './built.ts';
import { keysFolder } from './keys.ts';
import { freshDatabase } from './postgres.ts';

export type Running = {
  readonly aios: Aios;
  readonly human: NonNullable<Aios['front']['workspace']>['human'];
  /** The owner of its database. */
  readonly adminUrl: string;
  /** The environment it was started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Sentences the program logged. */
  readonly logged: readonly string[];
  /** Closes AIOS and starts it again on the same database and keys. */
  restart(): Promise<Running>;
  close(): Promise<void>;
};

type Options = {
  readonly env?: Readonly<Record<string, string>>;
  /** Lanes to use instead of those of a rehearsal. */
  readonly lanes?: Parts['lanes'];
};

/** The whole of AIOS, as `npm start` brings it up, on a database of its own. */
export async function runAios(options: Options = {}): Promise<Running> {
  const database = await freshDatabase();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-run-'));
  const env = {
    AIOS_HOME: path.join(folder, 'home'),
    AIOS_KEYS: keysFolder(),
    AIOS_PORT: '0',
    AIOS_TIME_ZONE: 'Europe/Berlin',
    DATABASE_URL: database.url,
    ...options.env,
  };
  const end = async (): Promise<void> => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return boot({ env, end, ...(options.lanes === undefined ? {} : { lanes: options.lanes }) });
}

type Boot = {
  readonly env: Readonly<Record<string, string>>;
  end(): Promise<void>;
  readonly lanes?: Parts['lanes'];
};

async function boot(how: Boot): Promise<Running> {
  const logged: string[] = [];
  const dist = await built();
  const aios = await startAios(readConfig(how.env), (sentence) => void logged.push(sentence), {
    exact: { childEntry: new URL('exact/child/main.js', dist) },
    ...(how.lanes === undefined ? {} : { lanes: how.lanes }),
  });
  const workspace = aios.front.workspace;
  if (workspace === null) throw new Error('the local workspace is expected in tests');
  return {
    aios,
    human: workspace.human,
    adminUrl: aios.base.data.adminUrl,
    env: how.env,
    logged,
    restart: async () => {
      await aios.close();
      return boot(how);
    },
    close: async () => {
      await aios.close();
      await how.end();
    },
  };
}
