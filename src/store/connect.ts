import postgres from 'postgres';
import { Fault } from '../core/fault.ts';

/** A pool whose times are epoch ms and whose 64-bit integers are safe numbers. */
export type Sql = postgres.Sql<{ bigint: number }>;

const LOCK_MS = 10_000;
const IDLE_MS = 30_000;

/**
 * Opens a pool. Times go in and come out as epoch ms (timestamptz), 64-bit integers as numbers: every sum here is
 * nano-USD or a row count, both far below 2^53. `settings` are those of Postgres for every session.
 */
export function connect(
  url: string,
  max: number,
  settings: Readonly<Record<string, string>> = {},
): Sql {
  let lost = 0;
  const sql = postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 5,
    // Nobody waits for ever for a lock that a lost process left behind; what gave up is tried again.
    connection: {
      lock_timeout: LOCK_MS,
      idle_in_transaction_session_timeout: IDLE_MS,
      // Compiling a query costs more than any query here takes, and from a few hundred thousand entries on Postgres would.
      jit: 'off',
      ...settings,
    },
    onnotice: () => undefined,
    onclose: () => void (lost += 1),
    types: {
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      date: {
        to: 1184,
        from: [1184],
        serialize: (ms: number) => new Date(ms).toISOString(),
        parse: (text: string) => Date.parse(text),
      },
    },
    transform: { column: { from: postgres.toCamel } },
  }) as unknown as Sql;
  opened.set(sql, {
    lost: () => lost,
    rouse: rousing(sql),
    alone: () => connect(url, 1, settings),
  });
  return sql;
}

type Opened = {
  readonly lost: () => number;
  readonly rouse: () => Promise<void>;
  readonly alone: () => Sql;
};
const opened = new WeakMap<Sql, Opened>();

/** How many connections of a pool that `connect` opened have ended so far. */
export function connectionsLost(sql: Sql): number {
  return opened.get(sql)?.lost() ?? 0;
}

/** A connection for one alone, until it is released. `sql` was opened by `connect`. */
export async function reserveIn(sql: Sql): Promise<Reserved> {
  await opened.get(sql)?.rouse();
  return sql.reserve();
}

export type Reserved = Awaited<ReturnType<Sql['reserve']>>;

/** How often Postgres was found to be gone in the middle of something, whichever pool it was. */
let gone = 0;

/** What Postgres says when it ends a connection that stood. */
const ENDED = new Set(['57P01', '57P02', '25P03']);

/**
 * When Postgres ends a connection in the middle of a statement, the driver tells that once more to whoever is the next to
 * use its place; if they reserve it, it is theirs and lost to all, for ever. So after that something plain is asked in
 * every place that is free, and nobody reserves one before. Throws while Postgres is still away.
 */
function rousing(sql: Sql): () => Promise<void> {
  let roused = gone;
  let rising: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    await sql`select 1`.catch((thrown: unknown) => {
      if (!ENDED.has(codeOf(thrown))) throw thrown;
    });
  };
  const rise = async (): Promise<void> => {
    const seen = gone;
    await ask();
    // Nobody waits for these, for a place may be tried late: it is enough that something plain stands in each.
    void Promise.allSettled(Array.from({ length: sql.options.max }, ask));
    await ask();
    roused = seen;
  };
  return async () => {
    if (roused === gone) return;
    rising ??= rise().finally(() => (rising = null));
    await rising;
  };
}

/** Another pool to the same place, of one connection, which whoever asks closes. `sql` was opened by `connect`. */
export function connectAlone(sql: Sql): Sql {
  const from = opened.get(sql);
  if (from === undefined) throw new Error('expected a pool that connect opened');
  return from.alone();
}

/** `= value` or `is null`, to stand behind a column. Not `is not distinct from`: no index serves that. */
export function sameAs(tx: Sql, value: postgres.ParameterOrFragment<never> | null) {
  return value === null ? tx`is null` : tx`= ${value}`;
}

const GONE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
  // An idle transaction was ended.
  '25P03',
]);

/** A lock was not had in time: the connection stands, and what gave up is tried again. */
const LOCK_TIMEOUT = '55P03';

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}

/** Whether Postgres itself is away, and the connection with it, as opposed to refusing what was asked. */
export function isGone(thrown: unknown): boolean {
  return GONE.has(codeOf(thrown));
}

/** Whether a unique rule was met: somebody wrote the same thing first. */
export function isTaken(thrown: unknown): boolean {
  return codeOf(thrown) === '23505';
}

/** Whether two transactions waited for each other and this one was ended for it. */
export function isDeadlock(thrown: unknown): boolean {
  return codeOf(thrown) === '40P01';
}

/**
 * What the rules of the keys refused (drizzle/0003_record_guards.sql): `closed`, the client is being erased; `retired`,
 * the key was turned since the body was wrapped; `in_use`, a key cannot be retired yet. Undefined for anything else.
 */
export function keyRuleOf(thrown: unknown): 'closed' | 'retired' | 'in_use' | undefined {
  return KEY_RULES[codeOf(thrown)];
}

const KEY_RULES: Readonly<Record<string, 'closed' | 'retired' | 'in_use'>> = {
  AK001: 'closed',
  AK002: 'retired',
  AK003: 'in_use',
};

/** Runs a query and turns an absent database into a Fault that may be tried again; any other error passes through. */
export async function reach<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (thrown) {
    if (isGone(thrown)) gone += 1;
    else if (codeOf(thrown) !== LOCK_TIMEOUT) throw thrown;
    throw new Fault(
      'database_gone',
      'Postgres does not answer. Nothing was lost; work goes on when it is back. `aios doctor` says where it should be.',
      { cause: thrown, retry: true },
    );
  }
}
