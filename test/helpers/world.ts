import path from 'node:path';
import { LANES } from '../../src/core/lane.ts';
import type { Lane } from '../../src/core/lane.ts';
import { moment } from '../../src/core/moment.ts';
import type { BodyId } from '../../src/core/id.ts';
import { found } from '../../src/flow/found.ts';
import { makeExamples } from '../../src/flow/own-examples.ts';
import type { Command, Reply } from '../../src/flow/ports/doors.ts';
import type { LaneClient, LaneHealth, Lanes } from '../../src/flow/ports/lanes.ts';
import type { Message } from '../../src/flow/ports/message.ts';
import type { Slack, SlackPerson, Target, World } from '../../src/flow/ports/world.ts';
import { command } from '../../src/flow/command/command.ts';
import { CLOCK } from '../../src/main/clock.ts';
import { openLibrary } from '../../src/main/library.ts';
import { makeRunning } from '../../src/main/running.ts';
import { makeBodies } from '../../src/store/bodies.ts';
import { diffLists } from '../../src/report/diff.ts';
import { weekTable } from '../../src/report/week-table.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { connectEraser, makeEraser } from '../../src/store/erase.ts';
import { openKeys } from '../../src/store/keys.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import type { RotateDeps } from '../../src/store/rotate-keys.ts';
import { makeStore } from '../../src/store/open.ts';
import { makeSequencer } from '../../src/store/sequencer.ts';
import { throughTurns } from '../../src/store/through-turns.ts';
import { keysFolder, rolePasswords } from './keys.ts';
import { freshDatabase } from './postgres.ts';

export type Posted = { readonly message: Message; readonly to: Target };

/** A world with the real store, bodies, rules and personas, and plain records where Slack, lanes and programs would be. */
export type TestWorld = {
  readonly world: World;
  readonly sql: Sql;
  /** The owner of its database. */
  readonly adminUrl: string;
  /** Where its keys lie. */
  readonly keysAt: string;
  /** What turning a key needs. */
  readonly rotating: RotateDeps;
  /** What was posted so far, in order. */
  readonly posted: readonly Posted[];
  /** People Slack knows, by user id; whoever is not there is a guest. Change it and Slack says something else. */
  readonly people: Map<string, SlackPerson>;
  /** Channels that somebody from outside can read. */
  readonly outside: Set<string>;
  /** How a lane is; ready unless said otherwise. */
  readonly health: Map<Lane, LaneHealth>;
  /** Gives a command as that user, in a channel of the practice unless named. */
  say(user: string, text: string, more?: Partial<Command>): Promise<Reply>;
  /** Sets the clock, epoch ms. */
  setNow(ms: number): void;
  close(): Promise<void>;
};

export const TEAM = 'T0TEST';
export const OWNER = 'U0OWNER';
const MONDAY = Date.UTC(2026, 10, 23, 9, 5);

type Options = {
  readonly zone?: string;
  /** Whether to leave the founding to the test. */
  readonly unfounded?: true;
};

/** Opens one on a fresh, migrated database with the practice founded; close it in afterAll. */
export async function makeTestWorld(options: Options = {}): Promise<TestWorld> {
  const database = await freshDatabase();
  const urls = await migrateStore(database.url, rolePasswords());
  const sql = connect(urls.writer, 4);
  const ledgerSql = connect(urls.sequencer, 1);
  const erasing = connectEraser(urls.eraser);
  const library = await openLibrary({
    rules: path.resolve('rules'),
    personas: path.resolve('personas'),
  });
  // The practice began a month before the Monday of the tests.
  let now = MONDAY - 30 * 86_400_000;
  const clock: World['clock'] = { now: () => moment(now), newId: () => CLOCK.newId() };
  const stamp = { build: 'test', origin: 'test', policy: () => library.rules.hash };
  const bare = makeStore(sql, stamp, () => undefined);
  const keysAt = path.join(keysFolder(), database.name);
  const keys = await openKeys(keysAt);
  const sequencer = makeSequencer({
    sql: ledgerSql,
    folder: path.join(keysAt, 'log'),
    clock,
    log: () => undefined,
  });
  const bodies = makeBodies({ store: bare, keys, newId: () => CLOCK.newId<BodyId>() });
  const store = throughTurns(bare, bodies);
  const posted: Posted[] = [];
  const people = new Map<string, SlackPerson>([
    [OWNER, { name: 'Olga Owner', role: 'colleague', bot: false }],
    ['U0COLLEAGUE', { name: 'Carl Colleague', role: 'colleague', bot: false }],
    ['U0GUEST', { name: 'Gina Guest', role: 'guest', bot: false }],
  ]);
  const outside = new Set<string>();
  const health = new Map<Lane, LaneHealth>();
  const world: World = {
    clock,
    store,
    bodies,
    eraser: makeEraser(erasing, stamp, keys),
    library,
    lanes: lanesOf(health),
    exact: {
      run: refuse,
      check: refuse,
      read: refuse,
      secrets: async (texts) => texts.map(() => []),
      close: async () => undefined,
    },
    slack: slackOf({ posted, people, outside }),
    facility: {
      team: TEAM,
      botUser: 'U0AIOS',
      rehearsal: false,
      ownerUser: OWNER,
      zone: options.zone ?? 'Europe/Berlin',
      fileCap: 20_000_000,
      textCap: 20_000,
    },
    report: { weekTable, diff: diffLists },
    running: makeRunning(),
    marks: sequencer.marks,
    examples: makeExamples({ store, bodies, library }),
  };
  if (options.unfounded !== true) await found(world, 'test');
  now = MONDAY;
  return {
    world,
    sql,
    adminUrl: database.url,
    keysAt,
    rotating: { sql: erasing, keys, stamp, clock },
    posted,
    people,
    outside,
    health,
    say: (user, text, more) =>
      command(world, {
        team: TEAM,
        channel: 'C0PRACTICE',
        user,
        text,
        eventId: CLOCK.newId(),
        ...more,
      }),
    setNow: (ms) => {
      now = ms;
    },
    close: async () => {
      await Promise.all([sql.end(), ledgerSql.end(), erasing.end()]);
      await database.drop();
    },
  };
}

async function refuse(): Promise<never> {
  throw new Error('this world has no exact programs');
}

function lanesOf(health: ReadonlyMap<Lane, LaneHealth>): Lanes {
  const lane = (id: Lane): LaneClient => ({
    id,
    health: async () => health.get(id) ?? { is: 'ready', model: `model-${id}`, rehearsal: false },
    run: refuse,
    close: async () => undefined,
  });
  return Object.fromEntries(LANES.map((id) => [id, lane(id)])) as Lanes;
}

type Behind = {
  readonly posted: Posted[];
  readonly people: ReadonlyMap<string, SlackPerson>;
  readonly outside: ReadonlySet<string>;
};

function slackOf({ posted, people, outside }: Behind): Slack {
  const post = async (message: Message, to: Target) => {
    posted.push({ message, to });
    return { channel: to.channel, ts: `${posted.length}.000100` };
  };
  return {
    post,
    edit: async () => undefined,
    deliver: (message, _files, to) => post(message, to),
    fetch: async () => [],
    whoIs: async (user) => people.get(user) ?? { name: user, role: 'guest', bot: false },
    dm: async (user) => `D${user}`,
    outsidersIn: async (channel) => outside.has(channel),
  };
}
